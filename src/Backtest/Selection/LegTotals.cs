using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>What one side of the selection came to, quote units.</summary>
/// <param name="Side">Long or short.</param>
/// <param name="PricePnl">By price changes alone, slippage included.</param>
/// <param name="Fees">Paid.</param>
/// <param name="Funding">Received; negative is paid.</param>
/// <param name="Slippage">What the fills were worse than the prices they were made at; part of <paramref name="PricePnl"/>.</param>
/// <param name="Turnover">Notional of the fills.</param>
public sealed record LegTotals(SelectionSide Side, decimal PricePnl, decimal Fees, decimal Funding, decimal Slippage, decimal Turnover)
{
    /// <summary>PnL after fees and funding.</summary>
    public decimal NetPnl => PricePnl - Fees + Funding;
}
