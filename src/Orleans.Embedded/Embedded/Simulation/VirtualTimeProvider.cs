namespace Orleans.Embedded.Simulation;

/// <summary>
/// A clock that only moves when it is told to, with the timers that hang on it. Stands in for Microsoft.Extensions.TimeProvider.Testing. A clock that belongs
/// to a <see cref="DeterministicScheduler"/> is moved by that.
/// </summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<VirtualTimer> _timers = new(VirtualTimer.ByDueTime);
    private readonly bool _isOwned;
    private long _nowTicks;
    private long _sequence;

    /// <summary>Creates a clock.</summary>
    /// <param name="start">Its first time; default 2024-01-01 00:00 UTC.</param>
    public VirtualTimeProvider(DateTimeOffset? start = null)
        : this(start ?? new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), false)
    {
    }

    internal VirtualTimeProvider(DateTimeOffset start, bool isOwned)
    {
        _nowTicks = start.UtcTicks;
        _isOwned = isOwned;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    internal long NowTicks => Interlocked.Read(ref _nowTicks);

    /// <summary>When the next timer is due, or null.</summary>
    internal long? NextDueTicks
    {
        get
        {
            lock (_lock) return _timers.Min?.DueTicks;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(NowTicks, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => NowTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => CreateTimer(callback, state, dueTime, period, null);

    /// <summary>Moves the clock on and runs the callbacks of the timers that come due, in their order, on this thread.</summary>
    /// <param name="time">How far; not negative.</param>
    /// <exception cref="InvalidOperationException">The clock belongs to a scheduler.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        if (_isOwned) throw new InvalidOperationException($"The clock belongs to a {nameof(DeterministicScheduler)}; run that instead.");
        var end = NowTicks + time.Ticks;
        while (NextDueTicks is { } due && due <= end)
        {
            SetNow(Math.Max(due, NowTicks));
            if (TakeDue() is { } timer) timer.Fire();
        }

        SetNow(end);
    }

    internal ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period, SimulationProcess? owner)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, owner);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void SetNow(long ticks) => Interlocked.Exchange(ref _nowTicks, ticks);

    /// <summary>Takes the first timer that is due; a periodic one is scheduled again.</summary>
    internal VirtualTimer? TakeDue()
    {
        lock (_lock)
        {
            if (_timers.Min is not { } timer || timer.DueTicks > NowTicks) return null;
            _timers.Remove(timer);
            if (timer.PeriodTicks > 0)
            {
                timer.DueTicks += timer.PeriodTicks;
                timer.Sequence = ++_sequence;
                _timers.Add(timer);
            }

            return timer;
        }
    }

    internal void Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.PeriodTicks = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            if (dueTime == Timeout.InfiniteTimeSpan || timer.Owner is { IsAlive: false }) return;
            timer.DueTicks = NowTicks + dueTime.Ticks;
            timer.Sequence = ++_sequence;
            _timers.Add(timer);
        }
    }

    internal void Remove(VirtualTimer timer)
    {
        lock (_lock) _timers.Remove(timer);
    }

    internal void RemoveTimersOf(SimulationProcess owner)
    {
        lock (_lock) _timers.RemoveWhere(timer => ReferenceEquals(timer.Owner, owner));
    }
}
