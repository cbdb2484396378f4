using Granary.Engine.Features;
using Granary.Grains.Configuration;

namespace Granary.Silo.Configuration.Mapping;

/// <summary>Turns the configuration into what the grains are told.</summary>
public static class EngineMapping
{
    /// <summary>The grains' settings. Each symbol has its own threshold or the engine's, and its own accounts or all of them.</summary>
    public static EngineSettings ToEngineSettings(this GranaryOptions options)
    {
        var engine = options.Engine;
        return new EngineSettings
        {
            EngineId = engine.Id,
            VenueName = options.Venue.Name,
            Symbols =
            [
                .. engine.Symbols.Select(s => new SymbolSettings
                {
                    Symbol = s.Symbol,
                    Pipeline = new PipelineOptions { VolumeThreshold = s.VolumeThreshold ?? engine.VolumeThreshold },
                    Strategies = s.Strategies,
                    Accounts = s.Accounts.Count > 0 ? s.Accounts : [.. options.Accounts.Select(a => a.Name)],
                }),
            ],
            Accounts = [.. options.Accounts.Select(a => new AccountSettings { Name = a.Name, Limits = a.Limits })],
            Momentum = options.Strategies.Momentum,
            BatchTradesMax = engine.BatchTradesMax,
            BatchWaitMs = engine.BatchWaitMs,
            PendingTradesMax = engine.PendingTradesMax,
            QuoteIntervalMs = engine.QuoteIntervalMs,
            SnapshotIntervalMs = engine.SnapshotIntervalMs,
            ReconcileIntervalMs = engine.ReconcileIntervalMs,
            KeepAliveIntervalMs = engine.KeepAliveIntervalMs,
            CancelOrdersOnStop = engine.CancelOrdersOnStop,
        };
    }
}
