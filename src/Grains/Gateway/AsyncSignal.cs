namespace Granary.Grains.Gateway;

/// <summary>
/// Lets any number of waiters sleep until something changed. A waiter reads <see cref="Version"/>, looks at its condition, and waits with the version it
/// read: a change in between is never missed. Unlike SemaphoreSlim it holds no timers and resumes on each waiter's own scheduler.
/// </summary>
internal sealed class AsyncSignal
{
    private readonly Lock _gate = new();
    private List<TaskCompletionSource> _waiters = [];
    private long _version;

    /// <summary>Number of changes so far.</summary>
    public long Version
    {
        get
        {
            lock (_gate) return _version;
        }
    }

    /// <summary>Something changed: everybody looks again.</summary>
    public void Set()
    {
        List<TaskCompletionSource> woken;
        lock (_gate)
        {
            _version++;
            if (_waiters.Count == 0) return;
            woken = _waiters;
            _waiters = [];
        }

        foreach (var waiter in woken) waiter.TrySetResult();
    }

    /// <summary>Completes when there has been a change since <paramref name="seenVersion"/> was read.</summary>
    public async Task WaitAsync(long seenVersion, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_version != seenVersion) return;
            _waiters.Add(waiter);
        }

        using var registration = cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetCanceled(), waiter);
        await waiter.Task;
    }
}
