namespace Orleans.Embedded.Simulation;

/// <summary>Something that happens at a later time, unless its process is dead by then.</summary>
internal readonly record struct SimulationEvent(SimulationProcess Process, Action Action);
