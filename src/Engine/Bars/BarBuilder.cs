using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// What the builders have in common whose bars take whole trades and close with the trade that fulfils their rule. Nothing is carried over, an unfinished bar
/// is never published. They expect cleaned trades (<see cref="TradeCleaner"/>), allocate nothing per trade, and a snapshot at any trade continues bit for bit.
/// </summary>
public abstract class BarBuilder
{
    private protected BarBuilder()
    {
    }

    /// <summary>Bars closed so far, and the index of the running one.</summary>
    public long BarCount => Running.Index;

    /// <summary>The bar that was closed last; null before the first.</summary>
    public Bar? LastBar => Running.Last;

    /// <summary>Volume of the running bar, base units.</summary>
    public decimal OpenVolume => TradeTotals.ToDecimalE8(Running.Totals.Volume);

    /// <summary>Quote volume of the running bar, quote units.</summary>
    public decimal OpenQuoteVolume => Fixed8.ToDecimalE16(Running.Totals.QuoteVolume);

    /// <summary>Trades in the running bar.</summary>
    public int OpenTradeCount => Running.Totals.TradeCount;

    private protected RunningBar Running;

    /// <summary>Takes a trade.</summary>
    /// <param name="trade">Price and quantity are 1 to <see cref="Fixed8.Max"/>.</param>
    /// <returns>True when it closed a bar, which then is <see cref="LastBar"/>.</returns>
    /// <exception cref="OverflowException">The quote volume of the bar has more digits than a decimal holds (above 7.9 trillion).</exception>
    public abstract bool Add(in AggTrade trade);

    /// <summary>Marks the running bar, or the next one when none runs, as incomplete: trades before its next one were lost.</summary>
    public void MarkGap() => Running.HasHole = true;

    /// <summary>Writes the state and the parameters.</summary>
    public abstract void Write(SnapshotWriter writer);
}
