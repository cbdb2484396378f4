using Granary.Engine.Supervision;

namespace Granary.Grains.Configuration;

/// <summary>When the watchdog speaks: stuck grains, silent streams, growing queues.</summary>
public sealed record WatchdogSettings
{
    /// <summary>A symbol, a strategy or the kill switch without an answer for longer is stuck, milliseconds; 2,000 to 600,000, default 20,000.</summary>
    public int StuckMs { get; init; } = 20_000;

    /// <summary>
    /// An execution, reader or risk grain without an answer for longer is stuck, milliseconds, at least StuckMs: they wait for the venue, whose limits make minutes of
    /// it; 10,000 to 3,600,000, default 600,000.
    /// </summary>
    public int VenueStuckMs { get; init; } = 600_000;

    /// <summary>
    /// Restarts of one grain within ten minutes, or longer where VenueStuckMs is long; a further one is not made and its accounts are halted instead;
    /// 0 to 100, default 3.
    /// </summary>
    public int RestartsMax { get; init; } = 3;

    /// <summary>A stream without an event for longer is suspected, milliseconds; 0 for no watch or 2,000 to 600,000, default 6,000.</summary>
    public int StreamSilentMs { get; init; } = 6_000;

    /// <summary>Time between two subscriptions of a stream that stays silent, milliseconds; 1,000 to 600,000, default 10,000.</summary>
    public int StreamRetryMs { get; init; } = 10_000;

    /// <summary>Request weight a minute for asking the venue whether a quiet market is a silent stream; 20 to 2,000, default 240.</summary>
    public int StreamWeightPerMinute { get; init; } = 240;

    /// <summary>Share of its bound from which a queue is reported however it moves; 0.01 to 1, default 0.5.</summary>
    public double QueueAlertShare { get; init; } = 0.5;

    /// <summary>Time over which the growth of a queue is judged, milliseconds; 1,000 to 600,000, default 10,000.</summary>
    public int QueueWindowMs { get; init; } = 10_000;

    /// <summary>When a queue counts as growing.</summary>
    internal QueueOptions Queue => new() { AlertShare = QueueAlertShare, WindowMs = QueueWindowMs };

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(nameof(StuckMs), StuckMs, 2_000, 600_000);
        Require(nameof(VenueStuckMs), VenueStuckMs, Math.Max(10_000, StuckMs), 3_600_000);
        Require(nameof(RestartsMax), RestartsMax, 0, 100);
        if (StreamSilentMs != 0) Require(nameof(StreamSilentMs), StreamSilentMs, 2_000, 600_000, "0 for no watch, or ");
        Require(nameof(StreamRetryMs), StreamRetryMs, 1_000, 600_000);
        Require(nameof(StreamWeightPerMinute), StreamWeightPerMinute, 20, 2_000);
        Require(nameof(QueueAlertShare), QueueAlertShare, 0.01, 1);
        Require(nameof(QueueWindowMs), QueueWindowMs, 1_000, 600_000);
    }

    private static void Require<T>(string name, T value, T min, T max, string or = "")
        where T : IComparable<T>
    {
        // NaN compares below everything.
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {or}{min} to {max}"), name);
    }
}
