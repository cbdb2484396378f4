namespace Granary.Simulation.Soak;

/// <summary>What was there at a moment.</summary>
/// <param name="At">When.</param>
/// <param name="Activations">Grains in memory.</param>
/// <param name="LongestQueue">Calls that wait at one grain, the most.</param>
/// <param name="Overflows">Calls refused since the start because a grain's queue was full.</param>
/// <param name="HeapBytes">Managed memory after a full collection, that of the exchange and of what the simulation notes included.</param>
/// <param name="Fills">Fills so far.</param>
internal sealed record SoakSample(DateTimeOffset At, int Activations, int LongestQueue, long Overflows, long HeapBytes, int Fills);
