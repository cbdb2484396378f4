namespace Granary.Backtest.Reports;

/// <summary>The same run with other slippage.</summary>
/// <param name="Scale">What slippage and impact were multiplied with.</param>
/// <param name="NetPnl">Change of equity, quote units.</param>
/// <param name="Sharpe">Annual; null when undefined.</param>
/// <param name="Trades">Closed trades.</param>
public sealed record SensitivityReport(decimal Scale, decimal NetPnl, double? Sharpe, int Trades);
