using Granary.Engine.Supervision;

namespace Granary.Grains.Supervision;

/// <summary>One queue that has a bound, and its trend.</summary>
/// <param name="name">What waits in it, and whose it is.</param>
/// <param name="length">Entries that wait now.</param>
/// <param name="bound">Where it is full.</param>
/// <param name="options">When it counts as growing.</param>
public sealed class WatchedQueue(string name, Func<long> length, long bound, QueueOptions options)
{
    private readonly QueueTrend _trend = new(bound, options);

    /// <summary>What waits in it, and whose it is.</summary>
    public string Name => name;

    /// <summary>Where it is full.</summary>
    public long Bound => bound;

    /// <summary>What happens at the bound.</summary>
    public string AtBound { get; init; } = "at the bound callers are refused";

    /// <summary>What is done about it meanwhile, in words; asked for when it is told.</summary>
    public Func<string> Told { get; init; } = static () => "told; nothing is dropped yet";

    /// <summary>Whether it is reported now.</summary>
    public bool IsGrowing => _trend.IsGrowing;

    internal (QueueVerdict Verdict, long Length, double PerSecond) Look(long nowMs)
    {
        var now = length();
        return (_trend.Look(nowMs, now), now, _trend.PerSecond);
    }
}
