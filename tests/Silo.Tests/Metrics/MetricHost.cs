using System.Diagnostics.Metrics;
using Granary.Silo.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Silo.Tests.Metrics;

/// <summary>What a host has to measure with: a factory of meters, and the collector of what is measured on them.</summary>
internal sealed class MetricHost : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<MetricCollector>().BuildServiceProvider();

    public MetricHost()
    {
        // Counters count from the moment that somebody listens.
        Collector = _services.GetRequiredService<MetricCollector>();
        Meters = _services.GetRequiredService<IMeterFactory>();
    }

    public IMeterFactory Meters { get; }

    public MetricCollector Collector { get; }

    public string[] Lines() => PrometheusText.Write(Collector).Split('\n');

    public void Dispose() => _services.Dispose();
}
