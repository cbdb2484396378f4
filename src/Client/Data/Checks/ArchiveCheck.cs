
namespace Granary.Client.Data.Checks;

/// <summary>Checks the members of an archive against each other: who was listed later, and who ends before the rest.</summary>
internal static class ArchiveCheck
{
    /// <summary>Adds to each member's findings what only the others tell.</summary>
    public static List<PartReport> Run(IReadOnlyList<PartReport> members)
    {
        var read = members.Where(m => m.Error is null && m.StepMs > 0 && m.Summary.Rows > 0).ToList();
        if (read.Count < 2) return [.. members];
        var (first, last) = (read.Min(m => m.Summary.FirstMs!.Value), read.Max(m => m.Summary.LastMs!.Value));
        return [.. members.Select(m => read.Contains(m) ? Compare(m, first, last) : m)];
    }

    private static PartReport Compare(PartReport member, long firstMs, long lastMs)
    {
        var log = new List<Finding>();
        var (from, to) = (member.Summary.FirstMs!.Value, member.Summary.LastMs!.Value);
        if (to < lastMs) log.Add(Whole(FindingKind.EndsEarly, $"last {DataText.Time(to)}"));
        if (from > firstMs) log.Add(Whole(FindingKind.ListedLater, $"first {DataText.Time(from)}"));
        return log.Count == 0 ? member : member with { Findings = [.. member.Findings.Concat(log).OrderBy(f => f.Kind)] };
    }

    private static Finding Whole(FindingKind kind, string text) => new(kind, 1, "", [new FindingPlace(0, text)]);
}
