using Granary.Grains.Gateway;
using Granary.Silo.Dashboard.Bars;
using Granary.Silo.Dashboard.Live;
using Granary.Silo.Metrics;
using Granary.Silo.Recording;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Granary.Silo.Dashboard;

/// <summary>Adds the dashboard to a host that has the operator API.</summary>
public static class DashboardBuilderExtensions
{
    /// <summary>Adds the dashboard's files and its live stream; without <see cref="AddDashboardBars"/> its charts stay empty.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<PageFiles>();
        services.AddSingleton<BarTwins>();
        services.AddSingleton<LivePump>();
        services.AddSingleton<DashboardTopics>();
        services.AddSingleton(p => new LiveHub(
            p.GetRequiredService<DashboardTopics>().All(), p.GetRequiredService<IOptions<JsonOptions>>(), p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<LiveHub>>()));
        services.AddHostedService<LivePublisher>();
        return services;
    }

    /// <summary>
    /// Has the market gateway show what it delivers to the dashboard and the metrics of the streams, beside the recorder if there is one. To be called before the engine's services are
    /// added, so that the bars begin where the grains do.
    /// </summary>
    public static IServiceCollection AddDashboardBars(this IServiceCollection services)
    {
        services.AddHostedService(p => p.GetRequiredService<BarTwins>());
        services.AddSingleton<StreamMetrics>();
        services.AddSingleton<IMarketObserver>(p =>
        {
            IMarketObserver seen = new ObserverPair(p.GetRequiredService<StreamMetrics>(), p.GetRequiredService<BarTwins>());
            return p.GetService<MarketRecorder>() is { } recorder ? new ObserverPair(recorder, seen) : seen;
        });
        return services;
    }
}
