using Granary.Engine.Orders;

namespace Granary.Engine.Execution.Routing;

/// <summary>An order that is looking for its venue.</summary>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Base units, above 0.</param>
/// <param name="IsMaker">Whether it rests: then it goes to one venue whole, by fee and latency.</param>
/// <param name="Volatility">Standard deviation of the price's return over one second, a fraction, 0 or more; what a venue's latency is priced by.</param>
public readonly record struct VenueOrder(OrderSide Side, decimal Quantity, bool IsMaker, double Volatility);
