namespace Granary.Exchange.Protocol;

/// <summary>Counts the sessions whose queue is full, and lets the market wait until there is none. Thread-safe.</summary>
internal sealed class StreamRoom
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private int _full;

    public void BecameFull()
    {
        lock (_gate) _full++;
    }

    public void BecameFree()
    {
        lock (_gate)
        {
            if (--_full > 0 || _waiter is null) return;
            _waiter.SetResult();
            _waiter = null;
        }
    }

    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_full == 0) return ValueTask.CompletedTask;
            _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return WaitAsync(_waiter.Task, cancellationToken);
        }
    }

    /// <summary>Shared waiters cannot be cancelled one by one; who is cancelled stops waiting. Not WaitAsync, which leaves the waiter's scheduler.</summary>
    private static async ValueTask WaitAsync(Task room, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetCanceled(), cancelled);
        _ = Release(room, cancelled);
        await cancelled.Task;
    }

    private static async Task Release(Task room, TaskCompletionSource waiter)
    {
        await room;
        waiter.TrySetResult();
    }
}
