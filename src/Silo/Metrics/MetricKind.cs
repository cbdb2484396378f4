namespace Granary.Silo.Metrics;

/// <summary>What a metric is, in Prometheus' words.</summary>
public enum MetricKind
{
    /// <summary>Only rises.</summary>
    Counter,

    /// <summary>Rises and falls.</summary>
    Gauge,

    /// <summary>Counts of values in buckets.</summary>
    Histogram,
}
