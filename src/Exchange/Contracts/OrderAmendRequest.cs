using Granary.Engine.Orders;

namespace Granary.Exchange.Contracts;

/// <summary>A change of an open limit order.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="OrderId">The venue's id, or 0.</param>
/// <param name="ClientOrderId">The client's id when <paramref name="OrderId"/> is 0.</param>
/// <param name="Side">The order's side, which cannot change.</param>
/// <param name="Quantity">New quantity, filled part included, base units.</param>
/// <param name="Price">New price, quote units; 0 with a price match.</param>
/// <param name="PriceMatch">Where the price comes from when it is not named.</param>
public sealed record OrderAmendRequest(
    string Symbol, long OrderId, string? ClientOrderId, OrderSide Side, decimal Quantity, decimal Price, PriceMatch PriceMatch);
