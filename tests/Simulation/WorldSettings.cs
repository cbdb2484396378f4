using Granary.Engine.Features;
using Granary.Engine.Signals;
using Granary.Grains.Configuration;

namespace Granary.Simulation;

/// <summary>The engine's configuration in a simulated world: short windows and low thresholds, so that a short run has entries on both sides.</summary>
internal static class WorldSettings
{
    public static EngineSettings Make(WorldOptions options) => options.Engine is { } change ? change(Plain(options)) : Plain(options);

    private static EngineSettings Plain(WorldOptions options) => new()
    {
        EngineId = "sim",
        VenueName = "built-in",
        SnapshotIntervalMs = options.SnapshotIntervalMs,
        QuoteIntervalMs = options.QuoteIntervalMs,
        Protection = new ProtectionSettings { AtVenue = options.StopsAtVenue },
        Placement = options.Placement,
        Symbols =
        [
            .. options.Symbols.Select(s => new SymbolSettings
            {
                Symbol = s,
                Pipeline = new PipelineOptions
                {
                    VolumeThreshold = options.VolumeThresholds.GetValueOrDefault(s, options.VolumeThreshold),
                    VwapWindow = 20, AtrWindow = 10, KyleWindow = 10, Q90Window = 500, Q90Min = 100, VpinWindow = 10,
                    ZWindows = [20],
                },
                Signals = new SignalOptions
                {
                    Regime = new RegimeOptions { VolatilityShortWindow = 5, VolatilityLongWindow = 20, DurationWindow = 10, SignalZWindow = 20 },
                    Momentum = new MomentumOptions
                    {
                        OfiLookback = 10, DeltaLookback = 5, SignalZWindow = 20, IntensityThreshold = 0.3, LargeTradeThreshold = 0.1,
                    },
                    Reversion = new ReversionOptions { EntryWindow = 20, EntryQuantile = 0.5, OfiNeutral = 0.5, VolatilityWindow = 3, VolumeWindow = 2 },
                },
                Accounts = [World.Account],
            }),
        ],
        Accounts = [new AccountSettings { Name = World.Account, Limits = options.Limits }],
    };
}
