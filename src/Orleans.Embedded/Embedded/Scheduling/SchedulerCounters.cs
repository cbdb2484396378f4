using Orleans.Runtime;

namespace Orleans.Embedded.Scheduling;

/// <summary>What a scheduler counts.</summary>
internal sealed class SchedulerCounters
{
    private readonly Lock _lock = new();
    private long _longestTicks;
    private GrainId _longestGrain;
    private string _longestName = "";

    public long TimeoutCount;
    public long OverflowCount;
    public long OneWayDropCount;
    public long OneWayFailureCount;

    public long LongestTicks => Volatile.Read(ref _longestTicks);

    public (TimeSpan Length, GrainId Grain, string Name) Longest
    {
        get
        {
            lock (_lock) return (TimeSpan.FromSeconds((double)_longestTicks / TimeProvider.System.TimestampFrequency), _longestGrain, _longestName);
        }
    }

    public void OnLongTurn(long ticks, GrainId grain, string name)
    {
        lock (_lock)
        {
            if (ticks <= _longestTicks) return;
            _longestTicks = ticks;
            _longestGrain = grain;
            _longestName = name;
        }
    }
}
