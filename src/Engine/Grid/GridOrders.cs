using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Grid;

/// <summary>
/// The real orders that should rest, made from the virtual ones: the nearest entries that margin and liquidation line allow, the nearest take-profits,
/// and what is
/// closed at market; virtual orders of one side and price are one real order. Allocation-free but for buffers that grow.
/// </summary>
internal sealed class GridOrders(SymbolRules rules, bool isDual)
{
    private readonly long _quantityMaxE8 = Fixed8.FromDecimal(Math.Min(rules.QuantityMax, Fixed8.ToDecimal(Fixed8.Max)));
    private readonly long _marketMaxE8 = Fixed8.FromDecimal(rules.FloorQuantity(Math.Min(rules.MarketQuantityMax, Fixed8.ToDecimal(Fixed8.Max))));
    private DesiredOrder[] _orders = new DesiredOrder[64];
    private Leg[] _legs = new Leg[256];
    private int _orderCount;
    private int _legCount;

    /// <summary>A virtual order in a real one.</summary>
    internal struct Leg
    {
        public GridLadder Ladder;
        public int Rung;
        public GridPurpose Purpose;

        /// <summary>The next one of the same real order; -1 for none.</summary>
        public int Next;
    }

    /// <summary>What should rest, entries of each ladder nearest first.</summary>
    public ReadOnlySpan<DesiredOrder> Desired => _orders.AsSpan(0, _orderCount);

    /// <summary>Forgets the orders of the last time.</summary>
    public void Clear() => (_orderCount, _legCount) = (0, 0);

    /// <summary>Adds a ladder's entries.</summary>
    /// <param name="ladder">The ladder, armed.</param>
    /// <param name="oppositeE8">Best ask for a long ladder, best bid for a short one, E8.</param>
    /// <param name="sameE8">The best price of the other side, E8.</param>
    /// <param name="margin">The ladder's margin with what it holds.</param>
    /// <param name="actual">All open orders of the grid.</param>
    public void AddEntries(GridLadder ladder, long oppositeE8, long sameE8, GridMargin margin, ReadOnlySpan<ActualOrder> actual)
    {
        // What is on its way and no longer wanted may still be filled. What rests and is no longer wanted is cancelled before anything new is placed.
        for (var i = 0; i < ladder.Count; i++)
            if (ladder.At(i) is { IsArmed: false, EntryId: not 0 } rung && IsOnItsWay(rung.EntryId, actual))
                margin.Add(Fixed8.ToDecimal(rung.EntryLeftE8) * Fixed8.ToDecimal(ladder.EntryLevelE8(i)));

        var (wasShort, isShort, isUnsafe) = (ladder.IsCashShort, false, false);
        var isHeldUnsafe = !margin.IsSafe(ladder.EntryValue, Fixed8.ToDecimal(ladder.HeldE8));
        for (var i = ladder.Count - 1; i >= 0; i--)
        {
            ref var rung = ref ladder.At(i);
            if (!rung.IsArmed) continue;
            var priceE8 = ladder.EntryPriceE8(i, oppositeE8, sameE8);
            if (priceE8 <= 0) continue;
            var quantity = Fixed8.ToDecimal(rung.EntryLeftE8);
            var cost = quantity * Fixed8.ToDecimal(priceE8);
            // Once short, the first rung that is not there yet comes back when another would fit beside it, lest it comes and goes with every tick.
            isShort = !margin.HasRoom(cost, wasShort && rung.EntryId == 0 ? 1 : 0);
            if (isShort) break;
            if (isHeldUnsafe || !margin.IsSafe(cost, quantity))
            {
                isUnsafe = true;
                continue;
            }
            if (rung.EntryId == 0) wasShort = false;
            margin.Add(cost);
            Add(ladder, i, GridPurpose.Entry, ladder.Side == GridSide.Long ? OrderSide.Buy : OrderSide.Sell, priceE8, rung.EntryLeftE8, actual);
        }
        (ladder.IsCashShort, ladder.IsLiquidationNear) = (isShort, isUnsafe);
    }

    /// <summary>Adds a ladder's nearest take-profits.</summary>
    /// <param name="ladder">The ladder.</param>
    /// <param name="oppositeE8">Best ask for a long ladder, best bid for a short one, E8.</param>
    /// <param name="sameE8">The best price of the other side, E8.</param>
    /// <param name="countMax">How many at most.</param>
    /// <param name="actual">All open orders of the grid.</param>
    public void AddTakeProfits(GridLadder ladder, long oppositeE8, long sameE8, int countMax, ReadOnlySpan<ActualOrder> actual)
    {
        foreach (var owner in ladder.Owners)
        {
            if (countMax <= 0) return;
            if (owner < 0 || ladder.At(owner).IsClosing) continue;
            var (priceE8, quantityE8) = (ladder.TakeProfitPriceE8(owner, oppositeE8, sameE8), ladder.At(owner).HeldE8);
            // Less than the least notional may only be closed by an order that reduces; else it waits for the rest of its entry.
            if (priceE8 <= 0 || (isDual && Fixed8.ToDecimal(priceE8) * Fixed8.ToDecimal(quantityE8) < rules.NotionalMin)) continue;
            countMax--;
            Add(ladder, owner, GridPurpose.TakeProfit, ladder.Side == GridSide.Long ? OrderSide.Sell : OrderSide.Buy, priceE8, quantityE8, actual);
        }
    }

