using Orleans.Runtime;

namespace Granary.Grains.Supervision;

/// <summary>
/// What the actor runtime shows of its activations, and what it can do about one that does not go on. Microsoft Orleans has no such thing for the inside of
/// a process: there the watchdog rests on unanswered questions alone, restarts nothing, and halts instead.
/// </summary>
public interface IActivationControl
{
    /// <summary>Calls that may wait at one activation before callers are refused.</summary>
    int QueueMax { get; }

    /// <summary>Every activation as it stands, by grain.</summary>
    IReadOnlyDictionary<GrainId, ActivationSighting> Look();

    /// <summary>Leaves the grain's activation behind: the next call makes another one, and what wakes up late calls no grain.</summary>
    /// <returns>Whether there was one to leave behind.</returns>
    bool Abandon(GrainId grain, string reason);
}
