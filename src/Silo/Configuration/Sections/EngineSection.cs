using Granary.Grains.Configuration;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>The engine: symbols and intervals.</summary>
public sealed record EngineSection
{
    /// <summary>Short name of this engine, part of every client order id; 1 to 4 letters or digits, default g1.</summary>
    [Matches("[A-Za-z0-9]{1,4}", "1 to 4 letters or digits")]
    public string Id { get; init; } = "g1";

    /// <summary>Symbols to trade, each once; 1 to 200 entries, default BTCUSDT, ETHUSDT, SOLUSDT.</summary>
    [Entries(1, 200)]
    public IReadOnlyList<SymbolSection> Symbols { get; init; } =
    [
        new SymbolSection { Symbol = "BTCUSDT", VolumeThreshold = 2 },
        new SymbolSection { Symbol = "ETHUSDT", VolumeThreshold = 30 },
        new SymbolSection { Symbol = "SOLUSDT", VolumeThreshold = 400 },
    ];

    /// <summary>Volume that closes a bar of a symbol without a threshold of its own, base units; above 0 to 10,000,000,000, default 100.</summary>
    [Within(0, 10_000_000_000, IsAbove = true)]
    public decimal VolumeThreshold { get; init; } = 100;

    /// <summary>Most trades handed to a symbol's grain in one batch; 1 to 100,000, default 4,096.</summary>
    [Within(1, 100_000)]
    public int BatchTradesMax { get; init; } = 4_096;

    /// <summary>Longest wait for a batch to fill, milliseconds; 0 to 1,000, default 0.</summary>
    [Within(0, 1_000)]
    public int BatchWaitMs { get; init; }

    /// <summary>Trades held per symbol before the socket is made to wait; 1,024 to 10,000,000, default 65,536.</summary>
    [Within(1_024, 10_000_000)]
    public int PendingTradesMax { get; init; } = 65_536;

    /// <summary>Shortest time between two quotes handed to one symbol's grain, milliseconds; 1 to 10,000, default 100.</summary>
    [Within(1, 10_000)]
    public int QuoteIntervalMs { get; init; } = 100;

    /// <summary>Time between two snapshots of a symbol's state, milliseconds; 100 to 600,000, default 5,000.</summary>
    [Within(100, 600_000)]
    public int SnapshotIntervalMs { get; init; } = 5_000;

    /// <summary>Time between two reconciliations with the venue, milliseconds; 1,000 to 600,000, default 30,000.</summary>
    [Within(1_000, 600_000)]
    public int ReconcileIntervalMs { get; init; } = 30_000;

    /// <summary>Share of the venue's request weight that periodic reconciliation may use, of all accounts together; 0.05 to 1, default 0.25.</summary>
    [Within(0.05, 1)]
    public double ReconcileWeightShare { get; init; } = 0.25;

    /// <summary>Time between two rounds of the keep-alive service, milliseconds; 100 to 60,000, default 3,000.</summary>
    [Within(100, 60_000)]
    public int KeepAliveIntervalMs { get; init; } = 3_000;

    /// <summary>Minutes of mark prices that a symbol's realised volatility looks back on; 2 to 10,080, default 60.</summary>
    [Within(2, 10_080)]
    public int VolatilityMinutes { get; init; } = 60;

    /// <summary>Length of a period of the returns behind value at risk, minutes; 1 to 1,440, default 1.</summary>
    [Within(1, 1_440)]
    public int ReturnPeriodMinutes { get; init; } = 1;

    /// <summary>Periods that value at risk looks back on; 2 to 10,000, default 1,440.</summary>
    [Within(2, 10_000)]
    public int ReturnPeriods { get; init; } = 1_440;

    /// <summary>Stress scenarios beside those that move all prices, or one, by 10 and 20 %; 0 to 100 entries, default none.</summary>
    [Entries(0, 100)]
    public IReadOnlyList<ScenarioSection> Scenarios { get; init; } = [];

    /// <summary>Prices of assets that fees are paid in and that are not traded here themselves, for showing such fees; 0 to 32 entries, default none.</summary>
    [Entries(0, 32)]
    public IReadOnlyList<FeeAssetSection> FeeAssetPrices { get; init; } = [];

    /// <summary>Whether open orders are cancelled when the silo is stopped; true, false, default true.</summary>
    public bool CancelOrdersOnStop { get; init; } = true;

    /// <summary>The venue's own switch, which cancels resting orders when the engine falls silent.</summary>
    public DeadMansSwitchSettings DeadMansSwitch { get; init; } = new();

    /// <summary>
    /// What becomes of orders on an account that the engine did not place: adopted ones are cancelled whenever all orders are, others are left alone. Either way they
    /// count as exposure; Adopt, Leave, default Adopt.
    /// </summary>
    public ForeignOrderPolicy ForeignOrders { get; init; }

    /// <summary>
    /// What becomes of positions on an account that the engine did not open: adopted ones are closed when everything is flattened, others are left alone. Either way
    /// they count as exposure, and no strategy touches them; Adopt, Leave, default Adopt.
    /// </summary>
    public ForeignPositionPolicy ForeignPositions { get; init; }
}
