using Granary.Engine.Orders;

namespace Granary.Backtest.Results;

/// <summary>A position from flat to flat.</summary>
/// <param name="Id">1 for the first of the run, then consecutive in the order of closing.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Who opened it.</param>
/// <param name="Side">Buy for long, sell for short.</param>
/// <param name="EntryMs">First fill, milliseconds since the Unix epoch, UTC.</param>
/// <param name="ExitMs">Last fill.</param>
/// <param name="Quantity">Base units opened in all.</param>
/// <param name="EntryPrice">Mean price of the opening fills, quote units.</param>
/// <param name="ExitPrice">Mean price of the closing fills.</param>
/// <param name="GrossPnl">By the prices, quote units.</param>
/// <param name="Fees">Paid, quote units.</param>
/// <param name="Funding">Received (negative: paid), quote units.</param>
/// <param name="Slippage">What the fills were worse than the prices decided on, quote units; negative is better.</param>
/// <param name="Regime">What the strategy said when it opened, for the three signals the market regime.</param>
/// <param name="ExitReason">Why it was closed.</param>
/// <param name="IsEntryMaker">Whether the first fill was of a resting order.</param>
public sealed record ClosedTrade(
    long Id, string Symbol, string Strategy, OrderSide Side, long EntryMs, long ExitMs, decimal Quantity, decimal EntryPrice, decimal ExitPrice,
    decimal GrossPnl, decimal Fees, decimal Funding, decimal Slippage, string Regime, string ExitReason, bool IsEntryMaker)
{
    /// <summary>PnL after fees and funding, quote units.</summary>
    public decimal NetPnl => GrossPnl - Fees + Funding;
}
