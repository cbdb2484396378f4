using Granary.Engine.Statistics;

namespace Granary.Backtest.Reports;

/// <summary>Times from first to last, milliseconds.</summary>
/// <param name="Min">The shortest.</param>
/// <param name="P50">Half are shorter.</param>
/// <param name="P90">Nine of ten are shorter.</param>
/// <param name="P99">99 of 100 are shorter.</param>
/// <param name="Max">The longest.</param>
public sealed record LatencySummary(double Min, double P50, double P90, double P99, double Max)
{
    /// <summary>Of rising times; null without any.</summary>
    public static LatencySummary? Of(IReadOnlyList<double> sorted)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        if (sorted.Count == 0) return null;
        double[] items = [.. sorted];
        return new LatencySummary(
            items[0], Sample.Quantile(items, 0.5)!.Value, Sample.Quantile(items, 0.9)!.Value, Sample.Quantile(items, 0.99)!.Value, items[^1]);
    }
}
