namespace Granary.Silo.Metrics;

/// <summary>All series of one name. Finding a series is lock-free; a new one copies the list.</summary>
internal sealed class MetricFamily(string name, MetricKind kind, bool isObserved, string help, string unit, double[] bounds)
{
    /// <summary>Series that a family may have; measurements with further label values are counted as dropped.</summary>
    public const int SeriesMax = 200;

    private readonly Lock _gate = new();
    private volatile MetricSeries[] _series = [];

    public string Name { get; } = name;

    public MetricKind Kind { get; } = kind;

    public bool IsObserved { get; } = isObserved;

    public string Help { get; } = help;

    public string Unit { get; } = unit;

    public double[] Bounds { get; } = bounds;

    public IReadOnlyList<MetricSeries> Series => _series;

    /// <summary>The series with these labels, or null when the family is full.</summary>
    public MetricSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in _series)
            if (series.Has(tags)) return series;
        lock (_gate)
        {
            foreach (var series in _series)
                if (series.Has(tags)) return series;
            if (_series.Length == SeriesMax) return null;
            var added = new MetricSeries(tags.ToArray(), Bounds);
            _series = [.. _series, added];
            return added;
        }
    }
}
