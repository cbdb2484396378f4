namespace Orleans.Embedded;

/// <content>Figures for operators.</content>
public sealed partial class EmbeddedSilo
{
    /// <summary>A snapshot of the silo's figures; walks all activations, so do not ask more than about once a second.</summary>
    public SiloStatistics GetStatistics()
    {
        var classes = new List<GrainClassStatistics>();
        long turns = 0;
        long queued = 0;
        var longestQueue = 0;
        var longestQueueGrain = "";
        foreach (var grainClass in References.Classes)
        {
            long classTurns = grainClass.EndedTurns;
            long classQueued = 0;
            var count = 0;
            foreach (var activation in grainClass.Activations)
            {
                count++;
                classTurns += activation.Turns;
                var length = activation.QueuedCount;
                classQueued += length;
                if (length <= longestQueue) continue;
                longestQueue = length;
                longestQueueGrain = activation.GrainId.ToString();
            }

            turns += classTurns;
            queued += classQueued;
            classes.Add(new GrainClassStatistics(grainClass.GrainType.ToString(), count, grainClass.ActivatedCount, classQueued, classTurns));
        }

        var counters = Scheduler.Counters;
        var (length2, grain, name) = counters.Longest;
        return new SiloStatistics
        {
            State = _state,
            ActivationCount = classes.Sum(entry => entry.ActivationCount),
            TurnCount = turns,
            QueuedCallCount = queued,
            LongestQueueCount = longestQueue,
            LongestQueueGrain = longestQueueGrain,
            LongestTurn = length2,
            LongestTurnGrain = grain.IsDefault ? "" : grain.ToString(),
            LongestTurnName = name,
            TimeoutCount = Interlocked.Read(ref counters.TimeoutCount),
            OverflowCount = Interlocked.Read(ref counters.OverflowCount),
            OneWayDropCount = Interlocked.Read(ref counters.OneWayDropCount),
            OneWayFailureCount = Interlocked.Read(ref counters.OneWayFailureCount),
            GrainClasses = classes
        };
    }

    /// <summary>
    /// Every activation as it stands, observers left out, in the order of their ids; walks all of them, so do not ask more than about once a second.
    /// </summary>
    public IReadOnlyList<ActivationStatistics> GetActivations() =>
    [
        .. References.Classes.Where(grainClass => !grainClass.IsObserver).SelectMany(grainClass => grainClass.Activations)
            .OrderBy(activation => activation.GrainId).Select(activation => activation.Look()),
    ];

    /// <summary>
    /// Leaves an activation behind that does not go on; the next call makes another one, while the old one may still run. A turn that wakes up late can neither
    /// call a grain nor set a timer; what it writes elsewhere must be fenced there. Calls that had begun fail, those that wait go to the new one.
    /// </summary>
    /// <param name="grainId">The grain.</param>
    /// <param name="reason">What its callers are told.</param>
    /// <returns>Whether there was an activation to leave behind.</returns>
    public bool Abandon(Runtime.GrainId grainId, string reason)
    {
        if (References.FindClass(grainId.Type)?.Find(grainId.Key) is not { } activation || !activation.Abandon(reason)) return false;
        Log.Abandoned(grainId, reason);
        return true;
    }

    /// <summary>Whether a grain is active; asking does not activate it.</summary>
    /// <param name="grainId">The grain.</param>
    public bool IsActive(Runtime.GrainId grainId) =>
        References.FindClass(grainId.Type)?.Find(grainId.Key) is { State: Activations.ActivationState.Active };
}
