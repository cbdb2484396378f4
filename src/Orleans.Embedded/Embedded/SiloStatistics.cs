namespace Orleans.Embedded;

/// <summary>A snapshot of a silo's figures.</summary>
public sealed record SiloStatistics
{
    /// <summary>Where the silo stands.</summary>
    public required SiloState State { get; init; }

    /// <summary>Activations in memory, observers included.</summary>
    public required int ActivationCount { get; init; }

    /// <summary>Turns since the start.</summary>
    public required long TurnCount { get; init; }

    /// <summary>Calls that wait for their turn.</summary>
    public required long QueuedCallCount { get; init; }

    /// <summary>Most calls that wait at one activation.</summary>
    public required int LongestQueueCount { get; init; }

    /// <summary>Which one that is; empty when nothing waits.</summary>
    public required string LongestQueueGrain { get; init; }

    /// <summary>The longest turn since the start, in real time; zero in a simulation.</summary>
    public required TimeSpan LongestTurn { get; init; }

    /// <summary>Whose turn that was.</summary>
    public required string LongestTurnGrain { get; init; }

    /// <summary>What the turn did: a method, "task", "timer".</summary>
    public required string LongestTurnName { get; init; }

    /// <summary>Calls that were not answered in time, since the start.</summary>
    public required long TimeoutCount { get; init; }

    /// <summary>Calls refused because a mailbox was full, since the start.</summary>
    public required long OverflowCount { get; init; }

    /// <summary>One-way calls dropped because a mailbox was full or by a simulated fault, since the start.</summary>
    public required long OneWayDropCount { get; init; }

    /// <summary>One-way calls whose method failed, since the start.</summary>
    public required long OneWayFailureCount { get; init; }

    /// <summary>Figures by grain class, in the order of their names.</summary>
    public required IReadOnlyList<GrainClassStatistics> GrainClasses { get; init; }
}
