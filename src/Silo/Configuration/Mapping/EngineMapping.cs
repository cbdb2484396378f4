using Granary.Engine.Bars;
using Granary.Engine.Factors;
using Granary.Engine.Features;
using Granary.Engine.Signals;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Configuration.Mapping;

/// <summary>Turns the configuration into what the grains are told.</summary>
public static class EngineMapping
{
    /// <summary>The grains' settings. Each symbol has its own threshold or the engine's, and its own accounts or all of them.</summary>
    /// <exception cref="InvalidDataException">The file of leverage brackets cannot be used.</exception>
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
                    Pipeline = options.Bars.ToPipelineOptions(s.VolumeThreshold ?? engine.VolumeThreshold),
                    Strategies = s.Strategies,
                    Signals = s.Signals.ToSignalOptions(),
                    Rules = s.Signals.Rules,
                    RegimeFactors = s.Signals.RegimeFactors,
                    Guard = s.Signals.Guard,
                    ConfirmedBy = s.ConfirmedBy.Length == 0 ? null : s.ConfirmedBy,
                    VolatilityMinutes = engine.VolatilityMinutes,
                    ExitsAreMaker = s.Signals.ExitsAreMaker,
                    Grid = s.Grid,
                    Accounts = s.Accounts.Count > 0 ? s.Accounts : [.. options.Accounts.Select(a => a.Name)],
                }),
            ],
            Accounts = [.. options.Accounts.Select(a => a.ToAccountSettings(options.Venue))],
            LeverageBrackets = BracketFile.Read(options.Venue.LeverageBracketsFile, [.. engine.Symbols.Select(s => s.Symbol)]),
            Scenarios = engine.Scenarios.Select(s => s.ToScenario()).ToArray(),
            FeeAssetPrices = engine.FeeAssetPrices.Select(p => new AssetAmount(p.Asset, p.Price)).ToArray(),
            ReturnPeriodMinutes = engine.ReturnPeriodMinutes,
            ReturnPeriods = engine.ReturnPeriods,
            BatchTradesMax = engine.BatchTradesMax,
            BatchWaitMs = engine.BatchWaitMs,
            PendingTradesMax = engine.PendingTradesMax,
            QuoteIntervalMs = engine.QuoteIntervalMs,
            SnapshotIntervalMs = engine.SnapshotIntervalMs,
            ReconcileIntervalMs = engine.ReconcileIntervalMs,
            ReconcileWeightShare = engine.ReconcileWeightShare,
            KeepAliveIntervalMs = engine.KeepAliveIntervalMs,
            Feeds = options.Feeds.ToFeedSettings(),
            CancelOrdersOnStop = engine.CancelOrdersOnStop,
            Protection = options.Protection,
            Placement = options.Placement,

            // A recorded market speaks at its own pace and comes to an end.
            Watchdog = options.IsRecordedMarket() ? options.Watchdog with { StreamSilentMs = 0 } : options.Watchdog,
            DeadMansSwitch = engine.DeadMansSwitch,
            ForeignOrders = engine.ForeignOrders,
            ForeignPositions = engine.ForeignPositions,
        };
    }

    /// <summary>The parameters of a symbol's strategies.</summary>
    public static SignalOptions ToSignalOptions(this StrategiesSection strategies) => new()
    {
        Regime = strategies.Regime,
        Momentum = strategies.Momentum,
        Reversion = strategies.Reversion,
        Combination = strategies.Combination,
        StopOfiLookback = strategies.StopOfiLookback,
    };

    /// <summary>The pipeline of a symbol.</summary>
    /// <param name="bars">What is built beside the volume bars.</param>
    /// <param name="volumeThreshold">Volume of a bar, base units.</param>
    public static PipelineOptions ToPipelineOptions(this BarsSection bars, decimal volumeThreshold) => new()
    {
        VolumeThreshold = volumeThreshold,
        Calibration = bars.Calibrate
            ? new VolumeCalibrationOptions { Days = bars.CalibrationDays, BarsPerDay = bars.BarsPerDay, Step = bars.ThresholdStep }
            : null,
        Tracks = new BarTrackOptions
        {
            TradesPerTickBar = bars.TradesPerTickBar == 0 ? null : bars.TradesPerTickBar,
            TimeBarStepsMs = [.. bars.TimeBarSeconds.Select(seconds => seconds * 1_000L)],
            TimeBarGraceMs = bars.TimeBarGraceMs,
            BarsKept = bars.Kept,
        },
        Factors = bars.TimeBarSeconds.Contains(60) ? new MinuteFactorOptions() : null,
    };
}
