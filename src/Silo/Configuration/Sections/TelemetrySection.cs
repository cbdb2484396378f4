using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>Metrics and traces for a collector (OTLP); /metrics is there without it.</summary>
public sealed record TelemetrySection
{
    /// <summary>Address of the collector that metrics and traces are sent to, OTLP over gRPC; http or https address without a path, default none.</summary>
    [Matches("|https?://[^/?#@]+/?", "http or https address without a path")]
    public string OtlpUrl { get; init; } = "";

    /// <summary>Distance between two exports of the metrics, seconds; 1 to 3,600, default 15.</summary>
    [Within(1, 3_600)]
    public int MetricsSeconds { get; init; } = 15;

    /// <summary>Share of the traces that are kept, a fraction; 0 to 1, default 0.05.</summary>
    [Within(0, 1)]
    public double TraceShare { get; init; } = 0.05;
}
