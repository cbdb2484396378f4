using Granary.Engine.Features;

namespace Granary.Silo.Dashboard.Bars;

/// <summary>A closed volume bar with the features that are drawn; prices in quote units, volumes in base units, null for "no value".</summary>
/// <param name="Index">0 for the first bar, then consecutive.</param>
/// <param name="OpenTimeMs">Time of the first trade, milliseconds since the Unix epoch, UTC.</param>
/// <param name="CloseTimeMs">Time of the last trade.</param>
/// <param name="Open">Price of the first trade.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Price of the last trade.</param>
/// <param name="Volume">Sum of the quantities.</param>
/// <param name="BuyVolume">Volume in which the taker bought.</param>
/// <param name="Trades">Aggregate trades.</param>
/// <param name="IsComplete">False when trades of the bar are missing.</param>
/// <param name="Ofi">Order flow imbalance, -1 to 1 (formulas §2.2).</param>
/// <param name="CumulativeDelta">Buy less sell volume since the first bar (§2.2).</param>
/// <param name="RollingVwap">Volume-weighted mean price of the last bars (§2.4).</param>
/// <param name="Atr">Mean true range of the last bars (§2.8).</param>
/// <param name="Vpin">Order flow toxicity, 0 to 1 (§2.9).</param>
/// <param name="RealizedVolatility">Of the bar's trades, a fraction (§2.5).</param>
/// <param name="TradeIntensity">Trades per millisecond (§2.5).</param>
/// <param name="LargeTradeRatio">Share of the volume in large trades, 0 to 1 (§2.3).</param>
/// <param name="KyleLambda">Price impact of order flow, quote units per base unit (§2.6).</param>
public sealed record BarBody(
    long Index, long OpenTimeMs, long CloseTimeMs, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, decimal BuyVolume, int Trades,
    bool IsComplete, double Ofi, decimal CumulativeDelta, double? RollingVwap, double? Atr, double? Vpin, double RealizedVolatility, double TradeIntensity,
    double? LargeTradeRatio, double? KyleLambda)
{
    /// <summary>What the kernels computed.</summary>
    public static BarBody From(FeatureBar closed)
    {
        var (bar, features) = (closed.Bar, closed.Features);
        return new BarBody(
            bar.Index, bar.OpenTimeMs, bar.CloseTimeMs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.BuyVolume, bar.TradeCount, bar.IsComplete,
            features.Ofi, features.CumulativeDelta, features.RollingVwap, features.Atr, features.Vpin, features.RealizedVolatility, features.TradeIntensity,
            features.LargeTradeRatio, features.KyleLambda);
    }
}
