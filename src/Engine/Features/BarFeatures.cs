using Granary.Engine.Snapshots;

namespace Granary.Engine.Features;

/// <summary>
/// What is computed of a closed bar and those before it (formulas §2). Null means "no value": the feature is warming up or undefined; it never means 0.
/// Sums of exchange decimals are exact; ratios are doubles of them.
/// </summary>
public sealed record BarFeatures
{
    /// <summary>Time from the bar's first to its last trade, milliseconds (§2.1).</summary>
    public required long DurationMs { get; init; }

    /// <summary>Buy volume minus sell volume, base units (§2.2).</summary>
    public required decimal Delta { get; init; }

    /// <summary>Sum of <see cref="Delta"/> since the first bar of the stream, base units (§2.2).</summary>
    public required decimal CumulativeDelta { get; init; }

    /// <summary>Order flow imbalance of the bar: delta / volume, -1 to 1 (§2.2).</summary>
    public required double Ofi { get; init; }

    /// <summary>Mean quantity of the trades in which the taker bought, base units; 0 when there were none (§2.2).</summary>
    public required double AvgBuySize { get; init; }

    /// <summary>Mean quantity of the trades in which the taker sold, base units; 0 when there were none (§2.2).</summary>
    public required double AvgSellSize { get; init; }

    /// <summary>Quantile of the quantities of the trades before the bar, above which a trade is large, base units (§2.3).</summary>
    public required decimal? Q90 { get; init; }

    /// <summary>Volume of the large trades, base units (§2.3).</summary>
    public required decimal? LargeVolume { get; init; }

    /// <summary>Large volume / volume, 0 to 1 (§2.3).</summary>
    public required double? LargeTradeRatio { get; init; }

    /// <summary>Volume-weighted mean price of the bar, quote units (§2.4).</summary>
    public required double Vwap { get; init; }

    /// <summary>Volume-weighted mean price of the last bars, quote units (§2.4).</summary>
    public required double? RollingVwap { get; init; }

    /// <summary>Distance of the close from <see cref="RollingVwap"/>, a fraction of it (§2.4).</summary>
    public required double? VwapDeviation { get; init; }

    /// <summary>Volume-weighted mean price of what takers bought, quote units; null when they bought nothing (§2.4).</summary>
    public required double? BuyVwap { get; init; }

    /// <summary>Volume-weighted mean price of what takers sold, quote units; null when they sold nothing (§2.4).</summary>
    public required double? SellVwap { get; init; }

    /// <summary>Buy VWAP minus sell VWAP, quote units; null when either is (§2.4).</summary>
    public required double? BuySellVwapDiff { get; init; }

    /// <summary>Trades per millisecond; a duration of 0 counts as 1 ms (§2.5).</summary>
    public required double TradeIntensity { get; init; }

    /// <summary>(Close - open) / volume, quote units per base unit (§2.5).</summary>
    public required double PriceImpact { get; init; }

    /// <summary>Trades above the price of the trade before, the one before the bar included (§2.5).</summary>
    public required int UptickCount { get; init; }

    /// <summary>Trades below the price of the trade before (§2.5).</summary>
    public required int DowntickCount { get; init; }

    /// <summary>Upticks / trades, 0 to 1 (§2.5).</summary>
    public required double UptickRatio { get; init; }

    /// <summary>Standard deviation of the log returns between the bar's trades, a fraction; 0 for fewer than two returns (§2.5).</summary>
    public required double RealizedVolatility { get; init; }

    /// <summary>Kyle's lambda: slope of price change over delta with intercept, quote units per base unit (§2.6).</summary>
    public required double? KyleLambda { get; init; }

    /// <summary>Kyle's lambda without intercept (§2.6).</summary>
    public required double? KyleLambdaNoIntercept { get; init; }

    /// <summary>ln(close / close of the bar before), a fraction; null for the first bar.</summary>
    public required double? LogReturn { get; init; }

    /// <summary>True range, quote units (§2.8).</summary>
    public required double TrueRange { get; init; }

    /// <summary>Simple mean of the last true ranges, quote units (§2.8).</summary>
    public required double? Atr { get; init; }

    /// <summary>Volume-synchronised probability of informed trading: Σ|delta| / Σ volume over the last bars, 0 to 1 (§2.9).</summary>
    public required double? Vpin { get; init; }

    /// <summary>The z-scores of the scale-like features (§2.7).</summary>
    public required ZScores ZScores { get; init; }

    /// <summary>Writes the features.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(BarFeatures), 1);
        writer.Write(DurationMs);
        writer.Write(Delta);
        writer.Write(CumulativeDelta);
        writer.Write(Ofi);
        writer.Write(AvgBuySize);
        writer.Write(AvgSellSize);
        writer.WriteOptional(Q90);
        writer.WriteOptional(LargeVolume);
        writer.WriteOptional(LargeTradeRatio);
        writer.Write(Vwap);
        writer.WriteOptional(RollingVwap);
        writer.WriteOptional(VwapDeviation);
        writer.WriteOptional(BuyVwap);
        writer.WriteOptional(SellVwap);
        writer.WriteOptional(BuySellVwapDiff);
        writer.Write(TradeIntensity);
        writer.Write(PriceImpact);
        writer.Write(UptickCount);
        writer.Write(DowntickCount);
        writer.Write(UptickRatio);
        writer.Write(RealizedVolatility);
        writer.WriteOptional(KyleLambda);
        writer.WriteOptional(KyleLambdaNoIntercept);
        writer.WriteOptional(LogReturn);
        writer.Write(TrueRange);
        writer.WriteOptional(Atr);
        writer.WriteOptional(Vpin);
        ZScores.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of bar features.</exception>
    public static BarFeatures Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(BarFeatures), 1);

        // Initializers run in the order they are written in, which is the order of writing.
        return new BarFeatures
        {
            DurationMs = reader.ReadInt64(),
            Delta = reader.ReadDecimal(),
            CumulativeDelta = reader.ReadDecimal(),
            Ofi = reader.ReadDouble(),
            AvgBuySize = reader.ReadDouble(),
            AvgSellSize = reader.ReadDouble(),
            Q90 = reader.ReadOptionalDecimal(),
            LargeVolume = reader.ReadOptionalDecimal(),
            LargeTradeRatio = reader.ReadOptionalDouble(),
            Vwap = reader.ReadDouble(),
            RollingVwap = reader.ReadOptionalDouble(),
            VwapDeviation = reader.ReadOptionalDouble(),
            BuyVwap = reader.ReadOptionalDouble(),
            SellVwap = reader.ReadOptionalDouble(),
            BuySellVwapDiff = reader.ReadOptionalDouble(),
            TradeIntensity = reader.ReadDouble(),
            PriceImpact = reader.ReadDouble(),
            UptickCount = reader.ReadInt32(),
            DowntickCount = reader.ReadInt32(),
            UptickRatio = reader.ReadDouble(),
            RealizedVolatility = reader.ReadDouble(),
            KyleLambda = reader.ReadOptionalDouble(),
            KyleLambdaNoIntercept = reader.ReadOptionalDouble(),
            LogReturn = reader.ReadOptionalDouble(),
            TrueRange = reader.ReadDouble(),
            Atr = reader.ReadOptionalDouble(),
            Vpin = reader.ReadOptionalDouble(),
            ZScores = ZScores.Read(ref reader),
        };
    }
}
