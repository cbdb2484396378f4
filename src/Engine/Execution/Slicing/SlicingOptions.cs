namespace Granary.Engine.Execution.Slicing;

/// <summary>When an order is worked in slices, and how.</summary>
public sealed record SlicingOptions
{
    /// <summary>Whether large orders are worked in slices; true, false, default true.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>An order of more than this share of the recent volume is sliced; above 0 to 1, default 0.05.</summary>
    public decimal VolumeShareMax { get; init; } = 0.05m;

    /// <summary>What recent means, milliseconds; 1,000 to 86,400,000, default 300,000.</summary>
    public long RecentMs { get; init; } = 300_000;

    /// <summary>How it is spread: evenly over time, by the learned intraday volume, or showing a part only; Twap, Vwap, Iceberg, default Vwap.</summary>
    public SliceKind Kind { get; init; } = SliceKind.Vwap;

    /// <summary>Largest share of the market's volume; above 0 to 1, default 0.1.</summary>
    public decimal ParticipationMax { get; init; } = 0.1m;

    /// <summary>
    /// Share of ParticipationMax that the horizon is planned for, so that a quieter market leaves no remainder; above 0 to 1, default 0.7.
    /// </summary>
    public decimal PlannedShare { get; init; } = 0.7m;

    /// <summary>Shortest horizon, milliseconds; 1,000 to 86,400,000, default 60,000.</summary>
    public long HorizonMsMin { get; init; } = 60_000;

    /// <summary>Longest horizon, milliseconds, not below the shortest; 1,000 to 86,400,000, default 3,600,000.</summary>
    public long HorizonMsMax { get; init; } = 3_600_000;

    /// <summary>Length of an interval, milliseconds, at most 10,000 of them in the longest horizon; 100 to 86,400,000, default 15,000.</summary>
    public long IntervalMs { get; init; } = 15_000;

    /// <summary>Least time between two slices, milliseconds; 0 to 86,400,000, default 3,000.</summary>
    public long PauseMs { get; init; } = 3_000;

    /// <summary>Visible part of an iceberg as a share of the order; above 0 to 1, default 0.1.</summary>
    public decimal VisibleShare { get; init; } = 0.1m;

    /// <summary>How far parts and moments are drawn at random; 0 to 0.9, default 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        ExecutionCheck.Require(nameof(VolumeShareMax), VolumeShareMax, VolumeShareMax is > 0 and <= 1, "above 0, at most 1");
        ExecutionCheck.Within(nameof(RecentMs), RecentMs, 1_000, VolumeCurveOptions.DayMs);
        ExecutionCheck.Require(nameof(Kind), Kind, Kind is SliceKind.Twap or SliceKind.Vwap or SliceKind.Iceberg, "Twap, Vwap or Iceberg");
        ExecutionCheck.Require(nameof(ParticipationMax), ParticipationMax, ParticipationMax is > 0 and <= 1, "above 0, at most 1");
        ExecutionCheck.Require(nameof(PlannedShare), PlannedShare, PlannedShare is > 0 and <= 1, "above 0, at most 1");
        ExecutionCheck.Within(nameof(HorizonMsMin), HorizonMsMin, 1_000, VolumeCurveOptions.DayMs);
        ExecutionCheck.Within(nameof(HorizonMsMax), HorizonMsMax, HorizonMsMin, VolumeCurveOptions.DayMs);
        ExecutionCheck.Within(nameof(IntervalMs), IntervalMs, Math.Max(100, ((HorizonMsMax - 1) / SliceOrder.IntervalsMax) + 1), VolumeCurveOptions.DayMs);
        ExecutionCheck.Within(nameof(PauseMs), PauseMs, 0, VolumeCurveOptions.DayMs);
        ExecutionCheck.Require(nameof(VisibleShare), VisibleShare, VisibleShare is > 0 and <= 1, "above 0, at most 1");
        ExecutionCheck.Within(nameof(Jitter), Jitter, 0, 0.9);
    }
}
