using Granary.Engine.Sizing;

namespace Granary.Engine.Risk;

/// <summary>All limits of one account. Shares are fractions of equity (wallet plus unrealised PnL), notionals are quote units.</summary>
public sealed partial record RiskLimits
{
    /// <summary>Asset of margin, fees and PnL; default USDT.</summary>
    public string MarginAsset { get; init; } = "USDT";

    /// <summary>Share of equity lost when an entry runs into its hard stop; above 0 to 0.1, default 0.01.</summary>
    public decimal RiskPerTrade { get; init; } = 0.01m;

    /// <summary>Largest share of equity in one symbol, in-flight entries included; above 0 to 100, default 0.05.</summary>
    public decimal PositionEquityShareMax { get; init; } = 0.05m;

    /// <summary>Largest share of equity in one direction over all symbols, in-flight entries included; above 0 to 100, default 0.10.</summary>
    public decimal DirectionEquityShareMax { get; init; } = 0.10m;

    /// <summary>Largest notional of one position, in-flight entries included; above 0, default 500,000.</summary>
    public decimal PositionNotionalMax { get; init; } = 500_000m;

    /// <summary>Limits of symbols that differ from the account's; up to 1,000 entries, default none.</summary>
    public IReadOnlyList<SymbolLimit> SymbolLimits { get; init; } = [];

    /// <summary>Largest position as a multiple of equity; 1 to 125, default 10. A proposal may ask for less by its volatility.</summary>
    public decimal SymbolLeverageMax { get; init; } = 10m;

    /// <summary>Symbols held or in flight on one side; 1 to 1,024, default 10.</summary>
    public int SymbolsPerSideMax { get; init; } = 10;

    /// <summary>Symbols that move together, each group with its own cap; up to 1,000 entries, default none.</summary>
    public IReadOnlyList<CorrelationGroup> CorrelationGroups { get; init; } = [];

    /// <summary>Largest notional of one entry; above 0, default 100,000.</summary>
    public decimal NotionalMaxPerOrder { get; init; } = 100_000m;

    /// <summary>Largest sum of all notionals as a multiple of equity; above 0 to 125, default 1.</summary>
    public decimal GrossNotionalEquityMax { get; init; } = 1m;

    /// <summary>Largest sum of all notionals, quote units; above 0, default 1,000,000.</summary>
    public decimal GrossNotionalMax { get; init; } = 1_000_000m;

    /// <summary>Largest difference of long and short notionals, in-flight entries of the order's side included; above 0, default 1,000,000.</summary>
    public decimal NetNotionalMax { get; init; } = 1_000_000m;

    /// <summary>Largest sum of all notionals as a multiple of the smaller of wallet and equity; above 0 to 125, default 1.5.</summary>
    public decimal LeverageMax { get; init; } = 1.5m;

    /// <summary>Leverage set at the venue: initial margin is notional divided by it; 1 to 125, default 5.</summary>
    public decimal MarginLeverage { get; init; } = 5m;

    /// <summary>Maintenance margin of symbols whose leverage brackets are not known, share of the notional; 0 to 0.5, default 0.025.</summary>
    public decimal MaintenanceRate { get; init; } = 0.025m;

    /// <summary>Smallest share that all prices may move against the book, the order filled, before it is liquidated; 0 to 1, default 0.1.</summary>
    public decimal LiquidationDistanceMin { get; init; } = 0.1m;

    /// <summary>Maker fee until the venue tells the account's, share of notional; -0.01 to 0.01, default 0.0002.</summary>
    public decimal MakerFeeRate { get; init; } = FeeRates.Regular.Maker;

    /// <summary>Taker fee until the venue tells the account's, and assumed when margin is checked, share of notional; 0 to 0.01, default 0.0005.</summary>
    public decimal TakerFeeRate { get; init; } = FeeRates.Regular.Taker;

    /// <summary>Smallest expected profit of an entry in round-trip fees, where the proposal has one; 0 to 1,000, default 3.</summary>
    public decimal ProfitToFeesMin { get; init; } = 3m;

    /// <summary>Open orders of the account, foreign ones included; 1 to 1,000, default 50. Exits are exempt.</summary>
    public int OpenOrdersMax { get; init; } = 50;

    /// <summary>Orders of the account in 10 seconds from which entries wait; 1 to <see cref="OrdersPer10sMax"/>, default 200.</summary>
    public int EntryOrdersPer10sMax { get; init; } = 200;

    /// <summary>The venue's limit on orders in 10 seconds, for exits too; 1 to 10,000, default 300.</summary>
    public int OrdersPer10sMax { get; init; } = 300;

