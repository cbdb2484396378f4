namespace Orleans.Embedded;

/// <summary>Figures of one grain class.</summary>
/// <param name="GrainType">Name of the class's grain type.</param>
/// <param name="ActivationCount">Activations in memory.</param>
/// <param name="ActivatedCount">Activations that became active since the start.</param>
/// <param name="QueuedCallCount">Calls that wait for their turn.</param>
/// <param name="TurnCount">Turns since the start.</param>
public sealed record GrainClassStatistics(string GrainType, int ActivationCount, long ActivatedCount, long QueuedCallCount, long TurnCount);
