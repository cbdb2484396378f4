using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Hosting;
using Granary.Grains.Supervision;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Venues.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Grains.Tests.Support;

internal static class EngineParts
{
    /// <summary>Registers what the grains need, with a scripted venue.</summary>
    public static void AddTo(IServiceCollection services, EngineSettings settings, IJournal journal, ScriptedVenue venue)
    {
        services.AddSingleton(settings);
        services.AddSingleton(journal);
        services.AddSingleton(journal.Reader);
        services.AddSingleton<IMarketDataPort>(venue);
        services.AddSingleton<IAccountPorts>(venue);
        services.AddSingleton<SymbolCatalog>();
        services.AddSingleton<VenueClock>();
        services.AddMetrics();
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<WatchdogFindings>();
        services.AddSingleton<MarketGateway>();
        services.AddSingleton<EngineServices>();
    }
}
