namespace Granary.Engine.Signals;

/// <summary>Names of the conditions of the combination, in the order in which a decision lists them (formulas §3.4). They compare no numbers.</summary>
public static class CombinationConditions
{
    /// <summary>The regime has a value; without one nothing is opened.</summary>
    public const string RegimeKnown = "regime known";

    /// <summary>The regime is extreme: everything is closed.</summary>
    public const string RegimeExtreme = "regime extreme";

    /// <summary>The regime lets momentum open positions.</summary>
    public const string MomentumAllowed = "momentum allowed";

    /// <summary>Momentum fires; the value is its strength, null while it does not fire.</summary>
    public const string MomentumFires = "momentum fires";

    /// <summary>The regime lets mean reversion open positions.</summary>
    public const string ReversionAllowed = "reversion allowed";

    /// <summary>Mean reversion fires; the value is its strength, null while it does not fire.</summary>
    public const string ReversionFires = "reversion fires";

    /// <summary>Both signals are allowed, fire, and point to the same side; null unless both are allowed and fire.</summary>
    public const string SidesAgree = "sides agree";
}
