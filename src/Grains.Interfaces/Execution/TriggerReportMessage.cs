using Granary.Engine.Orders;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>A trigger order event of the venue.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="ClientId">Our id, or a foreign one.</param>
/// <param name="VenueId">The venue's id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Side">Side of the order that it becomes.</param>
/// <param name="IsStop">Whether it is a stop at market.</param>
/// <param name="TriggerPrice">Quote units.</param>
/// <param name="Quantity">Base units; null for the whole position.</param>
/// <param name="ReduceOnly">Whether it can only reduce.</param>
/// <param name="OrderId">The venue's id of the order that it became; 0 before.</param>
/// <param name="Reason">Why it was refused, or empty.</param>
/// <param name="TimeMs">The venue's time, milliseconds since the Unix epoch, UTC.</param>
[GenerateSerializer, Immutable, Alias("granary.TriggerReportMessage")]
public sealed record TriggerReportMessage(
    [property: Id(0)] string Symbol,
    [property: Id(1)] string ClientId,
    [property: Id(2)] long VenueId,
    [property: Id(3)] TriggerOrderStatus Status,
    [property: Id(4)] OrderSide Side,
    [property: Id(5)] bool IsStop,
    [property: Id(6)] decimal TriggerPrice,
    [property: Id(7)] decimal? Quantity,
    [property: Id(8)] bool ReduceOnly,
    [property: Id(9)] long OrderId,
    [property: Id(10)] string Reason,
    [property: Id(11)] long TimeMs)
{
    /// <summary>The message that carries a report.</summary>
    public static TriggerReportMessage From(TriggerOrderReport r) => new(
        r.Symbol, r.ClientId, r.VenueId, r.Status, r.Side, r.IsStop, r.TriggerPrice, r.Quantity, r.ReduceOnly, r.OrderId, r.Reason, r.TimeMs);

    /// <summary>The report.</summary>
    public TriggerOrderReport ToReport() => new(
        Symbol, ClientId, VenueId, Status, Side, IsStop, TriggerPrice, Quantity, ReduceOnly, OrderId, Reason, TimeMs);
}
