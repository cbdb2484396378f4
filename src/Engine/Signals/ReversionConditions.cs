namespace Granary.Engine.Signals;

/// <summary>Names of the conditions of VWAP mean reversion, in the order in which a decision lists them (formulas §3.2).</summary>
public static class ReversionConditions
{
    /// <summary>1 for long: the close is further below the VWAP than the entry threshold.</summary>
    public const string DeviationLong = "vwap_deviation long";

    /// <summary>1 for short: the close is further above the VWAP than the entry threshold.</summary>
    public const string DeviationShort = "vwap_deviation short";

    /// <summary>2 for both sides: the absolute average order flow imbalance is below the threshold.</summary>
    public const string OfiNeutral = "ema_ofi neutral";

    /// <summary>3 for both sides: the mean volatility of the last bars is below that of the bars before them, which is the threshold.</summary>
    public const string VolatilityFalls = "volatility falls";

    /// <summary>4 for long, strict: sell volume fell from each bar to the next; the value is how many times in a row.</summary>
    public const string SellVolumeFalls = "sell_volume falls";

    /// <summary>4 for long, slope: sell volume has a negative slope.</summary>
    public const string SellVolumeSlope = "sell_volume slope";

    /// <summary>4 for short, strict: buy volume fell from each bar to the next; the value is how many times in a row.</summary>
    public const string BuyVolumeFalls = "buy_volume falls";

    /// <summary>4 for short, slope: buy volume has a negative slope.</summary>
    public const string BuyVolumeSlope = "buy_volume slope";

    /// <summary>For long: momentum has no trend to the short side; the value is 1 when it has.</summary>
    public const string NoTrendShort = "no trend short";

    /// <summary>For short: momentum has no trend to the long side; the value is 1 when it has.</summary>
    public const string NoTrendLong = "no trend long";

    /// <summary>For an open position of either side: the close is back at the VWAP, within the exit threshold.</summary>
    public const string Exit = "vwap_deviation exit";
}
