using System.Text;
using System.Xml.Linq;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>docs/reference/refusal-reasons.md is generated from the enum; this test regenerates it and compares.</summary>
public sealed class RefusalReasonDocsTests
{
    private const string UpdateVariable = "GRANARY_APPROVE";

    [Fact]
    public void The_table_of_refusal_reasons_is_up_to_date()
    {
        var path = Path.Combine(Root(), "docs", "reference", "refusal-reasons.md");
        var text = Generate();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        File.Exists(path).ShouldBeTrue($"docs/reference/refusal-reasons.md is missing; run this test with {UpdateVariable}=1 to write it");
        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(
            text, $"docs/reference/refusal-reasons.md is not what RefusalReason says; run this test with {UpdateVariable}=1 to rewrite it");
    }

    [Fact]
    public void Numbers_are_unique_and_above_zero()
    {
        var numbers = Enum.GetValues<RefusalReason>().Select(reason => (int)reason).ToArray();
        numbers.Distinct().Count().ShouldBe(Enum.GetNames<RefusalReason>().Length);
        numbers.ShouldAllBe(number => number > 0);
    }

    private static string Generate()
    {
        var summaries = Summaries();
        var text = new StringBuilder()
            .Append("# Refusal reasons\n\n")
            .Append("Why the risk gate refused a proposal. Generated from `src/Engine/Risk/RefusalReason.cs`; do not edit.\n")
            .Append("The numbers are stable: a journal written by an older version reads the same.\n\n")
            .Append("| number | reason | what it means |\n|---:|---|---|\n");
        foreach (var reason in Enum.GetValues<RefusalReason>())
        {
            summaries.TryGetValue(reason.ToString(), out var summary).ShouldBeTrue($"{reason} has no summary");
            text.Append($"| {(int)reason} | `{reason}` | {summary} |\n");
        }
        return text.ToString();
    }

    private static Dictionary<string, string> Summaries()
    {
        const string Prefix = "F:Granary.Engine.Risk.RefusalReason.";
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Granary.Engine.xml"));
        return documentation.Descendants("member")
            .Where(member => member.Attribute("name")!.Value.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(
                member => member.Attribute("name")!.Value[Prefix.Length..],
                member => string.Join(' ', member.Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
