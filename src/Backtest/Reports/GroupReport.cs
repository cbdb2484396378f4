using Granary.Engine.Performance;

namespace Granary.Backtest.Reports;

/// <summary>The trades of one group, for example of one signal.</summary>
/// <param name="By">What is grouped by: signal, hour, regime, side, symbol or exit.</param>
/// <param name="Group">The group's name.</param>
/// <param name="Trades">Its trades.</param>
/// <param name="Fees">Their fees, quote units.</param>
/// <param name="Funding">Their funding, quote units.</param>
/// <param name="HoldingMsMean">Mean time held, milliseconds.</param>
public sealed record GroupReport(string By, string Group, TradeMetrics Trades, decimal Fees, decimal Funding, double HoldingMsMean);
