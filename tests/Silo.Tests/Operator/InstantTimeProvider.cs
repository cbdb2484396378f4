namespace Granary.Silo.Tests.Operator;

/// <summary>A clock that stands still and on which every timeout is over at once; stands in for Microsoft.Extensions.TimeProvider.Testing.</summary>
public sealed class InstantTimeProvider : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.FromUnixTimeMilliseconds(1_723_161_600_000);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
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
