using Granary.Engine.Execution.Routing;
using Granary.Engine.Orders;
using Granary.Venues.Ports;

namespace Granary.Venues.Routing;

/// <summary>A venue at which an account may trade.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Port">Where its orders go.</param>
/// <param name="Describe">
/// What is known of it when an order looks for its venue: fees, levels, health, steps, and a latency that holds until one has been measured here. Null, the
/// default, for an account's only venue, of which nothing is asked.
/// </param>
public sealed record TradingVenue(string Name, ITradingPort Port, Func<OrderRequest, VenueCandidate>? Describe = null);
