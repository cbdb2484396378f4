using Granary.Engine.Grid;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Grains.Execution;

/// <summary>What became of the grid's orders, and of what it holds.</summary>
internal sealed partial class GridDesk
{
    /// <summary>Takes what happened to one of the grid's orders.</summary>
    /// <param name="change">The change.</param>
    /// <param name="id">The order's id.</param>
    /// <param name="isAmending">Whether the answer to an amendment of it is still awaited: that settles it.</param>
    public void OnChange(OrderChange change, in RungOrderId id, bool isAmending)
    {
        if (Grid is null) return;
        var order = change.Order;
        foreach (var fill in change.NewFills) TakeFill(fill, id, order.Request.Side);
        if (order.Status == OrderStatus.Rejected)
        {
            Grid.OnRejected(id.Number, order.RejectCode == PostOnlyWouldTake);
        }
        else if (!order.IsLive && order.MissingQuantity <= 0)
        {
            // A venue may end a post-only order that would take instead of refusing it.
            if (order is { Status: OrderStatus.Expired, ExecutedQuantity: 0, Request.TimeInForce: TimeInForce.Gtx }) Grid.OnRejected(id.Number, isCrossing: true);
            else Grid.OnClosed(id.Number);
        }
        else if (!isAmending && change.Before != change.After && order.Status is OrderStatus.New or OrderStatus.PartiallyFilled)
        {
            Grid.OnRested(id.Number);
        }
    }

    /// <summary>Takes a fill of one of the grid's orders. Where the grid knows nothing of the order any more, the rung that its id names takes it.</summary>
    public void TakeFill(Fill fill, in RungOrderId id, OrderSide side)
    {
        var priceE8 = Fixed8.FromDecimal(fill.Price);
        RaiseNumber(id.Number);
        if (!Grid!.IsCarrying(id.Number))
        {
            var ladder = (GridSide)(id.Purpose == GridPurpose.Entry ? (int)side : -(int)side);
            Grid.Recall(id.Number, new RungName(ladder, id.Rung, id.Purpose), id.Purpose == GridPurpose.Close ? 0 : priceE8);
        }

        Grid.OnFill(id.Number, Fixed8.FromDecimal(fill.Quantity), priceE8, fill.Fee, fill.IsMaker);
    }

    /// <summary>The amendment of an order was taken.</summary>
    public void OnAmended(long number) => Grid?.OnRested(number);

    /// <summary>The amendment of an order was refused or did not leave; it rests as it was, or is over.</summary>
    public void OnAmendRefused(long number, int code) => Grid?.OnAmendRejected(number, code == PostOnlyWouldTake);

    /// <summary>After a cut or a restart, when books and venue agree: what does not rest carries nothing, what rests does so as the venue says.</summary>
    public void Synchronize(IEnumerable<TrackedOrder> live, IReadOnlySet<string> sending)
    {
        if (Grid is null) return;
        var actual = ToActual(live, sending);
        Grid.Synchronize(actual);
        foreach (ref readonly var order in actual.AsSpan())
            if (!order.IsPending) Grid.OnRested(order.Id);
    }

    /// <summary>Holds the rungs against the engine's own lot: what somebody else closed is taken off them.</summary>
    /// <param name="own">Signed base units of the lot.</param>
    /// <param name="price">At which it was closed as far as known, quote units.</param>
    /// <returns>What is held and no rung knows of, signed base units; it is nobody's to close here.</returns>
    public decimal Align(decimal own, decimal price)
    {
        var difference = Inventory - own;
        if (Grid is null || difference == 0 || price <= 0) return 0;
        var left = Grid.OnReduced(
            difference > 0 ? OrderSide.Sell : OrderSide.Buy, Fixed8.FromDecimal(Math.Abs(difference)), Fixed8.FromDecimal(decimal.Round(price, Fixed8.Decimals)));
        return -Math.Sign(difference) * Fixed8.ToDecimal(left);
    }
}
