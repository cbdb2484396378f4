using Granary.Engine.Bars;
using Granary.Engine.Market;

namespace Granary.Engine.Features;

/// <summary>
/// A closed bar with its features as they are computed: sums exact in scaled integers, ratios in doubles. Closing a bar fills one in place; the records
/// that strategies see are made of it when they are asked for.
/// </summary>
internal struct FeatureRow
{
    public BarTotals Bar;

    /// <summary>Times 10^8.</summary>
    public Int128 CumulativeDelta;
    public SizeQuantile LargeAbove;
    public long LargeVolume;
    public int UptickCount;
    public int DowntickCount;
    public FeatureValues Values;

    /// <summary>The bar and its features as decimals and nullable doubles.</summary>
    /// <param name="level">Level of <see cref="LargeAbove"/>.</param>
    /// <param name="zScores">The z-scores of the bar.</param>
    public readonly FeatureBar ToFeatureBar(decimal level, ZScores zScores) => new(Bar.ToBar(), new BarFeatures
    {
        DurationMs = Bar.DurationMs,
        Delta = Fixed8.ToDecimal(Bar.Delta),
        CumulativeDelta = Fixed8.ToDecimalE16(CumulativeDelta * Fixed8.One),
        Ofi = Values[FeatureColumn.Ofi],
        AvgBuySize = Values[FeatureColumn.AvgBuySize],
        AvgSellSize = Values[FeatureColumn.AvgSellSize],
        Q90 = LargeAbove.ToDecimal(level),
        LargeVolume = LargeAbove.Count == 0 ? null : Fixed8.ToDecimal(LargeVolume),
        LargeTradeRatio = Optional(FeatureColumn.LargeTradeRatio),
        Vwap = Values[FeatureColumn.Vwap],
        RollingVwap = Optional(FeatureColumn.RollingVwap),
        VwapDeviation = Optional(FeatureColumn.VwapDeviation),
        BuyVwap = Optional(FeatureColumn.BuyVwap),
        SellVwap = Optional(FeatureColumn.SellVwap),
        BuySellVwapDiff = Optional(FeatureColumn.BuySellVwapDiff),
        TradeIntensity = Values[FeatureColumn.TradeIntensity],
        PriceImpact = Values[FeatureColumn.PriceImpact],
        UptickCount = UptickCount,
        DowntickCount = DowntickCount,
        UptickRatio = Values[FeatureColumn.UptickRatio],
        RealizedVolatility = Values[FeatureColumn.RealizedVolatility],
        KyleLambda = Optional(FeatureColumn.KyleLambda),
        KyleLambdaNoIntercept = Optional(FeatureColumn.KyleLambdaNoIntercept),
        LogReturn = Optional(FeatureColumn.LogReturn),
        TrueRange = Values[FeatureColumn.TrueRange],
        Atr = Optional(FeatureColumn.Atr),
        Vpin = Optional(FeatureColumn.Vpin),
        ZScores = zScores,
    });

    private readonly double? Optional(FeatureColumn column) => double.IsNaN(Values[column]) ? null : Values[column];
}
