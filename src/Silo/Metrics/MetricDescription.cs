namespace Granary.Silo.Metrics;

/// <summary>What a metric is.</summary>
/// <param name="Name">Its name on /metrics.</param>
/// <param name="Kind">How it moves.</param>
/// <param name="Help">What it counts.</param>
public sealed record MetricDescription(string Name, MetricKind Kind, string Help);
