namespace Granary.Engine.Risk;

/// <summary>All limits of one account. Shares are fractions of equity (wallet plus unrealised PnL), notionals are quote units.</summary>
public sealed record RiskLimits
{
    /// <summary>Asset of margin, fees and PnL; default USDT.</summary>
    public string MarginAsset { get; init; } = "USDT";

    /// <summary>Share of equity lost when an entry runs into its hard stop; above 0 to 0.1, default 0.01.</summary>
    public decimal RiskPerTrade { get; init; } = 0.01m;

    /// <summary>Distance of the hard stop in ATRs; above 0 to 100, default 1.5.</summary>
    public decimal StopAtrMultiple { get; init; } = 1.5m;

    /// <summary>Largest share of equity in one symbol, in-flight entries included; above 0 to 100, default 0.05.</summary>
    public decimal PositionEquityShareMax { get; init; } = 0.05m;

    /// <summary>Largest share of equity in one direction over all symbols, in-flight entries included; above 0 to 100, default 0.10.</summary>
    public decimal DirectionEquityShareMax { get; init; } = 0.10m;

    /// <summary>Largest notional of one entry; above 0, default 100,000.</summary>
    public decimal NotionalMaxPerOrder { get; init; } = 100_000m;

    /// <summary>Largest sum of all notionals as a multiple of equity; above 0 to 125, default 1.</summary>
    public decimal GrossNotionalEquityMax { get; init; } = 1m;

    /// <summary>Largest sum of all notionals as a multiple of the smaller of wallet and equity; above 0 to 125, default 1.5.</summary>
    public decimal LeverageMax { get; init; } = 1.5m;

    /// <summary>Leverage set at the venue: initial margin is notional divided by it; 1 to 125, default 5.</summary>
    public decimal MarginLeverage { get; init; } = 5m;

    /// <summary>Taker fee assumed when margin is checked, share of notional; 0 to 0.01, default 0.0005.</summary>
    public decimal TakerFeeRate { get; init; } = 0.0005m;

    /// <summary>Open orders of the account, foreign ones included; 1 to 1,000, default 50. Exits are exempt.</summary>
    public int OpenOrdersMax { get; init; } = 50;

    /// <summary>Largest distance of an order's price from the mark price, share of the mark; above 0 to 1, default 0.02. Market exits are exempt.</summary>
    public decimal DistanceFromMarkMax { get; init; } = 0.02m;

    /// <summary>Realised loss of a UTC day, share of the equity at 00:00 UTC, above which entries stop; above 0 to 1, default 0.03.</summary>
    public decimal DailyLossMax { get; init; } = 0.03m;

    /// <summary>Oldest market data an entry may be based on, milliseconds; 1 to 600,000, default 5,000.</summary>
    public long DataAgeMsMax { get; init; } = 5_000;

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

    /// <summary>Checks every limit against its range.</summary>
    /// <exception cref="ArgumentException">A limit is out of range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        if (MarginAsset.Length == 0) throw new ArgumentException("MarginAsset was empty, expected an asset such as USDT", nameof(MarginAsset));
        Above(RiskPerTrade, 0.1m, nameof(RiskPerTrade));
        Above(StopAtrMultiple, 100, nameof(StopAtrMultiple));
        Above(PositionEquityShareMax, 100, nameof(PositionEquityShareMax));
        Above(DirectionEquityShareMax, 100, nameof(DirectionEquityShareMax));
        Above(NotionalMaxPerOrder, 1_000_000_000_000m, nameof(NotionalMaxPerOrder));
        Above(GrossNotionalEquityMax, 125, nameof(GrossNotionalEquityMax));
        Above(LeverageMax, 125, nameof(LeverageMax));
        Within(MarginLeverage, 1, 125, nameof(MarginLeverage));
        Within(TakerFeeRate, 0, 0.01m, nameof(TakerFeeRate));
        Within(OpenOrdersMax, 1, 1_000, nameof(OpenOrdersMax));
        Above(DistanceFromMarkMax, 1, nameof(DistanceFromMarkMax));
        Above(DailyLossMax, 1, nameof(DailyLossMax));
        Within(DataAgeMsMax, 1, 600_000, nameof(DataAgeMsMax));
        Within(EntriesPerSymbolMax, 1, 100, nameof(EntriesPerSymbolMax));
        Within(LossStreakHalfAt, 1, int.MaxValue, nameof(LossStreakHalfAt));
        Within(LossStreakPauseAt, 1, int.MaxValue, nameof(LossStreakPauseAt));
        Within(LossPauseMs, 0, 365 * 86_400_000L, nameof(LossPauseMs));
        Above(DrawdownReduceAbove, 1, nameof(DrawdownReduceAbove));
        Within(DrawdownRestoreAt, 0, DrawdownReduceAbove, nameof(DrawdownRestoreAt));
    }

    private static void Above(decimal value, decimal max, string name)
    {
        if (value <= 0 || value > max) throw new ArgumentException($"{name} was {Number.Text(value)}, expected above 0 to {Number.Text(max)}", name);
    }

    private static void Within(decimal value, decimal min, decimal max, string name)
    {
        if (value < min || value > max)
            throw new ArgumentException($"{name} was {Number.Text(value)}, expected {Number.Text(min)} to {Number.Text(max)}", name);
    }
}
