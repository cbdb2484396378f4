using Granary.Grains.Gateway;
using Granary.Silo.Recording;

namespace Granary.Silo.Metrics;

/// <summary>Adds the metrics of the market streams to a host.</summary>
public static class StreamMetricsExtensions
{
    /// <summary>Has the market gateway show what it delivers to the metrics, and to the recorder if there is one.</summary>
    public static IServiceCollection AddStreamMetrics(this IServiceCollection services)
    {
        services.AddSingleton<StreamMetrics>();
        services.AddSingleton<IMarketObserver>(p => p.GetService<MarketRecorder>() is { } recorder
            ? new ObserverPair(recorder, p.GetRequiredService<StreamMetrics>())
            : p.GetRequiredService<StreamMetrics>());
        return services;
    }
}
