namespace Granary.Engine.Orders;

/// <summary>What a venue says about one trigger order (Binance: conditional, or algo, order) at one moment.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="ClientId">Our id, or a foreign one.</param>
/// <param name="VenueId">The venue's id in the id space of trigger orders.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Side">Side of the order that it becomes.</param>
/// <param name="IsStop">Whether it ends a loss: a stop at market. Take profits, trailing stops and limit orders are not.</param>
/// <param name="TriggerPrice">Quote units; 0 when the venue does not say.</param>
/// <param name="Quantity">Base units; null for the whole position.</param>
/// <param name="ReduceOnly">Whether it can only reduce; one for the whole position always does.</param>
/// <param name="OrderId">The venue's id of the order that it became; 0 before.</param>
/// <param name="Reason">Why it was refused, or empty.</param>
/// <param name="TimeMs">The venue's time of this state, milliseconds since the Unix epoch, UTC.</param>
public sealed record TriggerOrderReport(
    string Symbol,
    string ClientId,
    long VenueId,
    TriggerOrderStatus Status,
    OrderSide Side,
    bool IsStop,
    decimal TriggerPrice,
    decimal? Quantity,
    bool ReduceOnly,
    long OrderId,
    string Reason,
    long TimeMs);
