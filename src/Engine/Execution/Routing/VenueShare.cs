namespace Granary.Engine.Execution.Routing;

/// <summary>What one venue gets of an order.</summary>
/// <param name="Venue">Its place among the candidates.</param>
/// <param name="Quantity">Base units, above 0.</param>
/// <param name="CostPrice">
/// Expected average price with fee and latency, quote units; what is beyond the levels counts at the last one's. Null where nothing was weighed or the order
/// rests.
/// </param>
public readonly record struct VenueShare(int Venue, decimal Quantity, decimal? CostPrice);
