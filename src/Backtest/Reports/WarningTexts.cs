namespace Granary.Backtest.Reports;

/// <summary>The explanations of the warnings, as the guide of backtesting has them.</summary>
internal static class WarningTexts
{
    private const string Heading = "### ";

    private static readonly Dictionary<string, string> Texts = Read(TearSheet.Asset("backtesting.md"));

    /// <summary>The explanation of a warning; null where the guide has none.</summary>
    public static string? Of(string name) => Texts.GetValueOrDefault(name);

    private static Dictionary<string, string> Read(string guide)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        foreach (var line in guide.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('#')) name = line.StartsWith(Heading, StringComparison.Ordinal) ? line[Heading.Length..] : null;
            else if (name is not null && line.Length > 0) texts[name] = texts.TryGetValue(name, out var before) ? $"{before} {line}" : line;
        }
        return texts;
    }
}
