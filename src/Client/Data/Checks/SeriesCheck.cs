using Granary.Client.Views;
using Granary.Tape.Columnar;

namespace Granary.Client.Data.Checks;

/// <summary>Checks the daily tapes of one folder and kind against each other: what is missing or repeated between the end of one and the beginning of the next.</summary>
internal static class SeriesCheck
{
    private const long FundingGapMaxMs = 8 * 3_600_000L + 1_800_000L;

    /// <summary>Adds to each tape's findings what only the one before tells.</summary>
    public static List<PartReport> Run(List<PartReport> reports)
    {
        var before = new Dictionary<(string? Folder, string Kind), (DateOnly Day, PartReport Report)>();
        var order = Enumerable.Range(0, reports.Count).OrderBy(i => reports[i].Part.Path, StringComparer.Ordinal);
        foreach (var i in order)
        {
            var report = reports[i];
            if (report.Part.Kind is null || report.Error is not null || report.Summary.Rows == 0 || !DailyTapes.TryParse(report.Part.Path, out var day, out var kind)) continue;
            var series = (Path.GetDirectoryName(report.Part.Path), kind);
            if (before.TryGetValue(series, out var last) && last.Day < day)
            {
                var found = Compare(last.Report, report).ToList();
                if (day.DayNumber - last.Day.DayNumber is > 1 and var days)
                    found.Add(Whole(FindingKind.DayMissing, days - 1, FormattableString.Invariant($"none between {last.Day:yyyy-MM-dd} and {day:yyyy-MM-dd}")));
                if (found.Count > 0) reports[i] = report with { Findings = Merge(report.Findings, found) };
            }
            before[series] = (day, report);
        }
        return reports;
    }

    private static IEnumerable<Finding> Compare(PartReport before, PartReport after)
    {
        var file = Path.GetFileName(before.Part.Path);
        if (before.Summary.LastId is { } last && after.Summary.FirstId is { } first)
        {
            if (first > last + 1) yield return Whole(FindingKind.IdGap, 1, FormattableString.Invariant($"{last + 1} to {first - 1}, {first - last - 1} missing after {file}"));
            else if (first <= last) yield return Whole(first == last ? FindingKind.IdRepeated : FindingKind.IdOrder, 1, FormattableString.Invariant($"id {first} after {last} of {file}"));
        }
        var passed = after.Summary.FirstMs!.Value - before.Summary.LastMs!.Value;
        if (passed < 0 && after.Part.Kind is not TapeKind.BookTickers)
            yield return Whole(FindingKind.TimeReversed, 1, FormattableString.Invariant($"{after.Summary.FirstMs} after {before.Summary.LastMs} of {file}"));
        var step = Math.Max(before.StepMs, after.StepMs);
        if (step > 0 && passed > step)
            yield return Whole(FindingKind.CandleMissing, 1, $"{Format.Count((passed / step) - 1)} missing after {file}");
        if (after.Part.Kind == TapeKind.FundingRates && passed > FundingGapMaxMs)
            yield return Whole(FindingKind.FundingGap, 1, FormattableString.Invariant($"{passed / 3_600_000} h after the last of {file}"));
    }

    // A tape's own findings of the kind stay behind what lies before its first row.
    private static IReadOnlyList<Finding> Merge(IReadOnlyList<Finding> own, List<Finding> found) =>
    [
        .. own.Concat(found).GroupBy(f => f.Kind).OrderBy(g => g.Key).Select(g => g.Count() == 1
            ? g.First()
            : new Finding(g.Key, g.Sum(f => f.Count), string.Join("; ", g.Select(f => f.Detail).Where(d => d.Length > 0)), [.. g.Reverse().SelectMany(f => f.First).Take(FindingLog.PlacesMax)])),
    ];

    private static Finding Whole(FindingKind kind, long count, string text) => new(kind, count, "", [new FindingPlace(0, text)]);
}
