namespace Granary.Engine.Features;

/// <summary>The features of a bar that are doubles, as columns of a <see cref="FeatureTable"/> (formulas §2). Units as in <see cref="BarFeatures"/>.</summary>
public enum FeatureColumn
{
    /// <summary><see cref="BarFeatures.Ofi"/>.</summary>
    Ofi = 0,

    /// <summary><see cref="BarFeatures.AvgBuySize"/>.</summary>
    AvgBuySize = 1,

    /// <summary><see cref="BarFeatures.AvgSellSize"/>.</summary>
    AvgSellSize = 2,

    /// <summary><see cref="BarFeatures.LargeTradeRatio"/>.</summary>
    LargeTradeRatio = 3,

    /// <summary><see cref="BarFeatures.Vwap"/>.</summary>
    Vwap = 4,

    /// <summary><see cref="BarFeatures.RollingVwap"/>.</summary>
    RollingVwap = 5,

    /// <summary><see cref="BarFeatures.VwapDeviation"/>.</summary>
    VwapDeviation = 6,

    /// <summary><see cref="BarFeatures.BuyVwap"/>.</summary>
    BuyVwap = 7,

    /// <summary><see cref="BarFeatures.SellVwap"/>.</summary>
    SellVwap = 8,

    /// <summary><see cref="BarFeatures.BuySellVwapDiff"/>.</summary>
    BuySellVwapDiff = 9,

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

    /// <summary><see cref="BarFeatures.KyleLambdaNoIntercept"/>.</summary>
    KyleLambdaNoIntercept = 15,

    /// <summary><see cref="BarFeatures.LogReturn"/>.</summary>
    LogReturn = 16,

    /// <summary><see cref="BarFeatures.TrueRange"/>.</summary>
    TrueRange = 17,

    /// <summary><see cref="BarFeatures.Atr"/>.</summary>
    Atr = 18,

    /// <summary><see cref="BarFeatures.Vpin"/>.</summary>
    Vpin = 19,
}
