namespace Granary.Grains.Tests.Selection;

/// <summary>A clock that leaps over short waits at once; longer ones end when enough short ones have passed.</summary>
internal sealed class LeapTime(long startMs) : TimeProvider
{
    private static readonly TimeSpan ShortMax = TimeSpan.FromSeconds(1);

    private readonly List<LeapTimer> _timers = [];

    public long NowMs { get; private set; } = startMs;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LeapTimer(this, callback, state, NowMs + (long)dueTime.TotalMilliseconds);
        lock (_timers) _timers.Add(timer);
        if (dueTime >= TimeSpan.Zero && dueTime <= ShortMax) LeapTo(timer.DueMs);
        return timer;
    }

    private void LeapTo(long timeMs)
    {
        NowMs = Math.Max(NowMs, timeMs);
        List<LeapTimer> due;
        lock (_timers)
        {
            due = [.. _timers.Where(timer => timer.DueMs <= NowMs).OrderBy(timer => timer.DueMs)];
            foreach (var timer in due) _timers.Remove(timer);
        }
        foreach (var timer in due) timer.Fire();
    }

    private sealed class LeapTimer(LeapTime time, TimerCallback callback, object? state, long dueMs) : ITimer
    {
        public long DueMs => dueMs;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            lock (time._timers) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
