using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;
using Orleans.Embedded.Scheduling;

namespace Orleans.Embedded.Simulation;

/// <summary>One turn at a time.</summary>
internal sealed class SimulationSlice(DeterministicScheduler scheduler) : TurnSlice
{
    public void Reset() => IsUsedUp = false;

    public override void BeginTurn(Activation activation, WorkItem item) => scheduler.Trace(activation.GrainId.GetUniformHashCode(), item.TraceName);

    public override void EndTurn(Activation activation) => IsUsedUp = true;
}
