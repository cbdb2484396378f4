using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Journal.Records;

namespace Granary.Grains.Execution;

/// <summary>Orders of the journal as the kernels know them.</summary>
internal static class JournalOrders
{
    /// <summary>Purpose of a stop that waits at the venue; once it is set off, its record becomes that of an exit.</summary>
    public const string StopPurpose = "Stop";

    private const string StopType = "StopMarket";

    /// <summary>The approved order behind a record; null for foreign ones, which have no purpose, and for stops that wait.</summary>
    public static Order? ToOrder(OrderRecord r) => r.Purpose is "" or StopPurpose
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

    /// <summary>The record of a stop. It bears no id of the venue: those of trigger orders are of another kind than those of orders.</summary>
    public static OrderRecord ToRecord(ProtectiveStop stop, string account, string symbol, string strategy, string detail, long nowMs) => new(
        account, stop.ClientId, 0, symbol, strategy, $"stop/{stop.ClientId}", StopPurpose, stop.Side.ToString(), StopType, nameof(TimeInForce.Gtc),
        stop.Quantity ?? 0, null, true, null, stop.TriggerPrice, ToStatus(stop.State, detail).ToString(), 0, 0, detail, nowMs, nowMs);

    /// <summary>A stop as its record says; a quantity of 0 stands for the whole position.</summary>
    public static ProtectiveStop ToStop(OrderRecord r) => new(
        r.ClientOrderId, Enum.Parse<OrderSide>(r.Side), r.StopPrice ?? 0, r.Quantity > 0 ? r.Quantity : null,
        ToStatus(r) switch
        {
            OrderStatus.PendingNew => ProtectiveStopState.Pending,
            OrderStatus.Unknown => ProtectiveStopState.Unknown,
            OrderStatus.New => ProtectiveStopState.Resting,
            OrderStatus.PendingCancel => ProtectiveStopState.Canceling,
            _ => ProtectiveStopState.Over,
        },
        0, r.TimeMs);

    private static OrderStatus ToStatus(ProtectiveStopState state, string detail) => state switch
    {
        ProtectiveStopState.Pending => OrderStatus.PendingNew,
        ProtectiveStopState.Unknown => OrderStatus.Unknown,
        ProtectiveStopState.Resting => OrderStatus.New,
        ProtectiveStopState.Canceling => OrderStatus.PendingCancel,
        _ => detail.Length > 0 ? OrderStatus.Rejected : OrderStatus.Canceled,
    };

    private static OrderRequest ToRequest(OrderRecord r) => new(
        r.ClientOrderId, r.Symbol, Enum.Parse<OrderSide>(r.Side), Enum.Parse<OrderType>(r.Type), Enum.Parse<TimeInForce>(r.TimeInForce), r.Quantity, r.Price,
        r.ReduceOnly);
}