    /// <summary>Adds what a ladder closes at market, once no other order of the rung can be filled.</summary>
    public void AddClosings(GridLadder ladder, ReadOnlySpan<ActualOrder> actual)
    {
        for (var i = 0; i < ladder.Count; i++)
        {
            ref readonly var rung = ref ladder.At(i);
            if (rung is not { IsClosing: true, HeldE8: > 0, EntryId: 0, TakeProfitId: 0 }) continue;
            var side = ladder.Side == GridSide.Long ? OrderSide.Sell : OrderSide.Buy;
            Add(ladder, i, GridPurpose.Close, side, 0, Math.Min(rung.HeldE8, _marketMaxE8), actual);
        }
    }

    /// <summary>Binds the virtual orders of a desired one to a real one; what else that carries leaves it when its amendment is answered.</summary>
    public void Link(int desired, long id, ReadOnlySpan<GridLadder> ladders)
    {
        foreach (var ladder in ladders) ladder.BeginAmend(id);
        for (var i = _orders[desired].FirstLeg; i >= 0; i = _legs[i].Next) _legs[i].Ladder.At(_legs[i].Rung).Link(_legs[i].Purpose, id);
    }

    /// <summary>The first virtual order of a desired one.</summary>
    public RungName NameOf(int desired)
    {
        ref readonly var leg = ref _legs[_orders[desired].FirstLeg];
        return new RungName(leg.Ladder.Side, leg.Rung, leg.Purpose);
    }

    private void Add(
        GridLadder ladder, int rung, GridPurpose purpose, OrderSide side, long priceE8, long quantityE8, ReadOnlySpan<ActualOrder> actual)
    {
        if (_legCount == _legs.Length) Array.Resize(ref _legs, 2 * _legs.Length);
        _legs[_legCount] = new Leg { Ladder = ladder, Rung = rung, Purpose = purpose, Next = -1 };
        var isReduceOnly = purpose == GridPurpose.Close || (purpose == GridPurpose.TakeProfit && !isDual);
        ref var order = ref Find(side, priceE8, quantityE8, isReduceOnly, out var isNew);
        var isMarket = purpose == GridPurpose.Close;
        if (isNew) order = new DesiredOrder { Side = side, PriceE8 = priceE8, IsReduceOnly = isReduceOnly, IsMarket = isMarket, FirstLeg = _legCount };
        else _legs[order.LastLeg].Next = _legCount;
        order.LastLeg = _legCount++;
        order.QuantityE8 += quantityE8;
        if (purpose == GridPurpose.Entry) order.OpeningE8 += quantityE8;

        var id = ladder.At(rung).IdOf(purpose);
        if (id == 0) return;
        order.IsWaiting |= IsOnItsWay(id, actual);
        if (order.CarrierId == 0 && !IsCarrier(id)) order.CarrierId = id;
    }

    private ref DesiredOrder Find(OrderSide side, long priceE8, long quantityE8, bool isReduceOnly, out bool isNew)
    {
        var quantityMaxE8 = priceE8 == 0 ? _marketMaxE8 : _quantityMaxE8;
        isNew = false;
        for (var i = _orderCount - 1; i >= 0; i--)
        {
            ref var order = ref _orders[i];
            var isSame = order.Side == side && order.PriceE8 == priceE8 && order.IsReduceOnly == isReduceOnly;
            if (isSame && order.QuantityE8 <= quantityMaxE8 - quantityE8) return ref order;
        }
        isNew = true;
        if (_orderCount == _orders.Length) Array.Resize(ref _orders, 2 * _orders.Length);
        return ref _orders[_orderCount++];
    }

    private bool IsCarrier(long id)
    {
        foreach (ref readonly var order in Desired)
            if (order.CarrierId == id) return true;
        return false;
    }

    /// <summary>Whether a command for an order is under way: it is marked so, or is not yet, or no longer, among the open ones.</summary>
    private static bool IsOnItsWay(long id, ReadOnlySpan<ActualOrder> actual)
    {
        foreach (ref readonly var order in actual)
            if (order.Id == id) return order.IsPending;
        return true;
    }
}
