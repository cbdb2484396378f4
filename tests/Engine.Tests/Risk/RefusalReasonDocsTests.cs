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

    [Fact]
    public void Every_reason_is_the_answer_of_a_check()
    {
        var named = RiskCheckTable.Rows.SelectMany(row => row.Reasons).ToHashSet();
        Enum.GetValues<RefusalReason>().Except(named).ShouldBeEmpty("a reason without a check in RiskCheckTable");
    }

    private static string Generate()
    {
        var (summaries, remarks) = (Elements("summary"), Elements("remarks"));
        var text = new StringBuilder()
            .Append("# Refusal reasons\n\n")
            .Append("Why the risk gate refused a proposal. Generated from `src/Engine/Risk/RefusalReason.cs`; do not edit.\n")
            .Append("The numbers are stable: a journal written by an older version reads the same. The journal has the numbers behind a refusal as `key=value` pairs;\n")
            .Append("prices, notionals and money are quote units, quantities base units, shares fractions, times UTC.\n\n")
            .Append("Exits and cancels pass in every trading state, with stale data and after losses: only the reasons that say so concern them.\n\n")
            .Append("| number | reason | what it means | what to do |\n|---:|---|---|---|\n");
        foreach (var reason in Enum.GetValues<RefusalReason>())
        {
            summaries.TryGetValue(reason.ToString(), out var summary).ShouldBeTrue($"{reason} has no summary");
            remarks.TryGetValue(reason.ToString(), out var remark).ShouldBeTrue($"{reason} has no remarks: what can an operator do?");
            text.Append($"| {(int)reason} | `{reason}` | {summary} | {remark} |\n");
        }
        text.Append("\n## Checks\n\nIn the order of judging; the first rule broken is the refusal. An entry (E) is judged by all, an exit (X) and a protective conditional order (T)\n")
            .Append("by those marked.\n\n| check | for | reason |\n|---|---|---|\n");
        foreach (var (check, kinds, reasons) in RiskCheckTable.Rows)
            text.Append($"| {check} | {kinds} | {string.Join(", ", reasons.Select(reason => $"`{reason}`"))} |\n");
        text.Append("\nCancels are never refused. Orders are not amended, and carry no end time, trailing offset or list of others: the engine ends, trails and pairs its\n")
            .Append("own orders, so there is nothing of that kind to judge.\n");
        return text.ToString();
    }

    /// <summary>One documentation element of every member, in Markdown.</summary>
    private static Dictionary<string, string> Elements(string name)
    {
        const string Prefix = "F:Granary.Engine.Risk.RefusalReason.";
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Granary.Engine.xml"));
        foreach (var code in documentation.Descendants("c").ToArray()) code.ReplaceWith($"`{code.Value}`");
        return documentation.Descendants("member")
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
}
