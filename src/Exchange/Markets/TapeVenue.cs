using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Markets;

/// <summary>
/// Accounts' orders against a recorded market. The record is never changed by them: they add no quotes and print no trades.
/// <list type="bullet">
/// <item>What crosses takes the recorded opposite quotes at once, at their prices.</item>
/// <item>What rests fills at its own price when the tape trades through it, and with <see cref="QueueModel.Front"/> also when the tape trades at it against
/// its side: never more than the traded quantity, shared in order of price, then age.</item>
/// <item>Orders of accounts never meet each other.</item>
/// </list>
/// </summary>
internal abstract class TapeVenue(IMarketHost host, ListedSymbol symbol) : IVenue
{
    private readonly List<AccountOrder> _bids = [];
    private readonly List<AccountOrder> _asks = [];
    private readonly List<AccountOrder> _touched = [];

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

    public void Remove(AccountOrder order) => SideOf(order.Side).Remove(order);

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
        foreach (var order in _touched)
        {
            if (budget == 0) break;
            var quantity = Math.Min(budget, order.WorkableE8);
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

    private void Collect(List<AccountOrder> orders, in AggTrade trade, bool takerSells)
    {
        foreach (var order in orders)
        {
            var better = (int)order.Side * order.PriceE8.CompareTo(trade.PriceE8);
            var reached = better > 0
                || (better == 0 && host.Options.QueueModel == QueueModel.Front && takerSells == (order.Side == OrderSide.Buy));
            if (!reached) return;
            _touched.Add(order);
        }
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
    }

    private List<AccountOrder> SideOf(OrderSide side) => side == OrderSide.Buy ? _bids : _asks;
}
