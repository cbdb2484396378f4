using Granary.Journal.Records;
using Granary.Journal.Sqlite.Reading;
using Granary.Journal.Sqlite.Writing;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite;

/// <summary>
/// The journal in one SQLite file. One process writes it (a lock file that dies with the process sees to that), through one connection and one queue;
/// reads run beside it on their own connections. Completed appends are on the disk; a process killed at any instruction leaves a file that opens again
/// with every completed append and no part of another.
/// </summary>
/// <remarks>
/// Cancelling a call that waits for room in a full queue takes its records back; afterwards cancelling ends the wait only. Records that are no valid
/// records (a null or empty name, an unknown order status) fail their own append with an <see cref="ArgumentException"/> that names the field.
/// </remarks>
public sealed class SqliteJournal : IJournal
{
    private static readonly TimeSpan CheckpointPause = TimeSpan.FromMilliseconds(50);

    private readonly SqliteJournalOptions _options;
    private readonly JournalLock _lock;
    private readonly GroupWriter _writer;
    private readonly SqliteJournalReader _reader;
    private readonly WriteQueue? _queue;
    private readonly TaskCompletionSource _writerEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _inlineGate = new();
    private readonly List<WriteItem> _inlineGroup = [];
    private bool _isDisposed;

    private SqliteJournal(string file, SqliteJournalOptions options, JournalLock folderLock, SqliteConnection connection, TimeProvider time)
    {
        File = file;
        _options = options;
        _lock = folderLock;
        _writer = new GroupWriter(connection, file, time);
        _reader = new SqliteJournalReader(file, options);
        if (options.Mode == JournalMode.Inline) return;
        _queue = new WriteQueue(options.QueueRecordsMax);
        new Thread(RunWriter) { Name = "granary-journal", IsBackground = true }.Start();
    }

    /// <summary>The database file.</summary>
    public string File { get; }

    /// <inheritdoc/>
    public IJournalReader Reader => _reader;

    /// <inheritdoc/>
    public JournalQueue? Queue => _queue is null ? null : new JournalQueue(() => _queue.Records, _options.QueueRecordsMax);

    /// <summary>Counters since the journal was opened.</summary>
    public JournalStatistics Statistics => _writer.Statistics(_queue?.Records ?? 0);

    /// <summary>Opens the journal of a folder, creates it when there is none, and brings its schema up to date.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="JournalException">
    /// The journal is in use, damaged, of another program or of a newer build, or the folder cannot be written; the message names the file and what to do.
    /// </exception>
    public static SqliteJournal Open(SqliteJournalOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        string folder;
        try
        {
            folder = Directory.CreateDirectory(options.Folder).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new JournalException($"{options.Folder}: cannot make the journal's folder: {error.Message}; name a folder that can be written", error);
        }

        var file = Path.Combine(folder, "granary.db");
        var folderLock = JournalLock.Acquire(folder);
        SqliteConnection? connection = null;
        try
        {
            connection = JournalFile.OpenWriter(file, options, time);
            return new SqliteJournal(file, options, folderLock, connection, time);
        }
        catch (Exception error)
        {
            connection?.Dispose();
            folderLock.Dispose();
            if (error is SqliteException) throw SqliteErrors.Translate(file, "open the journal", error);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<JournalEpoch> AcquireEpochAsync(string owner, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        var item = WriteItem.Acquire(owner);
        await StoreAsync(item, cancellationToken);
        return item.Taken!;
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default) =>
        StoreAsync(WriteItem.Append(Checked(records), epoch), cancellationToken);

    /// <inheritdoc/>
    public ValueTask EnqueueAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default) =>
        StoreAsync(WriteItem.Enqueue(Checked(records), epoch), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="JournalException">A record queued earlier without waiting could not be stored; told once.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => StoreAsync(WriteItem.Flush(), cancellationToken);

    /// <summary>Stores what is queued, moves the write-ahead log into the file and lets go of the folder. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_inlineGate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }
        if (_queue is not null)
        {
            _queue.Complete();
            await _writerEnded.Task;
        }
        _reader.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }

    // What waits in the queue is a copy: the caller may use its list again.
    private IReadOnlyList<JournalRecord> Checked(IReadOnlyList<JournalRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0) throw new ArgumentException("no record to store", nameof(records));
        return _queue is null ? records : [.. records];
    }

    private ValueTask StoreAsync(WriteItem item, CancellationToken cancellationToken) =>
        _queue is null ? StoreInline(item, cancellationToken) : StoreQueuedAsync(item, cancellationToken);

    private async ValueTask StoreQueuedAsync(WriteItem item, CancellationToken cancellationToken)
    {
        await _queue!.AddAsync(item, cancellationToken);
        if (item.IsAwaited) await item.Completion.WaitAsync(cancellationToken);
    }

    private ValueTask StoreInline(WriteItem item, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        lock (_inlineGate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _inlineGroup.Clear();
            _inlineGroup.Add(item);
            _writer.Commit(_inlineGroup);
            if (_writer.IsCheckpointDue) _writer.Checkpoint();
        }
        return item.Failure is null || !item.IsAwaited ? ValueTask.CompletedTask : ValueTask.FromException(item.Failure);
    }

    private void RunWriter()
    {
        var group = new List<WriteItem>();
        while (_queue!.Take(group, _options.GroupRecordsMax))
        {
            _writer.Commit(group);
            foreach (var item in group) item.Complete();
            group.Clear();
            // Moving the log takes milliseconds, for which the next append would wait: so it is done in a pause, or when the log has grown large.
            if (_writer.IsCheckpointDue || (_writer.IsCheckpointWelcome && _queue.IsQuietFor(CheckpointPause))) _writer.Checkpoint();
        }
        _writerEnded.SetResult();
    }
}
