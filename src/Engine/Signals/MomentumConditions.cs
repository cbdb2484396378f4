namespace Granary.Engine.Signals;

/// <summary>Names of the conditions of order flow momentum, in the order in which a decision lists them (formulas §3.1).</summary>
public static class MomentumConditions
{
    /// <summary>1 for long, necessary: the average order flow imbalance is above the threshold.</summary>
    public const string OfiLong = "ema_ofi long";

    /// <summary>2 for long, necessary: cumulative delta rises.</summary>
    public const string DeltaLong = "slope_cum_delta long";

    /// <summary>1 for short, necessary: the average order flow imbalance is below minus the threshold.</summary>
    public const string OfiShort = "ema_ofi short";

    /// <summary>2 for short, necessary: cumulative delta falls.</summary>
    public const string DeltaShort = "slope_cum_delta short";

    /// <summary>3, optional, for both sides: the z-score of trade intensity is above its threshold.</summary>
    public const string Intensity = "z_intensity";

    /// <summary>4, optional, for both sides: the z-score of the large trade ratio is above its threshold.</summary>
    public const string LargeTrades = "z_large";

    /// <summary>5 for long, optional: buyers' mean trade against sellers'.</summary>
    public const string SizeLong = "size_ratio long";

    /// <summary>5 for short, optional: sellers' mean trade against buyers'.</summary>
    public const string SizeShort = "size_ratio short";
}
