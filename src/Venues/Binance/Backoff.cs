namespace Granary.Venues.Binance;

/// <summary>
/// Exponential waits with jitter from a seeded generator. Each wait lies between half of the current step and the whole step, so it never collapses to
/// nothing, not even at the longest step.
/// </summary>
internal sealed class Backoff(TimeSpan min, TimeSpan max, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private int _failures;

    /// <summary>The wait after one more failure in a row.</summary>
    public TimeSpan Next()
    {
        lock (_gate) return Step(_failures++);
    }

    /// <summary>The wait after the given number of earlier failures; does not count.</summary>
    public TimeSpan After(int failures)
    {
        lock (_gate) return Step(failures);
    }

    /// <summary>Starts over from the shortest wait.</summary>
    public void Reset()
    {
        lock (_gate) _failures = 0;
    }

    private TimeSpan Step(int failures)
    {
        // 2^30 times any min exceeds every max in range; the cap keeps the power from overflowing.
        var step = Math.Min(min.Ticks * Math.Pow(2, Math.Min(failures, 30)), max.Ticks);
        return TimeSpan.FromTicks((long)(step * (0.5 + (0.5 * _random.NextDouble()))));
    }
}
