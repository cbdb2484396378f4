namespace Granary.Simulation.Story;

/// <summary>Something that was done to a simulated day from outside; the engine's journal knows nothing of it but its effects.</summary>
/// <param name="Time">Virtual time.</param>
/// <param name="Name">Short name.</param>
/// <param name="What">In words.</param>
/// <param name="Positions">Positions at the exchange at that moment.</param>
internal sealed record DayEvent(DateTimeOffset Time, string Name, string What, string Positions);
