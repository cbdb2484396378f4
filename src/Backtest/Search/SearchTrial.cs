namespace Granary.Backtest.Search;

/// <summary>One configuration that was tried.</summary>
/// <param name="Number">0 for the first.</param>
/// <param name="Values">The parameters' values, in the order of the ranges.</param>
/// <param name="Score">Its score; null where undefined.</param>
/// <param name="SharpePerDay">Daily Sharpe ratio, not annual, for deflation; null where undefined.</param>
/// <param name="NetPnl">Change of equity, quote units.</param>
/// <param name="Trades">Closed trades.</param>
/// <param name="OrderHash">Fingerprint of its orders.</param>
/// <param name="DailyReturns">Its daily returns, for cross-validation.</param>
public sealed record SearchTrial(
    int Number, IReadOnlyList<double> Values, double? Score, double? SharpePerDay, decimal NetPnl, int Trades, string OrderHash,
    IReadOnlyList<double> DailyReturns);
