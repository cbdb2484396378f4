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

    /// <summary>Whether a grain is active; asking does not activate it.</summary>
    /// <param name="grainId">The grain.</param>
    public bool IsActive(Runtime.GrainId grainId) =>
        References.FindClass(grainId.Type)?.Find(grainId.Key) is { State: Activations.ActivationState.Active };
}
