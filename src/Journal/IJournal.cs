using Granary.Journal.Records;

namespace Granary.Journal;

/// <summary>
/// The durable record of everything that matters: one writer queue, first in first out, committed in groups. What <see cref="AppendAsync"/> has
/// completed survives a kill of the process at any instruction.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Takes the next epoch of an owner (a grain's identity). Appends with a lower epoch of the same owner fail from then on.</summary>
    ValueTask<JournalEpoch> AcquireEpochAsync(string owner, CancellationToken cancellationToken = default);

    /// <summary>Appends the records in one transaction and completes when it is durable.</summary>
    /// <param name="records">One or more records; all or none are written.</param>
    /// <param name="epoch">The writer's epoch, or null for records that fence nothing.</param>
    /// <param name="cancellationToken">Ends the wait, not the write.</param>
    /// <exception cref="StaleEpochException">A newer epoch of the same owner exists; nothing was written.</exception>
    /// <exception cref="JournalException">The record could not be stored (disk full, damaged file); the message names the file.</exception>
    ValueTask AppendAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default);

    /// <summary>
    /// Queues records behind everything queued before and completes when they are in the queue (waiting only while it is full). They are committed no later
    /// than any append queued after them. For records whose loss at a kill is acceptable: decisions, refusals, equity, incidents.
    /// </summary>
    ValueTask EnqueueAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default);

    /// <summary>Completes when everything queued so far is durable.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>The queue in front of the writer; null where there is none.</summary>
    JournalQueue? Queue => null;

    /// <summary>Reads.</summary>
    IJournalReader Reader { get; }
}
