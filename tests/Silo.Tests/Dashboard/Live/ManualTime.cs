namespace Granary.Silo.Tests.Dashboard.Live;

/// <summary>Time that moves only when told to.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeMilliseconds(1_723_161_600_000);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when a timer of this length waits.</summary>
    public async Task WaitForTimerAsync(TimeSpan length)
    {
        while (true)
        {
            Task made;
            lock (_gate)
            {
                if (_timers.Any(t => t.Length == length)) return;
                made = _made.Task;
            }

            await made;
        }
    }

    /// <summary>Moves time and fires what falls due.</summary>
    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(t => t.Due <= _now).OrderBy(t => t.Due)];
            foreach (var timer in due) _timers.Remove(timer);
        }

        foreach (var timer in due) timer.Callback();
    }

    private sealed class Timer(ManualTime owner, Action callback) : ITimer
    {
        public Action Callback { get; } = callback;

        public TimeSpan Length { get; private set; }

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                (Length, Due) = (dueTime, owner._now + dueTime);
                owner._timers.Add(this);
                owner._made.TrySetResult();
                owner._made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return true;
            }
        }

        public void Dispose()
        {
            lock (owner._gate) owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
