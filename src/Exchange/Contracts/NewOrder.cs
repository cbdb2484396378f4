using Granary.Engine.Orders;

namespace Granary.Exchange.Contracts;

/// <summary>An order request after the protocol's parsing.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="TimeInForce">For limit orders.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Price">Quote units; 0 for market orders.</param>
/// <param name="ReduceOnly">May only reduce.</param>
/// <param name="ClientOrderId">The client's id, or null (the exchange makes one).</param>
public sealed record NewOrder(
    string Symbol, OrderSide Side, OrderType Type, TimeInForce TimeInForce, decimal Quantity, decimal Price, bool ReduceOnly, string? ClientOrderId)
{
    /// <summary>What the order carries beyond that.</summary>
    public OrderTerms Terms { get; init; } = OrderTerms.Default;

    /// <summary>Which position it is for: Both in one-way mode, Long or Short in hedge mode.</summary>
    public PositionSide PositionSide { get; init; }
}
