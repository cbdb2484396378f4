namespace Granary.Backtest.Execution;

/// <summary>How long things take on their way. All in milliseconds, 0 to 60,000; default 0.</summary>
public sealed record LatencyModel
{
    /// <summary>The longest latency that may be configured.</summary>
    public const long Max = 60_000;

    /// <summary>From the venue's event to the decision.</summary>
    public long FeedMs { get; init; }

    /// <summary>From the decision to the order's arrival at the venue; cancels take as long.</summary>
    public long OrderMs { get; init; }

    /// <summary>Beyond what the feed takes: how much later than the market an order's report is seen.</summary>
    public long ReportLagMs { get; init; }

    /// <summary>Most that is added to an order's way, evenly spread, the same for the same seed and order.</summary>
    public long JitterMs { get; init; }

    /// <summary>Seed of the jitter.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The way of one order from the venue's event to its arrival.</summary>
    /// <param name="sequence">Number of the order.</param>
    public long WayMs(long sequence)
    {
        if (JitterMs == 0) return FeedMs + OrderMs;
        var bits = Seed + ((ulong)sequence * 0x9E3779B97F4A7C15);
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return FeedMs + OrderMs + (long)((bits ^ (bits >> 31)) % (ulong)(JitterMs + 1));
    }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(FeedMs), FeedMs);
        Check(nameof(OrderMs), OrderMs);
        Check(nameof(ReportLagMs), ReportLagMs);
        Check(nameof(JitterMs), JitterMs);
    }

    private static void Check(string name, long value)
    {
        if (value is < 0 or > Max) throw new ArgumentException($"{name} was {value}, expected 0 to {Max}", name);
    }
}
