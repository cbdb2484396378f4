using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Recording;

/// <summary>Registers the recording of market data.</summary>
public static class RecordingServiceCollectionExtensions
{
    /// <summary>Adds the recorder, which the market gateway finds as its observer, and the service that writes.</summary>
    public static IServiceCollection AddRecording(this IServiceCollection services, RecordingSection options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RecordingMetrics>();
        services.AddSingleton(p => new MarketRecorder(
            options, [.. p.GetRequiredService<EngineSettings>().Symbols.Select(s => s.Symbol)], p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<RecordingMetrics>(), p.GetRequiredService<ILogger<MarketRecorder>>()));
        services.AddSingleton<IMarketObserver>(p => p.GetRequiredService<MarketRecorder>());
        services.AddHostedService<RecordingService>();
        return services;
    }
}
