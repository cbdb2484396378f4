namespace Granary.Engine.Signals;

/// <summary>Names of the conditions of the volatility regime, in the order in which a decision lists them (formulas §3.3).</summary>
public static class RegimeConditions
{
    /// <summary>Extreme, one of two: the volatility ratio is above the extreme one.</summary>
    public const string RatioExtreme = "vol_ratio extreme";

    /// <summary>Extreme, one of two: the absolute z-score of the price impact is above its threshold; a crash has a large negative one.</summary>
    public const string ImpactExtreme = "z_impact extreme";

    /// <summary>High, both needed: the volatility ratio is high.</summary>
    public const string RatioHigh = "vol_ratio high";

    /// <summary>High, both needed: the bar took a short time.</summary>
    public const string DurationHigh = "duration_ratio high";

    /// <summary>Low, both needed: the volatility ratio is low.</summary>
    public const string RatioLow = "vol_ratio low";

    /// <summary>Low, both needed: the bar took a long time.</summary>
    public const string DurationLow = "duration_ratio low";
}
