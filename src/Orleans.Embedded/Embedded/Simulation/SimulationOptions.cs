namespace Orleans.Embedded.Simulation;

/// <summary>What a simulation is run with. The same options and the same code give the same run, turn by turn, in every process.</summary>
public sealed record SimulationOptions
{
    /// <summary>Decides everything that is left to chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Virtual time at the start; default 2024-01-01 00:00 UTC.</summary>
    public DateTimeOffset Start { get; init; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Shortest time that a call or an answer takes; default 0, at most <see cref="MessageDelayMax"/>.</summary>
    public TimeSpan MessageDelayMin { get; init; }

    /// <summary>Longest time that a call or an answer takes; default 0, which delivers at once.</summary>
    public TimeSpan MessageDelayMax { get; init; }

    /// <summary>Whether the calls of one activation to another one keep their order although their delays differ; default true, as within one silo.</summary>
    public bool KeepsMessageOrder { get; init; } = true;

    /// <summary>Chance that a one-way call is lost, from 0 to 1; default 0.</summary>
    public double OneWayDropProbability { get; init; }

    /// <summary>Most turns at one virtual instant before the run fails as stuck; default 1,000,000, at least 1.</summary>
    public int TurnsPerInstantMax { get; init; } = 1_000_000;

    internal void Validate()
    {
        if (MessageDelayMin < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(MessageDelayMin), MessageDelayMin, "Must not be negative.");
        if (MessageDelayMax < MessageDelayMin) throw new ArgumentOutOfRangeException(nameof(MessageDelayMax), MessageDelayMax, $"Must not be less than {nameof(MessageDelayMin)}.");
        if (OneWayDropProbability is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(OneWayDropProbability), OneWayDropProbability, "Must be from 0 to 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(TurnsPerInstantMax, 1);
    }
}
