namespace Granary.Engine.Bars;

/// <summary>What a trade weighs in an imbalance or run bar (formulas §1.8).</summary>
public enum BarMeasure
{
    /// <summary>1.</summary>
    Ticks = 1,

    /// <summary>Its quantity, base units.</summary>
    Volume = 2,

    /// <summary>Its price times its quantity, quote units.</summary>
    Quote = 3,
}
