using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Matching;

/// <summary>
/// Collects which prices changed since the last diff and makes the next one. Its size is bounded by the number of different prices touched between
/// two diffs.
/// </summary>
internal sealed class DepthTracker
{
    private readonly HashSet<long> _bids = [];
    private readonly HashSet<long> _asks = [];
    private long _publishedId;

    public DepthTracker(long updateId) => _publishedId = updateId;

    public void Touch(OrderSide side, long priceE8)
    {
        if (priceE8 != 0) (side == OrderSide.Buy ? _bids : _asks).Add(priceE8);
    }

    /// <summary>The diff since the last call, or null when nothing changed.</summary>
    /// <param name="updateId">The book's update id now.</param>
    /// <param name="timeMs">Market time.</param>
    /// <param name="quantity">Present quantity at a price, 0 when there is no such level.</param>
    public DepthDiff? Next(long updateId, long timeMs, Func<OrderSide, long, long> quantity)
    {
        if (updateId == _publishedId) return null;
        var diff = new DepthDiff(
            _publishedId + 1, updateId, _publishedId, timeMs, Levels(OrderSide.Buy, _bids, quantity), Levels(OrderSide.Sell, _asks, quantity));
        _publishedId = updateId;
        return diff;
    }

    private static DepthLevel[] Levels(OrderSide side, HashSet<long> prices, Func<OrderSide, long, long> quantity)
    {
        if (prices.Count == 0) return [];
        var levels = new DepthLevel[prices.Count];
        var i = 0;
        foreach (var price in prices) levels[i++] = new DepthLevel(price, quantity(side, price));
        // A hash set has no order of its own; best first is what a reader of the book expects.
        Array.Sort(levels, (a, b) => side == OrderSide.Buy ? b.PriceE8.CompareTo(a.PriceE8) : a.PriceE8.CompareTo(b.PriceE8));
        prices.Clear();
        return levels;
    }
}
