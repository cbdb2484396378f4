namespace Granary.Engine.Bars;

/// <summary>
/// θ of an information-driven bar (formulas §1.8; AFML ch. 2): how one-sided the takers were since the bar's first trade. With B and S the sums of what the
/// trades weigh (<see cref="BarMeasure"/>) in which the taker bought and sold.
/// </summary>
public enum FlowRule
{
    /// <summary>Imbalance bars: θ = |B - S|.</summary>
    Imbalance = 1,

    /// <summary>Run bars: θ = max(B, S). A run is not broken by trades of the other side.</summary>
    Run = 2,
}
