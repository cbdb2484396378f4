using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Matching;

/// <summary>
/// A price-time-priority order book on scaled integers; single writer. Trades happen at the resting order's price, oldest order first at each price.
/// <para>Self-trade: what happens to an incoming order that meets a resting order of the same owner is the incoming order's choice; unless it says
/// otherwise it trades no further and its remainder expires (EXPIRE_TAKER).</para>
/// <para>Order objects and levels are pooled: at most <see cref="PoolMax"/> unused orders are kept.</para>
/// </summary>
public sealed class OrderBook
{
    /// <summary>Unused order objects kept for reuse.</summary>
    public const int PoolMax = 65_536;

    private readonly BookSide _bids = new(OrderSide.Buy);
    private readonly BookSide _asks = new(OrderSide.Sell);
    private readonly DepthTracker? _depth;
    private BookOrder? _pool;
    private int _pooled;
    private long _orderId;

    /// <summary>Creates an empty book.</summary>
    /// <param name="updateId">First update id; later ones rise by one for each change of a level.</param>
    /// <param name="tracksDepth">Whether <see cref="NextDiff"/> will be called; without it the book keeps no list of changes.</param>
    public OrderBook(long updateId = 0, bool tracksDepth = false)
    {
        UpdateId = updateId;
        if (tracksDepth) _depth = new DepthTracker(updateId);
    }

    /// <summary>Rises by one with each change of a level.</summary>
    public long UpdateId { get; private set; }

    /// <summary>Resting orders.</summary>
    public int OrderCount { get; private set; }

    /// <summary>Price levels on the bid side.</summary>
    public int BidLevelCount => _bids.Count;

    /// <summary>Price levels on the ask side.</summary>
    public int AskLevelCount => _asks.Count;

    /// <summary>Best bid, times 10^8; 0 when there is none.</summary>
    public long BidPriceE8 => _bids.Best?.PriceE8 ?? 0;

    /// <summary>Quantity at the best bid, times 10^8.</summary>
    public long BidQuantityE8 => _bids.Best?.QuantityE8 ?? 0;

    /// <summary>Best ask, times 10^8; 0 when there is none.</summary>
    public long AskPriceE8 => _asks.Best?.PriceE8 ?? 0;

    /// <summary>Quantity at the best ask, times 10^8.</summary>
    public long AskQuantityE8 => _asks.Best?.QuantityE8 ?? 0;

    /// <summary>The oldest order at the best price of a side, or null.</summary>
    public BookOrder? First(OrderSide side) => Side(side).Best?.Oldest;

    /// <summary>Quantity at a price, times 10^8; 0 when there is no such level.</summary>
    public long QuantityAt(OrderSide side, long priceE8) => Side(side).Find(priceE8)?.QuantityE8 ?? 0;

    /// <summary>Whether an order at this limit would trade at once.</summary>
    public bool WouldTake(OrderSide side, long priceE8) =>
        side == OrderSide.Buy ? _asks.Best is { } ask && ask.PriceE8 <= priceE8 : _bids.Best is { } bid && bid.PriceE8 >= priceE8;

    /// <summary>Whether an order could trade whole, at once, at its limit or better, before meeting an order of its own owner.</summary>
    public bool CanFill(
        OrderSide side, long priceE8, long quantityE8, int owner, IMatchListener listener, SelfTradePrevention selfTrade = SelfTradePrevention.None)
    {
        var left = quantityE8;
        for (var level = Side(Opposite(side)).Best; level is not null && Crosses(side, priceE8, level.PriceE8); level = level.Worse)
        {
            for (var maker = level.Oldest; maker is not null; maker = maker.Later)
            {
                if (owner != 0 && maker.Owner == owner)
                {
                    if (selfTrade != SelfTradePrevention.ExpireMaker) return false;
                    continue;
                }
                var available = maker.ReduceOnly ? Math.Min(maker.RemainingE8, listener.ReduceOnlyLimit(maker)) : maker.RemainingE8;
                left -= Math.Max(0, available);
                if (left <= 0) return true;
            }
        }
        return false;
    }

    /// <summary>Matches an incoming order and rests its remainder if its rule says so.</summary>
    /// <exception cref="ArgumentException">Price or quantity is not above 0.</exception>
    public BookResult Submit(in BookRequest request, IMatchListener listener)
    {
        if (request.PriceE8 <= 0) throw new ArgumentException($"price was {request.PriceE8}, must be above 0", nameof(request));
        if (request.QuantityE8 <= 0) throw new ArgumentException($"quantity was {request.QuantityE8}, must be above 0", nameof(request));
        if (request.Rule == MatchRule.PostOnly && WouldTake(request.Side, request.PriceE8)) return new BookResult(MatchOutcome.WouldTake, 0, null);
        if (request.Rule == MatchRule.AllOrNone && !CanFill(request.Side, request.PriceE8, request.QuantityE8, request.Owner, listener, request.SelfTrade))
            return new BookResult(MatchOutcome.Killed, 0, null);
        var left = Take(in request, listener, out var selfTrade);
        var executed = request.QuantityE8 - left;
        if (left == 0) return new BookResult(MatchOutcome.Filled, executed, null);
        if (selfTrade) return new BookResult(MatchOutcome.SelfTrade, executed, null);
        if (request.Rule is MatchRule.Immediate or MatchRule.AllOrNone) return new BookResult(MatchOutcome.Expired, executed, null);
        return new BookResult(MatchOutcome.Rested, executed, Rest(in request, left));
    }

