namespace Granary.Backtest.Validation;

/// <summary>One symbol with parameters that were not chosen for it.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Score">Its score; null where undefined.</param>
/// <param name="NetPnl">Change of equity, quote units.</param>
/// <param name="Trades">Closed trades.</param>
/// <param name="DeepestDrawdown">0 or negative.</param>
public sealed record TransferReport(string Symbol, double? Score, decimal NetPnl, int Trades, double DeepestDrawdown);
