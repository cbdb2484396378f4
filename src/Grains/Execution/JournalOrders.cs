using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Journal.Records;

namespace Granary.Grains.Execution;

/// <summary>Orders of the journal as the kernels know them.</summary>
internal static class JournalOrders
{
    /// <summary>The approved order behind a record; null for foreign ones, which have no purpose.</summary>
    public static Order? ToOrder(OrderRecord r) => r.Purpose.Length == 0
        ? null
        : new Order(ToRequest(r), r.Account, r.Strategy, r.IntentId, Enum.Parse<ProposalKind>(r.Purpose), r.Atr, r.StopPrice, r.MarketTimeMs);

    public static OrderStatus ToStatus(OrderRecord r) => Enum.Parse<OrderStatus>(r.Status);

    /// <summary>Puts the order into a tracker, as it stood.</summary>
    /// <param name="tracker">The symbol's tracker.</param>
    /// <param name="r">The record.</param>
    /// <param name="booked">What its booked fills sum up to, where more of them may come; null: whatever the venue said it had executed.</param>
    public static TrackedOrder Restore(OrderTracker tracker, OrderRecord r, decimal? booked = null)
    {
        if (ToOrder(r) is { } order) return tracker.Restore(order, ToStatus(r), r.VenueOrderId, booked ?? r.ExecutedQuantity, r.TimeMs);
        var request = ToRequest(r);
        tracker.Apply(new OrderReport(
            r.Symbol, r.ClientOrderId, r.VenueOrderId, ToStatus(r), request.Side, request.Type, request.TimeInForce, r.Quantity, r.Price ?? 0, r.ExecutedQuantity,
            0, r.ReduceOnly, r.TimeMs, null));
        return tracker.TryGet(r.ClientOrderId, out var tracked) ? tracked : throw new InvalidOperationException($"order {r.ClientOrderId} was not tracked");
    }

    private static OrderRequest ToRequest(OrderRecord r) => new(
        r.ClientOrderId, r.Symbol, Enum.Parse<OrderSide>(r.Side), Enum.Parse<OrderType>(r.Type), Enum.Parse<TimeInForce>(r.TimeInForce), r.Quantity, r.Price,
        r.ReduceOnly);
}
