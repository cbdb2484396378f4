namespace Orleans.Embedded.Simulation;

/// <summary>A timer on virtual time.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state, SimulationProcess? owner) : ITimer
{
    /// <summary>By due time, then in the order in which they were set.</summary>
    public static readonly IComparer<VirtualTimer> ByDueTime = Comparer<VirtualTimer>.Create(static (left, right) =>
    {
        var order = left.DueTicks.CompareTo(right.DueTicks);
        return order != 0 ? order : left.Sequence.CompareTo(right.Sequence);
    });

    private bool _isDisposed;

    public SimulationProcess? Owner { get; } = owner;

    public long DueTicks { get; set; }

    public long PeriodTicks { get; set; }

    public long Sequence { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        if (_isDisposed) return false;
        clock.Schedule(this, dueTime, period);
        return true;
    }

    public void Fire()
    {
        if (!_isDisposed) callback(state);
    }

    public void Dispose()
    {
        _isDisposed = true;
        clock.Remove(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private static void Validate(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan && time < TimeSpan.Zero) throw new ArgumentOutOfRangeException(name, time, "Must be infinite or not negative.");
    }
}
