using Orleans.Configuration;

namespace Orleans.Embedded.Hosting;

/// <summary>Checks options before anything starts.</summary>
internal static class OptionsValidation
{
    public static void Check(SiloMessagingOptions messaging, GrainCollectionOptions collection, SchedulingOptions scheduling)
    {
        Positive(messaging.ResponseTimeout, nameof(SiloMessagingOptions), nameof(messaging.ResponseTimeout));
        if (messaging.MaxEnqueuedRequestsHardLimit < 0)
            throw new ArgumentOutOfRangeException($"{nameof(SiloMessagingOptions)}.{nameof(messaging.MaxEnqueuedRequestsHardLimit)}", messaging.MaxEnqueuedRequestsHardLimit, "Must be 0 (no limit) or more.");
        Positive(collection.ActivationTimeout, nameof(GrainCollectionOptions), nameof(collection.ActivationTimeout));
        Positive(collection.DeactivationTimeout, nameof(GrainCollectionOptions), nameof(collection.DeactivationTimeout));
        Positive(collection.CollectionQuantum, nameof(GrainCollectionOptions), nameof(collection.CollectionQuantum));
        Age(collection.CollectionAge, collection.CollectionQuantum, nameof(collection.CollectionAge));
        foreach (var (name, age) in collection.ClassSpecificCollectionAge) Age(age, collection.CollectionQuantum, $"{nameof(collection.ClassSpecificCollectionAge)}[{name}]");
        Positive(scheduling.ActivationSchedulingQuantum, nameof(Orleans.Configuration.SchedulingOptions), nameof(scheduling.ActivationSchedulingQuantum));
        Positive(scheduling.TurnWarningLengthThreshold, nameof(Orleans.Configuration.SchedulingOptions), nameof(scheduling.TurnWarningLengthThreshold));
    }

    private static void Positive(TimeSpan value, string options, string name)
    {
        if (value <= TimeSpan.Zero) throw new ArgumentOutOfRangeException($"{options}.{name}", value, "Must be more than 0.");
    }

    private static void Age(TimeSpan value, TimeSpan quantum, string name)
    {
        if (value <= quantum) throw new ArgumentOutOfRangeException($"{nameof(GrainCollectionOptions)}.{name}", value, $"Must be more than the collection quantum, {quantum}.");
    }
}
