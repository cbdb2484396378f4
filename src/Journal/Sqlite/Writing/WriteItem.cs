using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Writing;

/// <summary>One thing for the writer to do: store records, take an epoch, or only report that everything before is durable.</summary>
internal sealed class WriteItem
{
    private readonly TaskCompletionSource? _completion;

    private WriteItem(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, string? owner, bool isFlush, TaskCompletionSource? completion)
    {
        Records = records;
        Epoch = epoch;
        Owner = owner;
        IsFlush = isFlush;
        _completion = completion;
    }

    public IReadOnlyList<JournalRecord> Records { get; }

    public JournalEpoch? Epoch { get; }

    /// <summary>Whose epoch is to be taken, or null.</summary>
    public string? Owner { get; }

    public bool IsFlush { get; }

    /// <summary>Whether somebody waits for the outcome.</summary>
    public bool IsAwaited => _completion is not null;

    /// <summary>Its weight in the queue: never 0, so that epochs and flushes are bounded too.</summary>
    public int Weight => Math.Max(1, Records.Count);

    /// <summary>Why it was not stored, or null.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The epoch taken.</summary>
    public JournalEpoch? Taken { get; set; }

    /// <summary>Completes when the item is durable or has failed.</summary>
    public Task Completion => _completion?.Task ?? Task.CompletedTask;

    public static WriteItem Append(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch) => new(records, epoch, null, false, NewCompletion());

    public static WriteItem Enqueue(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch) => new(records, epoch, null, false, null);

    public static WriteItem Acquire(string owner) => new([], null, owner, false, NewCompletion());

    public static WriteItem Flush() => new([], null, null, true, NewCompletion());

    public void Complete()
    {
        if (_completion is null) return;
        if (Failure is null) _completion.SetResult();
        else _completion.SetException(Failure);
    }

    private static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
