namespace Orleans.Embedded.Simulation;

/// <summary>What lives and dies together in a simulation: the world around, or one silo.</summary>
internal sealed class SimulationProcess
{
    public SimulationProcess(DeterministicScheduler scheduler, string name)
    {
        Name = name;
        Hash = StableHash.Of64(name);
        Tasks = new SimulationTaskScheduler(scheduler, this);
    }

    public string Name { get; }

    public ulong Hash { get; }

    public bool IsAlive { get; set; } = true;

    public SimulationTaskScheduler Tasks { get; }

    /// <summary>Told to background work when the process stops in order; not when it crashes.</summary>
    public CancellationTokenSource Stopping { get; } = new();
}