    /// <summary>Orders of the account in a minute from which entries wait; 1 to <see cref="OrdersPerMinuteMax"/>, default 900.</summary>
    public int EntryOrdersPerMinuteMax { get; init; } = 900;

    /// <summary>The venue's limit on orders in a minute, for exits too; 1 to 10,000, default 1,200.</summary>
    public int OrdersPerMinuteMax { get; init; } = 1_200;

    /// <summary>Orders that ended without a fill per order that had one, above which entries wait; above 0 to 100,000, default 50.</summary>
    public decimal CancelFillRatioMax { get; init; } = 50m;

    /// <summary>Orders that ended without a fill below which that ratio is not judged; 1 to 4,096, default 100.</summary>
    public int CancelCountMin { get; init; } = 100;

    /// <summary>Window of that ratio, milliseconds; 1,000 to 86,400,000, default 1 hour.</summary>
    public long CancelFillWindowMs { get; init; } = 3_600_000;

    /// <summary>Largest distance of an order's price from the mark price, share of the mark; above 0 to 1, default 0.02. Market exits are exempt.</summary>
    public decimal DistanceFromMarkMax { get; init; } = 0.02m;

    /// <summary>Realised loss of a UTC day, share of the equity at 00:00 UTC, above which entries stop; above 0 to 1, default 0.03.</summary>
    public decimal DailyLossMax { get; init; } = 0.03m;

    /// <summary>Fall of equity in a UTC day, share of the equity at 00:00 UTC, above which entries stop; above 0 to 1, default 0.05.</summary>
    public decimal DailyTotalLossMax { get; init; } = 0.05m;

    /// <summary>Oldest market data an entry may be based on, milliseconds; 1 to 600,000, default 5,000.</summary>
    public long DataAgeMsMax { get; init; } = 5_000;

    /// <summary>Largest difference between the venue's clock and ours at which entries pass, milliseconds; 1 to 60,000, default 1,000.</summary>
    public long ClockSkewMsMax { get; init; } = 1_000;

    /// <summary>Widest spread of the best quotes, share of their middle; above 0 to 1, default 0.005.</summary>
    public decimal SpreadShareMax { get; init; } = 0.005m;

    /// <summary>Smallest trade intensity, share of its mean over the bars before; 0 to 1, default 0.3.</summary>
    public double TradeIntensityShareMin { get; init; } = 0.3;

    /// <summary>
    /// Order flow imbalance of the related market against the entry above which it is refused; 0 to 1, default none (the disagreement is information only).
    /// </summary>
    public double? CrossMarketFlowMax { get; init; }

    /// <summary>Times in which nothing is opened; up to 1,000 entries, default none.</summary>
    public IReadOnlyList<MaintenanceWindow> MaintenanceWindows { get; init; } = [];

    /// <summary>Entries held at once in one symbol; 1 to 100, default 1 (one position per symbol, no adding).</summary>
    public int EntriesPerSymbolMax { get; init; } = 1;

    /// <summary>Losing trades in a row from which entries are half as large; 1 or more, default 5.</summary>
    public int LossStreakHalfAt { get; init; } = 5;

    /// <summary>Losing trades in a row from which every further loss pauses entries; 1 or more, default 8.</summary>
    public int LossStreakPauseAt { get; init; } = 8;

    /// <summary>Length of that pause, milliseconds; 0 or more, default 4 hours.</summary>
    public long LossPauseMs { get; init; } = 4 * 3_600_000L;

    /// <summary>Drawdown from the highest equity of 7 days above which entries are a quarter as large; above 0 to 1, default 0.08.</summary>
    public decimal DrawdownReduceAbove { get; init; } = 0.08m;

    /// <summary>Drawdown at or below which that ends; 0 to <see cref="DrawdownReduceAbove"/>, default 0.04.</summary>
    public decimal DrawdownRestoreAt { get; init; } = 0.04m;

    /// <summary>Drawdown above which entries stop, until it is at or below <see cref="DrawdownRestoreAt"/>; above 0 to 1, default 0.15.</summary>
    public decimal DrawdownStopAbove { get; init; } = 0.15m;

    /// <summary>The Kelly factor's parameters.</summary>
    public KellyOptions Kelly { get; init; } = new();

    /// <summary>What incidents lead to; up to 64 entries, default <see cref="KillSwitchTrigger.Defaults"/>.</summary>
    public IReadOnlyList<KillSwitchTrigger> KillSwitchTriggers { get; init; } = KillSwitchTrigger.Defaults;

    /// <summary>Maker and taker fee.</summary>
    internal FeeRates Fees => new(MakerFeeRate, TakerFeeRate);
}
