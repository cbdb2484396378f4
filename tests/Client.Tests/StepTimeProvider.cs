namespace Granary.Client.Tests;

/// <summary>A clock whose every wait is over at once; stands in for Microsoft.Extensions.TimeProvider.Testing where only the order of things matters.</summary>
public sealed class StepTimeProvider : TimeProvider
{
    public int Waits { get; private set; }

    /// <summary>Called at each wait with its number, from 1.</summary>
    public Action<int> OnWait { get; set; } = _ => { };

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits++;
        OnWait(Waits);
        ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        return new Done();
    }

    private sealed class Done : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
