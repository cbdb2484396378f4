using Granary.Grains.Telemetry;
using Granary.Silo.Configuration.Sections;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Granary.Silo.Telemetry;

/// <summary>Sends metrics and sampled traces to a collector. What the collector does not take is dropped by the exporter; nothing waits for it.</summary>
public sealed class OtlpExport : IDisposable
{
    private const string Service = "granary";

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    /// <summary>Begins to listen and to send.</summary>
    /// <param name="options">With an address.</param>
    /// <param name="engine">Name of the engine, which tells silos apart.</param>
    public OtlpExport(TelemetrySection options, string engine)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService(Service, serviceInstanceId: engine);
        var url = new Uri(options.OtlpUrl);
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Granary", "System.Runtime")
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, url);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.MetricsSeconds * 1_000;
            })
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceShare)))
            .AddSource(EngineTraces.SourceName)
            .AddOtlpExporter(exporter => Configure(exporter, url))
            .Build();
    }

    /// <summary>Sends what waits and ends.</summary>
    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }

    private static void Configure(OtlpExporterOptions exporter, Uri url)
    {
        exporter.Endpoint = url;
        exporter.Protocol = OtlpExportProtocol.Grpc;
    }
}
