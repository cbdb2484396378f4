namespace Granary.Client.Api;

/// <summary>The risk of an account at one moment; money in quote units.</summary>
public sealed record RiskBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>Recovering, Active, ReduceOnly or Halted.</summary>
    public string State { get; init; } = "";

    /// <summary>Why.</summary>
    public string StateReason { get; init; } = "";

    /// <summary>The stop in force: None, ReduceOnly, Halt or Flatten.</summary>
    public string Stop { get; init; } = "";

    /// <summary>Account or Engine; empty without a stop.</summary>
    public string StopScope { get; init; } = "";

    /// <summary>Whether positions are still being closed.</summary>
    public bool IsFlattening { get; init; }

    /// <summary>Wallet and unrealised PnL, or null.</summary>
    public decimal? Equity { get; init; }

    /// <summary>Sum of the long positions.</summary>
    public decimal LongNotional { get; init; }

    /// <summary>Sum of the short positions.</summary>
    public decimal ShortNotional { get; init; }

    /// <summary>Held for orders in flight.</summary>
    public decimal ReservedNotional { get; init; }

    /// <summary>Maintenance margin over equity, or null.</summary>
    public decimal? MarginRatio { get; init; }

    /// <summary>Share that all prices may move against the book, or null.</summary>
    public decimal? LiquidationDistance { get; init; }

    /// <summary>Realised loss of the UTC day, a share of its starting equity.</summary>
    public decimal DayLossRatio { get; init; }

    /// <summary>From the highest equity of 7 days.</summary>
    public decimal Drawdown { get; init; }

    /// <summary>Losing trades in a row.</summary>
    public int LossStreak { get; init; }

    /// <summary>Multiplier on the next entry's size.</summary>
    public decimal SizeMultiplier { get; init; }

    /// <summary>End of the daily loss stop, or null.</summary>
    public long? HaltedUntilMs { get; init; }

    /// <summary>End of the losing-streak pause, or null.</summary>
    public long? PausedUntilMs { get; init; }

    /// <summary>Whether the drawdown stops entries.</summary>
    public bool IsDrawdownStopped { get; init; }

    /// <summary>Length of a period of the tails.</summary>
    public int PeriodMinutes { get; init; }

    /// <summary>Past periods behind them.</summary>
    public int Periods { get; init; }

    /// <summary>Value at risk and expected shortfall.</summary>
    public IReadOnlyList<RiskTailBody> Tails { get; init; } = [];

    /// <summary>Stress scenarios.</summary>
    public IReadOnlyList<RiskScenarioBody> Scenarios { get; init; } = [];

    /// <summary>Use of the limits.</summary>
    public IReadOnlyList<RiskLimitBody> Limits { get; init; } = [];

    /// <summary>Costs and volatility by symbol.</summary>
    public IReadOnlyList<SymbolRiskBody> Symbols { get; init; } = [];

    /// <summary>Maker fee, share of the notional.</summary>
    public decimal MakerFeeRate { get; init; }

    /// <summary>Taker fee, share of the notional.</summary>
    public decimal TakerFeeRate { get; init; }
}
