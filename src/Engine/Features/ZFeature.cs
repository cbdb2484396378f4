namespace Granary.Engine.Features;

/// <summary>The features that have z-scores (formulas §2.7): the scale-like ones, no price levels. The numbers are part of the snapshot format.</summary>
public enum ZFeature
{
    /// <summary><see cref="BarFeatures.Ofi"/>.</summary>
    Ofi = 0,

    /// <summary><see cref="BarFeatures.Delta"/>.</summary>
    Delta = 1,

    /// <summary><see cref="Bars.Bar.BuyVolume"/>.</summary>
    BuyVolume = 2,

    /// <summary><see cref="Bars.Bar.SellVolume"/>.</summary>
    SellVolume = 3,

    /// <summary><see cref="Bars.Bar.TradeCount"/>.</summary>
    TradeCount = 4,

    /// <summary><see cref="BarFeatures.DurationMs"/>.</summary>
    DurationMs = 5,

    /// <summary><see cref="BarFeatures.AvgBuySize"/>.</summary>
    AvgBuySize = 6,

    /// <summary><see cref="BarFeatures.AvgSellSize"/>.</summary>
    AvgSellSize = 7,

    /// <summary><see cref="BarFeatures.LargeTradeRatio"/>.</summary>
    LargeTradeRatio = 8,

    /// <summary><see cref="BarFeatures.VwapDeviation"/>.</summary>
    VwapDeviation = 9,

    /// <summary><see cref="BarFeatures.TradeIntensity"/>.</summary>
    TradeIntensity = 10,

    /// <summary><see cref="BarFeatures.PriceImpact"/>.</summary>
    PriceImpact = 11,

    /// <summary><see cref="BarFeatures.UptickRatio"/>.</summary>
    UptickRatio = 12,

    /// <summary><see cref="BarFeatures.RealizedVolatility"/>.</summary>
    RealizedVolatility = 13,

    /// <summary><see cref="BarFeatures.KyleLambda"/>.</summary>
    KyleLambda = 14,
}
