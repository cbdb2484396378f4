using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Granary.Engine.Feeds;
using Granary.Engine.Orders;
using Granary.Engine.Reconciliation;
using Granary.Journal.Records;

namespace Granary.Grains.Tests.Incidents;

/// <summary>docs/reference/incidents.md is generated from the kinds, and the kinds are those that the code writes; both are held here.</summary>
public sealed partial class IncidentDocsTests
{
    private const string UpdateVariable = "GRANARY_APPROVE";

    /// <summary>The calls that write an incident, and which of their arguments is its kind.</summary>
    private static readonly (string Call, int Kind)[] Calls =
        [("new IncidentRecord(", 1), ("EnqueueIncidentAsync(", 0), ("AddIncident(", 1), (".Add(Incident(", 0), ("=> Add(", 1), ("findings.Raise(", 0), ("findings.Resolve(", 0)];

    /// <summary>Kinds that are computed, as they stand in the code, and the names that they can take.</summary>
    private static readonly Dictionary<string, string[]> Computed = new()
    {
        ["kind"] = [],
        ["finding.Kind.ToString()"] = Enum.GetNames<FindingKind>(),
        ["report.ForcedClose.ToString()"] = [.. Enum.GetNames<ForcedClose>().Where(name => name != nameof(ForcedClose.None))],
        ["$\"Feed{health}\""] = [.. Enum.GetNames<FeedHealth>().Select(name => $"Feed{name}")],
        ["IncidentKind"] = [IncidentKinds.OperatorCommand],
    };

    [Fact]
    public void The_table_of_incidents_is_up_to_date()
    {
        var path = Path.Combine(Root(), "docs", "reference", "incidents.md");
        var text = Generate();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1") File.WriteAllText(path, text);
        File.Exists(path).ShouldBeTrue($"docs/reference/incidents.md is missing; run this test with {UpdateVariable}=1 to write it");
        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(
            text, $"docs/reference/incidents.md is not what IncidentKinds says; run this test with {UpdateVariable}=1 to rewrite it");
    }

    [Fact]
    public void Every_kind_that_the_code_writes_is_listed_and_every_listed_one_is_written()
    {
        var written = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)) continue;
            var text = File.ReadAllText(file);
            foreach (var (call, kind) in Calls)
            {
                if (call == "=> Add(" && !file.EndsWith("StreamIncidents.cs", StringComparison.Ordinal)) continue;
                for (var at = text.IndexOf(call, StringComparison.Ordinal); at >= 0; at = text.IndexOf(call, at + 1, StringComparison.Ordinal))
                    written.UnionWith(Kinds(Argument(text, at + call.Length, kind), file));
            }
        }

        var listed = Kinds().Keys;
        written.Except(listed).ShouldBeEmpty("kinds that IncidentKinds does not list");
        listed.Except(written).ShouldBeEmpty("kinds of IncidentKinds that nothing writes");
    }

    [Fact]
    public void Names_and_values_are_the_same() => Kinds().ShouldAllBe(kind => kind.Key == kind.Value);

    /// <summary>The names that an argument can take: its literals, a constant, or what is known of a computed one.</summary>
    private static IEnumerable<string> Kinds(string argument, string file)
    {
        if (Computed.TryGetValue(WhiteSpace.Replace(argument, ""), out var names)) return names;
        if (argument.StartsWith("string ", StringComparison.Ordinal)) return [];
        var found = Literal.Matches(argument).Select(match => match.Groups["name"].Value).ToArray();
        return found.Length > 0 ? found : throw new InvalidOperationException($"{file}: the kind of an incident is '{argument}'; name it in IncidentDocsTests");
    }

    /// <summary>An argument of a call, whose text begins behind its parenthesis.</summary>
    private static string Argument(string text, int start, int index)
    {
        var (depth, isText, from) = (0, false, start);
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"') isText = !isText;
            if (isText) continue;
            if (c is '(' or '[' or '{') depth++;
            if (c is ')' or ']' or '}') depth--;
            if ((c != ',' || depth != 0) && depth >= 0) continue;
            if (index-- == 0) return text[from..i].Trim();
            if (depth < 0) break;
            from = i + 1;
        }
        return "";
    }

    private static SortedDictionary<string, string> Kinds() => new(
        typeof(IncidentKinds).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(field => field.Name, field => (string)field.GetValue(null)!),
        StringComparer.Ordinal);

    private static string Generate()
    {
        var text = new StringBuilder()
            .Append("# Incidents\n\n")
            .Append("Every anomaly leaves one record in the journal: what was seen, what was done, what state resulted (`client incidents` shows them). These are their\n")
            .Append("kinds. Generated from `src/Journal/Records/IncidentKinds.cs`; do not edit.\n\n")
            .Append("| kind | what it means | what to do |\n|---|---|---|\n");
        var (summaries, remarks) = (Elements("summary"), Elements("remarks"));
        foreach (var kind in Kinds().Keys)
        {
            summaries.TryGetValue(kind, out var summary).ShouldBeTrue($"{kind} has no summary");
            remarks.TryGetValue(kind, out var remark).ShouldBeTrue($"{kind} has no remarks: what can an operator do?");
            text.Append($"| `{kind}` | {summary} | {remark} |\n");
        }
        return text.ToString();
    }

    /// <summary>One documentation element of every kind, in Markdown.</summary>
    private static Dictionary<string, string> Elements(string name)
    {
        const string Prefix = "F:Granary.Journal.Records.IncidentKinds.";
        return XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Granary.Journal.xml")).Descendants("member")
            .Where(member => member.Attribute("name")!.Value.StartsWith(Prefix, StringComparison.Ordinal) && member.Element(name) is not null)
            .ToDictionary(
                member => member.Attribute("name")!.Value[Prefix.Length..],
                member => string.Join(' ', member.Element(name)!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests do not run inside the repository");
    }

    [GeneratedRegex("\"(?<name>[A-Z][A-Za-z]+)\"|IncidentKinds\\.(?<name>[A-Za-z]+)")]
    private static partial Regex Literal { get; }

    [GeneratedRegex("\\s+")]
    private static partial Regex WhiteSpace { get; }
}
