using Granary.Engine.Market;

namespace Granary.Backtest.Parity;

/// <summary>What prices a market of recorded trades showed between two moments.</summary>
/// <param name="trades">One symbol's trades in the order of time.</param>
public sealed class TradeRange(IReadOnlyList<AggTrade> trades)
{
    /// <summary>
    /// Lowest and highest price to be had between two moments. The touch before them is part of it, the price of the last taker of each side; and so is the next
    /// trade after them, which an order that comes between two trades meets in a backtest. Null without trades.
    /// </summary>
    /// <param name="fromMs">First moment, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="toMs">Last moment, inclusive.</param>
    public (decimal Low, decimal High)? Between(long fromMs, long toMs)
    {
        if (trades.Count == 0) return null;
        var first = Math.Min(FirstAt(fromMs), trades.Count - 1);
        var (low, high) = (trades[first].PriceE8, trades[first].PriceE8);
        void Take(long priceE8) => (low, high) = (Math.Min(low, priceE8), Math.Max(high, priceE8));
        var (hasBid, hasAsk) = (false, false);
        for (var i = first - 1; i >= 0 && !(hasBid && hasAsk); i--)
        {
            if (trades[i].IsBuyerMaker ? hasBid : hasAsk) continue;
            if (trades[i].IsBuyerMaker) hasBid = true;
            else hasAsk = true;
            Take(trades[i].PriceE8);
        }
        for (var i = first; i < trades.Count; i++)
        {
            Take(trades[i].PriceE8);
            if (trades[i].TimeMs > toMs) break;
        }
        return (Fixed8.ToDecimal(low), Fixed8.ToDecimal(high));
    }

    private int FirstAt(long timeMs)
    {
        var (low, high) = (0, trades.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (trades[middle].TimeMs < timeMs) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
