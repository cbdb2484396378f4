using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Markets;

/// <summary>
/// Accounts' orders against a recorded market. The record is never changed by them: they add no quotes and print no trades.
/// <list type="bullet">
/// <item>What crosses takes the recorded opposite quotes at once, at their prices.</item>
/// <item>What rests fills at its own price when the tape trades through it, and when the tape trades at it against its side as far as the
/// <see cref="QueueModel"/> lets the trade reach it: never more than the traded quantity, shared in order of price, then age.</item>
/// <item>Orders of accounts never meet each other.</item>
/// </list>
/// </summary>
internal abstract class TapeVenue(IMarketHost host, ListedSymbol symbol) : IVenue
{
    private const double Scale = 1e8;

    private readonly List<AccountOrder> _bids = [];
    private readonly List<AccountOrder> _asks = [];
    private readonly List<(AccountOrder Order, long ReachedE8)> _touched = [];

    protected ListedSymbol Symbol => symbol;

    public abstract BookTicker Ticker(long timeMs);

    public abstract DepthSnapshot Depth(int limit, long timeMs);

    /// <summary>
    /// What an incoming order of this side may take at the <paramref name="level"/>-th best opposite price (0 is the best); 0 when there is no such level.
    /// </summary>
    protected abstract long Takeable(OrderSide side, int level, out long priceE8);

    public bool WouldTake(OrderSide side, long priceE8) => Takeable(side, 0, out var best) > 0 && Crosses(side, priceE8, best);

    public bool CanFill(int owner, OrderSide side, long limitE8, long quantityE8, SelfTradePrevention selfTrade)
    {
        for (var level = 0; quantityE8 > 0; level++)
        {
            var available = Takeable(side, level, out var price);
            if (available == 0 || !Crosses(side, limitE8, price)) return false;
            quantityE8 -= Math.Min(available, quantityE8);
        }
        return true;
    }

    public void Submit(AccountOrder order, long limitE8, long workableE8)
    {
        order.WorkableE8 = workableE8;
        for (var level = 0; order.WorkableE8 > 0; level++)
        {
            var available = Takeable(order.Side, level, out var price);
            if (available == 0 || !Crosses(order.Side, limitE8, price)) break;
            Fill(order, price, Math.Min(available, order.WorkableE8), isMaker: false);
        }
        if (!order.IsOpen) return;
        if (order.Type == OrderType.Limit && order.TimeInForce is TimeInForce.Gtc or TimeInForce.Gtx && order.WorkableE8 > 0)
        {
            Rest(order);
            return;
        }
        host.Expire(order, order.WorkableE8 == 0 ? ExpireReason.ReduceOnly
            : order.Type == OrderType.Market ? ExpireReason.MarketRemainder : ExpireReason.ImmediateRemainder);
    }

    public long TakeFillId() => ++symbol.State.LastFillId;

    public void Remove(AccountOrder order)
    {
        SideOf(order.Side).Remove(order);
        symbol.Places.Remove(order.OrderId);
    }

    public void Restore(AccountOrder order, long workableE8)
    {
        order.WorkableE8 = workableE8;
        Rest(order);
    }

    /// <summary>Lets resting orders take part in a trade of the tape.</summary>
    public void OnTapeTrade(in AggTrade trade)
    {
        var budget = trade.QuantityE8;
        Collect(_bids, in trade, takerSells: trade.IsBuyerMaker);
        Collect(_asks, in trade, takerSells: trade.IsBuyerMaker);
        foreach (var (order, reachedE8) in _touched)
        {
            if (budget == 0) break;
            var quantity = Math.Min(Math.Min(budget, reachedE8), order.WorkableE8);
            if (order.OnlyReduces) quantity = Math.Min(quantity, host.ReducibleE8(order));
            if (quantity > 0)
            {
                budget -= quantity;
                Fill(order, order.PriceE8, quantity, isMaker: true);
            }
            if (order.IsOpen && quantity > 0 && order.WorkableE8 > 0) continue;
            Remove(order);
            if (order.IsOpen) host.Expire(order, ExpireReason.ReduceOnly);
        }
        _touched.Clear();
    }

    private static bool Crosses(OrderSide side, long limitE8, long priceE8) => side == OrderSide.Buy ? priceE8 <= limitE8 : priceE8 >= limitE8;

    /// <summary>What the recorded book shows at a price of a side now, times 10^8; 0 for none.</summary>
    protected virtual long QueueAt(OrderSide side, long priceE8) => 0;

    /// <summary>Tells the resting orders at a price what the book shows there now.</summary>
    protected void MoveQueue(OrderSide side, long priceE8, long quantityE8)
    {
        if (!GoesByBook) return;
        foreach (var order in SideOf(side))
        {
            if (order.PriceE8 == priceE8) Move(order, quantityE8);
        }
    }

    /// <summary>Tells every resting order what the book shows at its price now.</summary>
    protected void MoveQueues()
    {
        if (!GoesByBook) return;
        foreach (var order in _bids) Move(order, QueueAt(OrderSide.Buy, order.PriceE8));
        foreach (var order in _asks) Move(order, QueueAt(OrderSide.Sell, order.PriceE8));
    }

    private void Move(AccountOrder order, long levelE8)
    {
        var place = symbol.Places[order.OrderId];
        symbol.Places[order.OrderId] = place.AfterLevel(levelE8 / Scale, host.Options.QueueModel, host.Options.QueuePower);
    }

    private bool GoesByBook => host.Options.QueueModel >= QueueModel.RiskAverse;

    private void Collect(List<AccountOrder> orders, in AggTrade trade, bool takerSells)
    {
        foreach (var order in orders)
        {
            var better = (int)order.Side * order.PriceE8.CompareTo(trade.PriceE8);
            if (better < 0) return;
            var reachedE8 = better > 0 ? long.MaxValue : takerSells == (order.Side == OrderSide.Buy) ? ReachedE8(order, in trade) : 0;
            if (reachedE8 > 0) _touched.Add((order, reachedE8));
        }
    }

    /// <summary>How much of a trade at the order's price comes to the order.</summary>
    private long ReachedE8(AccountOrder order, in AggTrade trade)
    {
        if (!GoesByBook) return host.Options.QueueModel == QueueModel.Front ? long.MaxValue : 0;
        var place = symbol.Places[order.OrderId].AfterTrade(trade.QuantityE8 / Scale);
        // Whole steps, rounded as the published models do.
        var reached = (long)Math.Round(-place.Ahead * Scale / symbol.StepE8, MidpointRounding.AwayFromZero) * symbol.StepE8;
        symbol.Places[order.OrderId] = reached > 0 ? place with { Ahead = 0 } : place;
        return reached;
    }

    private void Fill(AccountOrder order, long priceE8, long quantityE8, bool isMaker)
    {
        order.WorkableE8 -= quantityE8;
        host.Fill(order, priceE8, quantityE8, isMaker, ++symbol.State.LastFillId);
    }

    private void Rest(AccountOrder order)
    {
        var orders = SideOf(order.Side);
        var at = orders.Count;
        while (at > 0 && (int)order.Side * order.PriceE8.CompareTo(orders[at - 1].PriceE8) > 0) at--;
        orders.Insert(at, order);
        // A place that is known already is one from before a restart.
        if (GoesByBook) symbol.Places.TryAdd(order.OrderId, QueuePlace.Join(QueueAt(order.Side, order.PriceE8) / Scale));
    }

    private List<AccountOrder> SideOf(OrderSide side) => side == OrderSide.Buy ? _bids : _asks;
}
