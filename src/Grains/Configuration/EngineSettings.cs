using Granary.Engine.Margin;
using Granary.Engine.Performance;
using Granary.Grains.Interfaces.Execution;

namespace Granary.Grains.Configuration;

/// <summary>What the grains are told at start; immutable while the silo runs.</summary>
public sealed record EngineSettings
{
    /// <summary>Short name of this engine, 1 to 4 letters or digits; part of every client order id.</summary>
    public required string EngineId { get; init; }

    /// <summary>Name of the venue, for logs and views.</summary>
    public required string VenueName { get; init; }

    /// <summary>Symbols to trade, each once.</summary>
    public required IReadOnlyList<SymbolSettings> Symbols { get; init; }

    /// <summary>Accounts to trade with, each once.</summary>
    public required IReadOnlyList<AccountSettings> Accounts { get; init; }

    /// <summary>Most trades in one batch; 1 to 100,000, default 4,096.</summary>
    public int BatchTradesMax { get; init; } = 4_096;

    /// <summary>Longest wait for a batch to fill, milliseconds; 0 to 1,000, default 0: handed over as soon as the grain is free, so that batches grow only when it is behind.</summary>
    public int BatchWaitMs { get; init; }

    /// <summary>Trades held per symbol before the socket is made to wait; default 65,536.</summary>
    public int PendingTradesMax { get; init; } = 65_536;

    /// <summary>Shortest time between two quotes handed to one symbol's grain, milliseconds; default 100.</summary>
    public int QuoteIntervalMs { get; init; } = 100;

    /// <summary>Time between two snapshots of a symbol's state, milliseconds; default 5,000.</summary>
    public int SnapshotIntervalMs { get; init; } = 5_000;

    /// <summary>Time between two reconciliations with the venue, milliseconds; default 30,000.</summary>
    public int ReconcileIntervalMs { get; init; } = 30_000;

    /// <summary>Share of the venue's request weight that periodic reconciliation may use, of all accounts together; above 0 to 1, default 0.25.</summary>
    public double ReconcileWeightShare { get; init; } = 0.25;

    /// <summary>Time between two rounds of the keep-alive service, milliseconds; default 3,000.</summary>
    public int KeepAliveIntervalMs { get; init; } = 3_000;

    /// <summary>Leverage ladders by symbol, from a file; symbols without one have the limits' flat maintenance rate. The venue's own, once told, replace them.</summary>
    public IReadOnlyList<LeverageBrackets> LeverageBrackets { get; init; } = [];

    /// <summary>Stress scenarios beside the default ones (see Risk.StressScenarios); default none.</summary>
    public IReadOnlyList<PortfolioScenario> Scenarios { get; init; } = [];

    /// <summary>Length of a period of the returns behind value at risk, minutes; 1 to 1,440, default 1.</summary>
    public int ReturnPeriodMinutes { get; init; } = 1;

    /// <summary>Periods that value at risk looks back on; 2 to 10,000, default 1,440.</summary>
    public int ReturnPeriods { get; init; } = 1_440;

    /// <summary>
    /// Prices, in quote units, of assets that fees are paid in and that the engine does not trade itself; only for showing such fees. Default none.
    /// </summary>
    public IReadOnlyList<AssetAmount> FeeAssetPrices { get; init; } = [];

    /// <summary>Whether open orders are cancelled when the silo stops in order; default true.</summary>
    public bool CancelOrdersOnStop { get; init; } = true;

    /// <summary>How open positions are protected at the venue.</summary>
    public ProtectionSettings Protection { get; init; } = new();

    /// <summary>How approved orders are placed; default every one at market.</summary>
    public PlacementSettings Placement { get; init; } = new();

    /// <summary>How the market feed is held against those of backup venues.</summary>
    public FeedSettings Feeds { get; init; } = new();

    /// <summary>When stuck grains, silent streams and growing queues are told of and dealt with.</summary>
    public WatchdogSettings Watchdog { get; init; } = new();

    /// <summary>The venue's own switch for resting orders.</summary>
    public DeadMansSwitchSettings DeadMansSwitch { get; init; } = new();

    /// <summary>What becomes of orders that the engine did not place; default adopted.</summary>
    public ForeignOrderPolicy ForeignOrders { get; init; }

    /// <summary>What becomes of positions that the engine did not open; default adopted.</summary>
    public ForeignPositionPolicy ForeignPositions { get; init; }

    /// <summary>
    /// Where a symbol without any state begins: false (default) at the first live trade, true at the oldest trade that the venue shows. A replay that must
    /// count every trade of its tape uses true.
    /// </summary>
    public bool StartFromOldestTrade { get; init; }
}
