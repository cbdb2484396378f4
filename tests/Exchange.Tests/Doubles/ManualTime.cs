namespace Granary.Exchange.Tests.Doubles;

/// <summary>A clock that stands until it is moved; its timers fire when it passes them.</summary>
internal sealed class ManualTime(long startMs) : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private long _nowMs = startMs;

    public override long TimestampFrequency => 1000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(_nowMs);

    public override long GetTimestamp() => _nowMs;

    /// <summary>Time of the earliest armed timer, or null.</summary>
    public long? NextTimerMs
    {
        get
        {
            lock (_timers) return _timers.Count == 0 ? null : _timers.Min(t => t.DueMs);
        }
    }

    public void AdvanceTo(long nowMs)
    {
        while (true)
        {
            ManualTimer? due;
            lock (_timers)
            {
                due = _timers.Where(t => t.DueMs <= nowMs).MinBy(t => t.DueMs);
                if (due is null)
                {
                    _nowMs = Math.Max(_nowMs, nowMs);
                    return;
                }
                _nowMs = Math.Max(_nowMs, due.DueMs);
                _timers.Remove(due);
            }
            due.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        public long DueMs { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._timers)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                DueMs = clock._nowMs + (long)Math.Ceiling(dueTime.TotalMilliseconds);
                clock._timers.Add(this);
            }
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._timers) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
