namespace Granary.Engine.Protection;

/// <summary>Distances and counts of a position's protection (formulas §4.3).</summary>
public sealed record GuardParameters
{
    private const decimal MultipleMax = 1000;

    /// <summary>L1: hard stop distance in ATRs; above 0 to 1,000, default 1.5. Not used where StopPriceShare is set.</summary>
    public decimal StopAtrMultiple { get; init; } = 1.5m;

    /// <summary>L1: hard stop distance as a share of the entry price; above 0 and below 1, default none: the distance is in ATRs.</summary>
    public decimal? StopPriceShare { get; init; }

    /// <summary>Favourable move in ATRs that activates the trailing stop; 0 to 1,000, default 1.0. With 0 the first completed bar does.</summary>
    public decimal TrailActivationAtrMultiple { get; init; } = 1.0m;

    /// <summary>Distance of the trailing stop from the best price in ATRs; above 0 to 1,000, default 0.8.</summary>
    public decimal TrailAtrMultiple { get; init; } = 0.8m;

    /// <summary>That distance on a bar whose order flow accelerates our way; TrailAtrMultiple to 1,000, default 1.2.</summary>
    public decimal TrailWideAtrMultiple { get; init; } = 1.2m;

    /// <summary>L2: level that the smoothed order flow imbalance must pass against us; 0 to 1, default 0.25.</summary>
    public double FlowExitLevel { get; init; } = 0.25;

    /// <summary>L2: consecutive bars past the level; 1 or more, default 3.</summary>
    public int FlowExitBars { get; init; } = 3;

    /// <summary>L3: bars a position may be held; 1 or more, default 500 (300 to 800 is usual).</summary>
    public int HoldingBarsMax { get; init; } = 500;

    /// <summary>L3: whether that also ends a position whose trailing stop was activated; true, false, default false. Without, the trailing stop ends those.</summary>
    public bool HoldingEndsTrailing { get; init; }

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(StopAtrMultiple is > 0 and <= MultipleMax, nameof(StopAtrMultiple), StopAtrMultiple, "above 0 to 1000");
        if (StopPriceShare is { } share) Require(share is > 0 and < 1, nameof(StopPriceShare), share, "above 0 and below 1");
        Require(TrailActivationAtrMultiple is >= 0 and <= MultipleMax, nameof(TrailActivationAtrMultiple), TrailActivationAtrMultiple, "0 to 1000");
        Require(TrailAtrMultiple is > 0 and <= MultipleMax, nameof(TrailAtrMultiple), TrailAtrMultiple, "above 0 to 1000");
        Require(
            TrailWideAtrMultiple >= TrailAtrMultiple && TrailWideAtrMultiple <= MultipleMax, nameof(TrailWideAtrMultiple), TrailWideAtrMultiple,
            "TrailAtrMultiple to 1000");
        Require(FlowExitLevel is >= 0 and <= 1, nameof(FlowExitLevel), FlowExitLevel, "0 to 1");
        Require(FlowExitBars >= 1, nameof(FlowExitBars), FlowExitBars, "1 or more");
        Require(HoldingBarsMax >= 1, nameof(HoldingBarsMax), HoldingBarsMax, "1 or more");
    }

    private static void Require(bool ok, string name, IFormattable value, string range)
    {
        if (!ok) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {range}"), name);
    }
}
