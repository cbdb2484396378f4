namespace Granary.Journal;

/// <summary>A newer writer of the same owner exists; this one must stop at once.</summary>
/// <param name="epoch">The epoch that was refused.</param>
/// <param name="current">The owner's current epoch number.</param>
public sealed class StaleEpochException(JournalEpoch epoch, long current)
    : Exception($"epoch {epoch.Number} of {epoch.Owner} is stale: the current one is {current}")
{
    /// <summary>The epoch that was refused.</summary>
    public JournalEpoch Epoch { get; } = epoch;

    /// <summary>The owner's current epoch number.</summary>
    public long Current { get; } = current;
}