    /// <summary>Puts an order into the book without matching it; for orders that rested before a restart.</summary>
    /// <exception cref="InvalidOperationException">It would cross the book.</exception>
    public BookOrder Restore(in BookRequest request)
    {
        if (WouldTake(request.Side, request.PriceE8)) throw new InvalidOperationException("a restored order would cross the book");
        return Rest(in request, request.QuantityE8);
    }

    /// <summary>Takes a resting order out of the book.</summary>
    /// <returns>False when the reference is no longer that order.</returns>
    public bool Cancel(BookOrder order, long id)
    {
        if (order.Id != id || order.Level is null) return false;
        Unlink(order);
        Return(order);
        return true;
    }

    /// <summary>The changes since the last call, or null when there are none.</summary>
    /// <exception cref="InvalidOperationException">The book was created without depth tracking.</exception>
    public DepthDiff? NextDiff(long timeMs) =>
        (_depth ?? throw new InvalidOperationException("this book does not track depth")).Next(UpdateId, timeMs, QuantityAt);

    /// <summary>The book now, best first, at most <paramref name="limit"/> levels a side.</summary>
    public DepthSnapshot Snapshot(int limit, long timeMs) => new(UpdateId, timeMs, Levels(_bids, limit), Levels(_asks, limit));

    private static DepthLevel[] Levels(BookSide side, int limit)
    {
        var levels = new DepthLevel[Math.Min(Math.Max(limit, 0), side.Count)];
        var level = side.Best;
        for (var i = 0; i < levels.Length; i++, level = level.Worse) levels[i] = new DepthLevel(level!.PriceE8, level.QuantityE8);
        return levels;
    }

    private static OrderSide Opposite(OrderSide side) => (OrderSide)(-(int)side);

    private static bool Crosses(OrderSide side, long limitE8, long priceE8) => side == OrderSide.Buy ? priceE8 <= limitE8 : priceE8 >= limitE8;

    private BookSide Side(OrderSide side) => side == OrderSide.Buy ? _bids : _asks;

    private long Take(in BookRequest request, IMatchListener listener, out bool selfTrade)
    {
        selfTrade = false;
        var left = request.QuantityE8;
        var makers = Side(Opposite(request.Side));
        while (left > 0 && makers.Best is { } level && Crosses(request.Side, request.PriceE8, level.PriceE8))
        {
            var maker = level.Oldest!;
            if (request.Owner != 0 && maker.Owner == request.Owner)
            {
                if (request.SelfTrade is SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth)
                {
                    Unlink(maker);
                    listener.OnSelfTrade(maker);
                    Return(maker);
                    if (request.SelfTrade == SelfTradePrevention.ExpireMaker) continue;
                }
                selfTrade = true;
                return left;
            }
            var quantity = Math.Min(left, maker.RemainingE8);
            if (maker.ReduceOnly)
            {
                var limit = listener.ReduceOnlyLimit(maker);
                if (limit <= 0)
                {
                    Unlink(maker);
                    listener.OnKnockedOut(maker);
                    Return(maker);
                    continue;
                }
                quantity = Math.Min(quantity, limit);
            }
            left -= quantity;
            var price = level.PriceE8;
            if (quantity == maker.RemainingE8)
            {
                Unlink(maker);
                maker.RemainingE8 = 0;
                listener.OnTrade(request.Tag, maker, price, quantity);
                Return(maker);
            }
            else
            {
                maker.RemainingE8 -= quantity;
                level.QuantityE8 -= quantity;
                Changed(maker.Side, price);
                listener.OnTrade(request.Tag, maker, price, quantity);
            }
        }
        return left;
    }

    private BookOrder Rest(in BookRequest request, long quantityE8)
    {
        var order = _pool;
        if (order is null)
        {
            order = new BookOrder();
        }
        else
        {
            _pool = order.Later;
            order.Later = null;
            _pooled--;
        }
        order.Id = ++_orderId;
        order.Side = request.Side;
        order.PriceE8 = request.PriceE8;
        order.RemainingE8 = quantityE8;
        order.Owner = request.Owner;
        order.ReduceOnly = request.ReduceOnly;
        order.Tag = request.Tag;
        Side(request.Side).GetOrAdd(request.PriceE8).Append(order);
        OrderCount++;
        Changed(request.Side, request.PriceE8);
        return order;
    }

    private void Unlink(BookOrder order)
    {
        var level = order.Level!;
        level.Unlink(order);
        OrderCount--;
        Changed(order.Side, order.PriceE8);
        if (level.Oldest is null) Side(order.Side).Remove(level);
    }

    private void Changed(OrderSide side, long priceE8)
    {
        UpdateId++;
        _depth?.Touch(side, priceE8);
    }

    private void Return(BookOrder order)
    {
        order.Tag = null;
        if (_pooled == PoolMax) return;
        order.Later = _pool;
        _pool = order;
        _pooled++;
    }
}
