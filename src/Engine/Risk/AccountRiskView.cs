namespace Granary.Engine.Risk;

/// <summary>An account as its risk gate sees it; money in quote units, notionals include orders in flight.</summary>
/// <param name="Account">Account name.</param>
/// <param name="State">Trading state.</param>
/// <param name="StateReason">Why it is in that state.</param>
/// <param name="Wallet">Wallet balance; null while unknown.</param>
/// <param name="UnrealizedPnl">At mark prices.</param>
/// <param name="Equity">Wallet plus unrealised PnL; null while unknown.</param>
/// <param name="LongNotional">Worst case long.</param>
/// <param name="ShortNotional">Worst case short.</param>
/// <param name="GrossNotional">The larger direction of every symbol, summed.</param>
/// <param name="NetNotional">Positions alone, long minus short.</param>
/// <param name="ReservedNotional">Orders in flight that may increase a position.</param>
/// <param name="OpenOrders">Live orders, foreign ones and ones of unknown outcome included.</param>
/// <param name="DayStartMs">00:00 UTC of the market's day, milliseconds since the Unix epoch; -1 before the first event.</param>
/// <param name="DayStartEquity">Equity at that time; null while unknown.</param>
/// <param name="DayRealizedPnl">Realised since then, net of fees and funding.</param>
/// <param name="DayLossRatio">Its loss as a share of the starting equity, 0 or more.</param>
/// <param name="EntriesHaltedUntilMs">End of the daily loss stop, or null.</param>
/// <param name="LossStreak">Losing trades in a row.</param>
/// <param name="PausedUntilMs">End of the latest losing-streak pause; may lie in the past; 0 for none.</param>
/// <param name="Drawdown">From the highest equity of 7 days, 0 or more.</param>
/// <param name="SizeMultiplier">Multiplier on the next entry's size from streak and drawdown.</param>
/// <param name="NextSequence">Sequence number of the next order.</param>
/// <param name="Symbols">By name.</param>
/// <param name="Limits">What is used of every limit that has a running value.</param>
public sealed record AccountRiskView(
    string Account, TradingState State, string StateReason, decimal? Wallet, decimal UnrealizedPnl, decimal? Equity, decimal LongNotional,
    decimal ShortNotional, decimal GrossNotional, decimal NetNotional, decimal ReservedNotional, int OpenOrders, long DayStartMs, decimal? DayStartEquity,
    decimal DayRealizedPnl, decimal DayLossRatio, long? EntriesHaltedUntilMs, int LossStreak, long PausedUntilMs, decimal Drawdown, decimal SizeMultiplier,
    long NextSequence, IReadOnlyList<SymbolRiskView> Symbols, IReadOnlyList<LimitUse> Limits)
{
    /// <summary>The kill switch's stop in force; its action is None when there is none.</summary>
    public required StopOrder Stop { get; init; }

    /// <summary>The share that all prices may move against the book before it is liquidated; null without a notional.</summary>
    public required decimal? LiquidationDistance { get; init; }

    /// <summary>Whether the fall of equity since 00:00 UTC stopped entries.</summary>
    public required bool IsTotalLossHalted { get; init; }

    /// <summary>Whether the drawdown stopped entries.</summary>
    public required bool IsDrawdownStopped { get; init; }
}
