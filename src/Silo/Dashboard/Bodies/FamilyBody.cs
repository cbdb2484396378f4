using Granary.Silo.Metrics;

namespace Granary.Silo.Dashboard.Bodies;

/// <summary>All series of one metric.</summary>
/// <param name="Kind">counter, gauge or histogram.</param>
/// <param name="Help">What it counts.</param>
/// <param name="Bounds">Upper bounds of a histogram's buckets; the last bucket has none.</param>
/// <param name="Series">The series.</param>
public sealed record FamilyBody(string Kind, string Help, IReadOnlyList<double> Bounds, IReadOnlyList<SeriesBody> Series)
{
    /// <summary>Everything that is known, by name; observed series that were silent are left out.</summary>
    public static IReadOnlyDictionary<string, FamilyBody> All(MetricCollector collector)
    {
        var (families, scrape) = collector.Collect();
        var all = new SortedDictionary<string, FamilyBody>(StringComparer.Ordinal);
        foreach (var family in families)
        {
            SeriesBody[] series = [.. family.Series.Where(s => !family.IsObserved || s.ObservedIn == scrape).Select(SeriesBody.From)];
            if (series.Length > 0) all[family.Name] = new FamilyBody(family.Kind.ToString().ToLowerInvariant(), family.Help, family.Bounds, series);
        }

        return all;
    }
}
