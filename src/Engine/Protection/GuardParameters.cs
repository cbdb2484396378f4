namespace Granary.Engine.Protection;

/// <summary>Distances and counts of a position's protection (formulas §4.3).</summary>
public sealed record GuardParameters
{
    /// <summary>L1: hard stop distance in ATRs; above 0, default 1.5.</summary>
    public decimal StopAtrMultiple { get; init; } = 1.5m;

    /// <summary>Favourable move in ATRs that activates the trailing stop; 0 or more, default 1.0.</summary>
    public decimal TrailActivationAtrMultiple { get; init; } = 1.0m;

    /// <summary>Distance of the trailing stop from the best price in ATRs; above 0, default 0.8.</summary>
    public decimal TrailAtrMultiple { get; init; } = 0.8m;

    /// <summary>That distance on a bar whose order flow accelerates our way; at least <see cref="TrailAtrMultiple"/>, default 1.2.</summary>
    public decimal TrailWideAtrMultiple { get; init; } = 1.2m;

    /// <summary>L2: level that the smoothed order flow imbalance must pass against us; 0 to 1, default 0.25.</summary>
    public double FlowExitLevel { get; init; } = 0.25;

    /// <summary>L2: consecutive bars past the level; 1 or more, default 3.</summary>
    public int FlowExitBars { get; init; } = 3;

    /// <summary>L3: bars a position may be held without ever activating the trailing stop; 1 or more, default 500 (300 to 800 is usual).</summary>
    public int HoldingBarsMax { get; init; } = 500;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(StopAtrMultiple > 0, nameof(StopAtrMultiple), StopAtrMultiple, "above 0");
        Require(TrailActivationAtrMultiple >= 0, nameof(TrailActivationAtrMultiple), TrailActivationAtrMultiple, "0 or more");
        Require(TrailAtrMultiple > 0, nameof(TrailAtrMultiple), TrailAtrMultiple, "above 0");
        Require(TrailWideAtrMultiple >= TrailAtrMultiple, nameof(TrailWideAtrMultiple), TrailWideAtrMultiple, "at least TrailAtrMultiple");
        Require(FlowExitLevel is >= 0 and <= 1, nameof(FlowExitLevel), FlowExitLevel, "0 to 1");
        Require(FlowExitBars >= 1, nameof(FlowExitBars), FlowExitBars, "1 or more");
        Require(HoldingBarsMax >= 1, nameof(HoldingBarsMax), HoldingBarsMax, "1 or more");
    }

    private static void Require(bool ok, string name, IFormattable value, string range)
    {
        if (!ok) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {range}"), name);
    }
}
