using Granary.Engine.Orders;

namespace Granary.Engine.Grid;

/// <summary>An order of this grid that is open at the venue.</summary>
/// <param name="Id">Sequence number of its client order id, above 0.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="PriceE8">Its price, E8.</param>
/// <param name="QuantityE8">What is left of its quantity, E8.</param>
/// <param name="IsPending">Whether a command for it is under way; it is left alone until that is answered.</param>
public readonly record struct ActualOrder(long Id, OrderSide Side, long PriceE8, long QuantityE8, bool IsPending);
