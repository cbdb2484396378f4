namespace Granary.Engine.Execution.Slicing;

/// <summary>How an intraday volume curve is learned.</summary>
public sealed record VolumeCurveOptions
{
    /// <summary>Milliseconds of a UTC day, which never has a missing or a doubled hour.</summary>
    public const int DayMs = 86_400_000;

    /// <summary>Width of a bucket, milliseconds; 1,000 or more, and a divisor of the day. Default 300,000: five minutes.</summary>
    public int BucketMs { get; init; } = 300_000;

    /// <summary>Span of the exponential weighting, learned days, 1 to 1,000: the newest weighs 2 / (span + 1). Default 10.</summary>
    public int SpanDays { get; init; } = 10;

    /// <summary>Days that must have been learned before the curve says anything, 1 to 1,000. Default 3.</summary>
    public int DaysMin { get; init; } = 3;

    /// <summary>A day of which a smaller share of the buckets is known is left out, above 0 and at most 1. Default 0.8.</summary>
    public double CoverageMin { get; init; } = 0.8;

    /// <summary>Neighbours on either side that a bucket is smoothed with, weights falling linearly, across midnight too; 0 for none. Default 1.</summary>
    public int SmoothingBuckets { get; init; } = 1;

    /// <summary>A longer silence is a hole in the data and not a market without trades, milliseconds, 1 to half a day. Default 900,000.</summary>
    public int SilenceMsMax { get; init; } = 900_000;

    /// <summary>Buckets of a day.</summary>
    public int Buckets => DayMs / BucketMs;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        ExecutionCheck.Require(
            nameof(BucketMs), BucketMs, BucketMs is >= 1_000 and <= DayMs && DayMs % BucketMs == 0, "a divisor of the day, 1,000 to 86,400,000");
        ExecutionCheck.Within(nameof(SpanDays), SpanDays, 1, 1_000);
        ExecutionCheck.Within(nameof(DaysMin), DaysMin, 1, 1_000);
        ExecutionCheck.Require(nameof(CoverageMin), CoverageMin, CoverageMin is > 0 and <= 1, "above 0, at most 1");
        ExecutionCheck.Within(nameof(SmoothingBuckets), SmoothingBuckets, 0, (Buckets - 1) / 2);
        ExecutionCheck.Within(nameof(SilenceMsMax), SilenceMsMax, 1, DayMs / 2);
    }
}
