namespace Granary.Engine.Execution.Routing;

/// <summary>A venue that was not considered.</summary>
/// <param name="Venue">Its place among the candidates.</param>
/// <param name="Fault">Why.</param>
public readonly record struct VenueLeftOut(int Venue, VenueFault Fault);
