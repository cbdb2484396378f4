namespace Granary.Grains.Interfaces.Risk;

/// <summary>The risk of an account at one moment; money in quote units.</summary>
/// <param name="Account">Account name.</param>
/// <param name="State">Recovering, Active, ReduceOnly or Halted.</param>
/// <param name="StateReason">Why.</param>
/// <param name="Stop">The stop in force: None, ReduceOnly, Halt or Flatten.</param>
/// <param name="StopScope">Account or Engine; empty without a stop.</param>
/// <param name="IsFlattening">Whether positions are still being closed for a Flatten.</param>
/// <param name="Equity">Wallet plus unrealised PnL; null while the wallet is not known.</param>
/// <param name="LongNotional">Sum of the long positions.</param>
/// <param name="ShortNotional">Sum of the short positions, 0 or more.</param>
/// <param name="ReservedNotional">Held for orders in flight.</param>
/// <param name="MarginRatio">Maintenance margin over equity: at 1 the venue liquidates; null when equity is not above 0.</param>
/// <param name="LiquidationDistance">Share that all prices may move against the book, orders in flight filled, before it is liquidated; null without one.</param>
/// <param name="DayLossRatio">Realised loss of the UTC day as a share of its starting equity.</param>
/// <param name="Drawdown">From the highest equity of 7 days, a fraction.</param>
/// <param name="LossStreak">Losing trades in a row.</param>
/// <param name="SizeMultiplier">Multiplier on the next entry's size.</param>
/// <param name="HaltedUntilMs">End of the daily loss stop, or null.</param>
/// <param name="PausedUntilMs">End of the latest losing-streak pause, or null when there is none any more.</param>
/// <param name="IsDrawdownStopped">Whether the drawdown stops entries.</param>
/// <param name="PeriodMinutes">Length of a period of the tails.</param>
/// <param name="Periods">Past periods behind them.</param>
/// <param name="Tails">Value at risk and expected shortfall; those without enough periods are missing.</param>
/// <param name="Scenarios">Stress scenarios.</param>
/// <param name="Limits">Every limit that has a running value.</param>
/// <param name="Symbols">Costs and volatility by symbol.</param>
/// <param name="MakerFeeRate">Maker fee, share of the notional.</param>
/// <param name="TakerFeeRate">Taker fee, share of the notional.</param>
/// <param name="TimeMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
[GenerateSerializer, Immutable, Alias("granary.RiskReport")]
public sealed record RiskReport(
    [property: Id(0)] string Account,
    [property: Id(1)] string State,
    [property: Id(2)] string StateReason,
    [property: Id(3)] string Stop,
    [property: Id(4)] string StopScope,
    [property: Id(5)] bool IsFlattening,
    [property: Id(6)] decimal? Equity,
    [property: Id(7)] decimal LongNotional,
    [property: Id(8)] decimal ShortNotional,
    [property: Id(9)] decimal ReservedNotional,
    [property: Id(10)] decimal? MarginRatio,
    [property: Id(11)] decimal? LiquidationDistance,
    [property: Id(12)] decimal DayLossRatio,
    [property: Id(13)] decimal Drawdown,
    [property: Id(14)] int LossStreak,
    [property: Id(15)] decimal SizeMultiplier,
    [property: Id(16)] long? HaltedUntilMs,
    [property: Id(17)] long? PausedUntilMs,
    [property: Id(18)] bool IsDrawdownStopped,
    [property: Id(19)] int PeriodMinutes,
    [property: Id(20)] int Periods,
    [property: Id(21)] IReadOnlyList<RiskTail> Tails,
    [property: Id(22)] IReadOnlyList<RiskScenario> Scenarios,
    [property: Id(23)] IReadOnlyList<RiskLimitUse> Limits,
    [property: Id(24)] IReadOnlyList<SymbolRisk> Symbols,
    [property: Id(25)] decimal MakerFeeRate,
    [property: Id(26)] decimal TakerFeeRate,
    [property: Id(27)] long TimeMs);
