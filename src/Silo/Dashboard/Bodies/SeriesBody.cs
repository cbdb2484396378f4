using System.Globalization;
using Granary.Silo.Metrics;

namespace Granary.Silo.Dashboard.Bodies;

/// <summary>One metric with one set of labels.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Value">Its value; of a histogram the sum. Null when it is no finite number.</param>
/// <param name="Buckets">Values per bucket since the start, of a histogram; else empty.</param>
public sealed record SeriesBody(IReadOnlyDictionary<string, string> Labels, double? Value, IReadOnlyList<long> Buckets)
{
    /// <summary>As it stands.</summary>
    internal static SeriesBody From(MetricSeries series)
    {
        var (value, count, buckets) = series.Read();
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in series.Tags) labels[tag.Key] = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
        return new SeriesBody(labels, double.IsFinite(value) ? value : null, count > 0 ? buckets : []);
    }
}
