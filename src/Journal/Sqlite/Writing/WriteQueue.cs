namespace Granary.Journal.Sqlite.Writing;

/// <summary>
/// First in, first out, from many callers to one writer thread; bounded by the number of records. When full, callers wait in line and are let in, in
/// order, as the writer takes groups out.
/// </summary>
internal sealed class WriteQueue(int recordsMax)
{
    private readonly object _gate = new();
    private readonly Queue<WriteItem> _items = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private int _records;
    private bool _isCompleted;

    /// <summary>Records in the queue, those of waiting callers not included.</summary>
    public int Records
    {
        get
        {
            lock (_gate) return _records;
        }
    }

    /// <summary>Adds the item and completes when it is in the queue. A caller that cancels while it waits for room takes its item back.</summary>
    /// <exception cref="ObjectDisposedException">The queue takes nothing any more.</exception>
    public Task AddAsync(WriteItem item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isCompleted, typeof(SqliteJournal));
            if (_waiters.Count == 0 && HasRoom(item))
            {
                Admit(item);
                return Task.CompletedTask;
            }
            waiter = new Waiter(item);
            _waiters.AddLast(waiter);
        }
        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>Waits for items and moves them, at most <paramref name="groupRecordsMax"/> records (but one item at least), into the group.</summary>
    /// <returns>False when the queue is completed and empty.</returns>
    public bool Take(List<WriteItem> group, int groupRecordsMax)
    {
        lock (_gate)
        {
            while (_items.Count == 0)
            {
                if (_isCompleted) return false;
                Monitor.Wait(_gate);
            }
            var taken = 0;
            while (_items.TryPeek(out var next) && (taken == 0 || taken + next.Weight <= groupRecordsMax))
            {
                group.Add(_items.Dequeue());
                taken += next.Weight;
            }
            _records -= taken;
            while (_waiters.First is { } first && HasRoom(first.Value.Item))
            {
                _waiters.RemoveFirst();
                Admit(first.Value.Item);
                first.Value.Admitted.SetResult();
            }
            return true;
        }
    }

    /// <summary>Waits, and tells whether nothing came in the meantime. False at once when there is something, or when the queue is completed.</summary>
    public bool IsQuietFor(TimeSpan pause)
    {
        lock (_gate)
        {
            if (_items.Count > 0 || _isCompleted) return false;
            return !Monitor.Wait(_gate, pause);
        }
    }

    /// <summary>Takes nothing more; what is in the queue or in line before it is still handed to the writer.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            Monitor.PulseAll(_gate);
        }
    }

    private async Task WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => Withdraw(waiter, cancellationToken));
        await waiter.Admitted.Task;
    }

    private void Withdraw(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_waiters.Remove(waiter)) return;
        }
        waiter.Admitted.SetCanceled(cancellationToken);
    }

    private bool HasRoom(WriteItem item) => _records == 0 || _records + item.Weight <= recordsMax;

    private void Admit(WriteItem item)
    {
        _items.Enqueue(item);
        _records += item.Weight;
        Monitor.Pulse(_gate);
    }

    private sealed class Waiter(WriteItem item)
    {
        public WriteItem Item { get; } = item;

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
