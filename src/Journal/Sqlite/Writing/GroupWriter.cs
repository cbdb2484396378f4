using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite.Writing;

/// <summary>
/// Commits groups of items, each group in one transaction in which the epochs are checked. One item that cannot be stored fails alone; when the
/// transaction itself fails, every item of the group does. Used by one thread at a time.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    /// <summary>Records after which an idle writer moves the write-ahead log into the file, and those after which a busy one does.</summary>
    private const int CheckpointRecordsIdle = 1_000, CheckpointRecordsBusy = 5_000;

    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly SqliteConnection _connection;
    private readonly RecordWriter _records;
    private readonly Statement _begin, _commit, _rollback, _savepoint, _release, _rollbackTo, _epochTake, _epochRead, _checkpoint;
    private long _recordsSinceCheckpoint;
    private Exception? _lost;

    private long _recordsCommitted, _groupsCommitted, _recordsStale, _recordsLost;
    private int _groupRecordsLargest;
    private volatile string _lastError = "";

    public GroupWriter(SqliteConnection connection, string file, TimeProvider time)
    {
        (_connection, _file, _time) = (connection, file, time);
        _begin = new Statement(connection, "BEGIN IMMEDIATE", 0);
        _commit = new Statement(connection, "COMMIT", 0);
        _rollback = new Statement(connection, "ROLLBACK", 0);
        _savepoint = new Statement(connection, "SAVEPOINT item", 0);
        _release = new Statement(connection, "RELEASE item", 0);
        _rollbackTo = new Statement(connection, "ROLLBACK TO item", 0);
        _epochRead = new Statement(connection, "SELECT number FROM epochs WHERE owner = $1", 1);
        _epochTake = new Statement(
            connection,
            "INSERT INTO epochs (owner, number, acquired_ms) VALUES ($1, 1, $2) "
            + "ON CONFLICT (owner) DO UPDATE SET number = number + 1, acquired_ms = excluded.acquired_ms",
            2);
        _checkpoint = new Statement(connection, "PRAGMA wal_checkpoint(PASSIVE)", 0);
        _records = new RecordWriter(connection);
    }

    /// <summary>Commits the items in order. Outcomes are left in the items; nothing is thrown.</summary>
    public void Commit(List<WriteItem> group)
    {
        var sequence = _records.Sequence;
        try
        {
            if (group.Exists(static i => !i.IsFlush))
            {
                _begin.Execute();
                foreach (var item in group) Apply(item);
                _commit.Execute();
            }
            Count(group);
        }
        catch (Exception error)
        {
            _records.Sequence = sequence;
            Rollback();
            var failure = SqliteErrors.Translate(_file, "write to the journal", error);
            _lastError = failure.Message;
            foreach (var item in group)
            {
                item.Failure ??= failure;
                if (!item.IsAwaited) Lose(item);
            }
        }
        AnswerFlushes(group);
    }

    /// <summary>Whether the write-ahead log has grown enough to be moved into the file when there is nothing else to do.</summary>
    public bool IsCheckpointWelcome => _recordsSinceCheckpoint >= CheckpointRecordsIdle;

    /// <summary>Whether it has grown enough to be moved in any case.</summary>
    public bool IsCheckpointDue => _recordsSinceCheckpoint >= CheckpointRecordsBusy;

    /// <summary>Moves the write-ahead log into the file; what readers still need stays for the next time.</summary>
    public void Checkpoint()
    {
        _recordsSinceCheckpoint = 0;
        try
        {
            _checkpoint.Scalar();
        }
        catch (SqliteException error)
        {
            // The log still holds everything; a commit will meet the same error and report it to somebody who waits.
            _lastError = SqliteErrors.Translate(_file, "move the write-ahead log into the file", error).Message;
        }
    }

    public JournalStatistics Statistics(int recordsQueued) => new(
        Interlocked.Read(ref _recordsCommitted), Interlocked.Read(ref _groupsCommitted), Volatile.Read(ref _groupRecordsLargest),
        Interlocked.Read(ref _recordsStale), Interlocked.Read(ref _recordsLost), recordsQueued, _lastError);

    public void Dispose()
    {
        Statement[] statements = [_begin, _commit, _rollback, _savepoint, _release, _rollbackTo, _epochTake, _epochRead, _checkpoint];
        foreach (var statement in statements) statement.Dispose();
        _records.Dispose();
        _connection.Dispose();
    }

    private void Apply(WriteItem item)
    {
        if (item.IsFlush) return;
        if (item.Owner is { } owner)
        {
            _epochTake.Execute(owner, _time.GetUtcNow().ToUnixTimeMilliseconds());
            item.Taken = new JournalEpoch(owner, (long)_epochRead.Scalar(owner)!);
            return;
        }
        if (item.Epoch is { } epoch)
        {
            var current = (long)(_epochRead.Scalar(epoch.Owner) ?? 0L);
            if (current != epoch.Number)
            {
                item.Failure = new StaleEpochException(epoch, current);
                return;
            }
        }
        Store(item);
    }

    private void Store(WriteItem item)
    {
        var sequence = _records.Sequence;
        _savepoint.Execute();
        try
        {
            foreach (var record in item.Records) _records.Write(record);
        }
        catch (Exception error) when (error is ArgumentException || (error is SqliteException sqlite && SqliteErrors.IsOfRecord(sqlite)))
        {
            _rollbackTo.Execute();
            _records.Sequence = sequence;
            item.Failure = error is ArgumentException ? error : SqliteErrors.Translate(_file, "write a record to the journal", error);
        }
        _release.Execute();
    }

    private void Count(List<WriteItem> group)
    {
        var committed = 0;
        foreach (var item in group)
        {
            if (item.Failure is null) committed += item.Records.Count;
            else if (item.Failure is StaleEpochException) Interlocked.Add(ref _recordsStale, item.Records.Count);
            else if (!item.IsAwaited) Lose(item);
        }
        if (committed == 0) return;
        _recordsSinceCheckpoint += committed;
        Interlocked.Add(ref _recordsCommitted, committed);
        Interlocked.Increment(ref _groupsCommitted);
        if (committed > _groupRecordsLargest) Volatile.Write(ref _groupRecordsLargest, committed);
    }

    private void Lose(WriteItem item)
    {
        if (item.Failure is StaleEpochException) return;
        Interlocked.Add(ref _recordsLost, item.Records.Count);
        _lost ??= item.Failure;
        _lastError = item.Failure!.Message;
    }

    // Records that nobody waited for and that were not stored are told to the next one who asks whether everything is durable, once.
    private void AnswerFlushes(List<WriteItem> group)
    {
        foreach (var item in group)
        {
            if (!item.IsFlush || item.Failure is not null || _lost is null) continue;
            item.Failure = new JournalException($"records queued before could not be stored: {_lost.Message}", _lost);
            _lost = null;
        }
    }

    private void Rollback()
    {
        try
        {
            _rollback.Execute();
        }
        catch (SqliteException)
        {
            // Some errors have rolled back already; there is nothing left to undo.
        }
    }
}
