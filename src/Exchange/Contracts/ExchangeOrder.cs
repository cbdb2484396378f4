using Granary.Engine.Orders;

namespace Granary.Exchange.Contracts;

/// <summary>An order as the exchange holds it, at one moment.</summary>
/// <param name="OrderId">Rises across the whole exchange.</param>
/// <param name="ClientOrderId">Unique among the account's open orders of the symbol.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="TimeInForce">Time in force.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Price">Quote units; 0 for market orders.</param>
/// <param name="ReduceOnly">May only reduce.</param>
/// <param name="Status">New, PartiallyFilled, Filled, Canceled or Expired.</param>
/// <param name="ExecutedQuantity">Base units.</param>
/// <param name="ExecutedQuote">Quote units.</param>
/// <param name="CreatedMs">Market time of creation, milliseconds since the Unix epoch, UTC.</param>
/// <param name="UpdatedMs">Market time of the last change.</param>
public sealed record ExchangeOrder(
    long OrderId, string ClientOrderId, string Symbol, OrderSide Side, OrderType Type, TimeInForce TimeInForce, decimal Quantity, decimal Price,
    bool ReduceOnly, OrderStatus Status, decimal ExecutedQuantity, decimal ExecutedQuote, long CreatedMs, long UpdatedMs)
{
    /// <summary>What the order carries beyond that.</summary>
    public OrderTerms Terms { get; init; } = OrderTerms.Default;

    /// <summary>Which position it is for.</summary>
    public PositionSide PositionSide { get; init; }

    /// <summary>Who placed it.</summary>
    public OrderOrigin Origin { get; init; }
}
