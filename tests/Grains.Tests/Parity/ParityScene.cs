using Granary.Backtest;
using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Parity;
using Granary.Backtest.Strategies;
using Granary.Engine.Decisions;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Execution.Slicing;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Engine.Signals;
using Granary.Grains.Configuration;

namespace Granary.Grains.Tests.Parity;

/// <summary>One market and one configuration, for the grains and for the backtest.</summary>
internal sealed record ParityScene(SymbolRules Rules, AggTrade[] Trades, decimal VolumeThreshold)
{
    public const string Account = "main";
    public const decimal Cash = 100_000m;

    public SignalOptions Signals { get; init; } = new();

    public RiskLimits Limits { get; init; } = new() { ProfitToFeesMin = 0 };

    /// <summary>How long a frame or a request takes one way, milliseconds.</summary>
    public int LatencyMs { get; init; }

    public PlacementPolicy Entry { get; init; } = new();

    public PlacementPolicy Exit { get; init; } = new();

    public bool StopsAtVenue { get; init; }

    public PipelineOptions Pipeline => new() { VolumeThreshold = VolumeThreshold };

    public EngineSettings Settings => new()
    {
        EngineId = "parity",
        VenueName = "built-in",

        // Housekeeping decides nothing, and a day has many seconds.
        SnapshotIntervalMs = 60_000,
        ReconcileIntervalMs = 600_000,
        Symbols = [new SymbolSettings { Symbol = Rules.Symbol, Pipeline = Pipeline, Signals = Signals, Accounts = [Account] }],
        Accounts = [new AccountSettings { Name = Account, Limits = Limits }],

        Protection = new ProtectionSettings { AtVenue = StopsAtVenue },

        // The backtest knows no slices.
        Placement = new PlacementSettings { Entry = Entry, Exit = Exit, Slicing = new SlicingOptions { IsEnabled = false } },
    };

    public OrderLog Backtest()
    {
        var recorder = new OrderRecorder();
        var options = new BacktestOptions
        {
            Cash = Cash,
            Limits = Limits,
            Pipeline = _ => Pipeline,
            Strategies = _ => [new SignalStrategy(new DecisionOptions { Signals = Signals })],

            // As the exchange fills over recorded trades: at the touch, without more slippage. The way there and back is that of the network.
            Execution = new ExecutionOptions { FillModel = FillModel.Touch, SlippageRate = 0, ImpactMultiple = 0, Latency = new LatencyModel { FeedMs = LatencyMs, OrderMs = LatencyMs, ReportLagMs = LatencyMs } },
            Placement = new PlacementTerms { Entry = Entry, Exit = Exit },
            Protection = new ProtectionTerms { AtVenue = StopsAtVenue },
            Recorder = recorder,
        };
        var result = BacktestRunner.Run([new TradeFeed(Rules, Trades)], options);
        var bars = result.Symbols.Select(s => new LoggedBars(s.Symbol, s.Bars, s.BarDigest));
        return recorder.ToLog("backtest", Cash, [.. bars]);
    }
}
