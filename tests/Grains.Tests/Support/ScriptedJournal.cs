using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Grains.Tests.Support;

/// <summary>A journal whose appends fail, or take their time, when told so.</summary>
internal sealed class ScriptedJournal(IJournal inner) : IJournal
{
    /// <summary>The exception that an append ends with instead of being made, or null.</summary>
    public Func<IReadOnlyList<JournalRecord>, JournalEpoch?, Exception?> Fault { get; set; } = static (_, _) => null;

    /// <summary>What an append waits for before it is made, or null.</summary>
    public Func<IReadOnlyList<JournalRecord>, Task?> Hold { get; set; } = static _ => null;

    public IJournalReader Reader => inner.Reader;

    public ValueTask<JournalEpoch> AcquireEpochAsync(string owner, CancellationToken cancellationToken = default) =>
        inner.AcquireEpochAsync(owner, cancellationToken);

    public ValueTask AppendAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default) =>
        Fault(records, epoch) is { } fault ? ValueTask.FromException(fault)
        : Hold(records) is { } held ? AppendAfterAsync(held, records, epoch, cancellationToken)
        : inner.AppendAsync(records, epoch, cancellationToken);

    public ValueTask EnqueueAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default) =>
        inner.EnqueueAsync(records, epoch, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask AppendAfterAsync(Task held, IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken)
    {
        await held;
        await inner.AppendAsync(records, epoch, cancellationToken);
    }
}
