using Granary.Engine.Performance;

namespace Granary.Backtest.Selection;

/// <summary>A variant in one line. Money is in quote units.</summary>
/// <param name="NetPnl">Change of equity.</param>
/// <param name="AnnualReturn">Of the daily curve; null when undefined.</param>
/// <param name="Sharpe">Annual, of the daily curve; null when undefined.</param>
/// <param name="Drawdown">Deepest at any candle's end, 0 or negative.</param>
/// <param name="Turnover">Notional of all fills.</param>
/// <param name="Fees">Paid.</param>
/// <param name="Funding">Received; negative is paid.</param>
/// <param name="Slippage">What the fills were worse than the opens.</param>
/// <param name="Trades">Positions from flat to flat.</param>
public sealed record SelectorRow(
    decimal NetPnl, double? AnnualReturn, double? Sharpe, double Drawdown, decimal Turnover, decimal Fees, decimal Funding, decimal Slippage, int Trades)
{
    /// <summary>Of a variant's result.</summary>
    public static SelectorRow Of(SelectorVariantResult at)
    {
        ArgumentNullException.ThrowIfNull(at);
        var r = at.Result;
        var daily = EquityMetrics.Compute([.. r.Days]);
        return new SelectorRow(
            r.Equity - r.Cash, daily.AnnualReturn, daily.Sharpe, r.DeepestDrawdown, r.Turnover, r.Fees, r.Funding, r.SlippageCost, r.Trades.Count);
    }
}
