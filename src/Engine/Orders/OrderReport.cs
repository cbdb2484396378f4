namespace Granary.Engine.Orders;

/// <summary>
/// What a venue says about one order at one moment: an answer to a request, a query's result, or a user stream event. Reports arrive in any order,
/// doubled or not at all; the order state machine makes sense of them.
/// </summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="ClientOrderId">Our id, or a foreign one.</param>
/// <param name="VenueOrderId">The venue's id.</param>
/// <param name="Status">New, PartiallyFilled, Filled, Canceled, Expired or Rejected; Unknown where the venue used a word that is none of these.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="TimeInForce">Time in force.</param>
/// <param name="Quantity">Ordered quantity in base units.</param>
/// <param name="Price">Limit price in quote units; 0 for market orders.</param>
/// <param name="ExecutedQuantity">Filled so far, base units.</param>
/// <param name="AveragePrice">Average fill price; 0 when unknown or unfilled (answers to order requests no longer carry it).</param>
/// <param name="ReduceOnly">Whether the order only reduces.</param>
/// <param name="TimeMs">The venue's time of this state, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Fill">The fill that this report announces, or null.</param>
public sealed record OrderReport(
    string Symbol,
    string ClientOrderId,
    long VenueOrderId,
    OrderStatus Status,
    OrderSide Side,
    OrderType Type,
    TimeInForce TimeInForce,
    decimal Quantity,
    decimal Price,
    decimal ExecutedQuantity,
    decimal AveragePrice,
    bool ReduceOnly,
    long TimeMs,
    Fill? Fill)
{
    /// <summary>Whether the venue itself placed the order, where the source tells; default not.</summary>
    public ForcedClose ForcedClose { get; init; }
}
