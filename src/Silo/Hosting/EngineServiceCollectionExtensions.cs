using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Hosting;
using Granary.Grains.Supervision;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Silo.Metrics;

namespace Granary.Silo.Hosting;

/// <summary>Registers what the grains need, the same way for a live silo and for a simulated one.</summary>
public static class EngineServiceCollectionExtensions
{
    /// <summary>Adds settings, journal, venue clients, catalog, metrics, gateway and the engine's services.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="settings">What the grains are told.</param>
    /// <param name="journal">The open journal; whoever opened it closes it.</param>
    /// <param name="venue">The venue's clients.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, EngineSettings settings, IJournal journal, VenueClients venue)
    {
        services.AddSingleton(settings);
        services.AddSingleton(journal);
        services.AddSingleton(journal.Reader);
        services.AddSingleton<IAccountPorts>(venue);
        services.AddSingleton(venue.Market);
        services.AddSingleton<SymbolCatalog>();
        services.AddSingleton<VenueClock>();
        services.AddMetrics();
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<WatchdogFindings>();
#if EMBEDDED_RUNTIME
        services.AddSingleton<IActivationControl, EmbeddedActivationControl>();
#endif
        services.AddSingleton<MarketGateway>();
        services.AddSingleton<EngineServices>();
        return services;
    }

    /// <summary>Adds backup feeds, one or more, that the market gateway then runs beside the primary.</summary>
    public static IServiceCollection AddBackupFeeds(this IServiceCollection services, IReadOnlyList<BackupFeed> backups)
    {
        services.AddSingleton(backups);
        services.AddSingleton<FeedWatch>();
        services.AddSingleton<FeedMetrics>();
        return services;
    }
}
