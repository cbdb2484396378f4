using Granary.Engine.Snapshots;

namespace Granary.Engine.Factors;

/// <summary>
/// The factors of one minute (formulas §6). Null means "no value": warming up, or made of something that has none; it never means 0. Fractions unless said
/// otherwise; volumes are base units.
/// </summary>
public readonly record struct MinuteFactorRow
{
    /// <summary>The minute's open time, milliseconds since the Unix epoch, UTC.</summary>
    public required long OpenTimeMs { get; init; }

    /// <summary>Whether the candle was made up because the minute was missing.</summary>
    public required bool IsFilled { get; init; }

    /// <summary>
    /// Whether the sentiment has begun: rolling volatility and all technical factors exist in this minute or in one before it. Before, everything from
    /// <see cref="FundingSmooth"/> on is null.
    /// </summary>
    public required bool IsStarted { get; init; }

    /// <summary>The last funding rate settled at or before the open time; null before the first (§6.1).</summary>
    public required double? FundingRate { get; init; }

    /// <summary>ln(C/C₋₁); null in the first minute (§6.1).</summary>
    public required double? LogReturn { get; init; }

    /// <summary>Volume in which the taker sold (§6.1).</summary>
    public required double TakerSellVolume { get; init; }

    /// <summary>Taker buy volume minus taker sell volume (§6.1).</summary>
    public required double BuySellDiff { get; init; }

    /// <summary>Taker buy volume / volume, 0 to 1; null when nothing traded (§6.5).</summary>
    public required double? TakerRatio { get; init; }

    /// <summary>Standard deviation of the last log returns (§6.1).</summary>
    public required double? RollVol { get; init; }

    /// <summary>Forecast oscillator, per cent (§6.2). It and the three that follow begin with the first rolling volatility.</summary>
    public required double? Cfo { get; init; }

    /// <summary>Pascal average, quote units (§6.3).</summary>
    public required double? Pwma { get; init; }

    /// <summary>Relative vigor index (§6.4).</summary>
    public required double? Rvi { get; init; }

    /// <summary>Its signal line (§6.4).</summary>
    public required double? RviSignal { get; init; }

    /// <summary>Mean of the last funding rates; null while none of them is known (§6.5).</summary>
    public double? FundingSmooth { get; init; }

    /// <summary>(Taker buys - taker sells)/(volume + 1e-9), -1 to 1 (§6.5).</summary>
    public double? Ofr { get; init; }

    /// <summary>Short sentiment: mean of <see cref="Ofr"/> (§6.5).</summary>
    public double? SentShort { get; init; }

    /// <summary>Mean of <see cref="FundingSmooth"/> over the medium window (§6.5).</summary>
    public double? RollFunding { get; init; }

    /// <summary>Mean of <see cref="BuySellDiff"/> over the medium window (§6.5).</summary>
    public double? RollBuySell { get; init; }

    /// <summary><see cref="RollFunding"/> times <see cref="RollBuySell"/>; depends on the coin's unit, and two negatives give a positive (§6.5).</summary>
    public double? T1Raw { get; init; }

    /// <summary>Medium sentiment: <see cref="T1Raw"/> pressed into -1 to 1 (§6.5).</summary>
    public double? SentMedium { get; init; }

    /// <summary>The rolling volatility below which it is low; null until its window is full (§6.5).</summary>
    public double? LowVol { get; init; }

    /// <summary>The rolling volatility above which it is high; null until its window is full (§6.5).</summary>
    public double? HighVol { get; init; }

    /// <summary>Weight of the short sentiment (§6.5).</summary>
    public double? ShortWeight { get; init; }

    /// <summary>Weight of the medium sentiment (§6.5).</summary>
    public double? MediumWeight { get; init; }

    /// <summary>Weighted mean of both sentiments (§6.5).</summary>
    public double? CtaBase { get; init; }

    /// <summary>Whether both sentiments point the same way (§6.5).</summary>
    public bool? IsAligned { get; init; }

    /// <summary><see cref="CtaBase"/>, multiplied when the sentiments are aligned (§6.5).</summary>
    public double? CtaTemp { get; init; }

    /// <summary>|Δ buy-sell difference|; null in the first minute of the sentiment (§6.6).</summary>
    public double? DeltaBuySell { get; init; }

    /// <summary>|Δ volume| + 1e-9; null in the first minute of the sentiment (§6.6).</summary>
    public double? DeltaVolume { get; init; }

    /// <summary>DOV: <see cref="DeltaBuySell"/> / <see cref="DeltaVolume"/> (§6.6).</summary>
    public double? Dov { get; init; }

    /// <summary>DOV, cut off above (§6.6).</summary>
    public double? DovClipped { get; init; }

    /// <summary>Smoothed funding beyond the upper threshold, 0 or more (§6.5).</summary>
    public double? ExcessPositive { get; init; }

    /// <summary>Smoothed funding beyond the lower threshold, 0 or less (§6.5).</summary>
    public double? ExcessNegative { get; init; }

    /// <summary>The sentiment factor: <see cref="CtaTemp"/>, lowered where longs crowd and raised where shorts do (§6.5).</summary>
    public double? CtaFactor { get; init; }

    /// <summary>Writes the row.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(MinuteFactorRow), 1);
        writer.Write(OpenTimeMs);
        writer.Write(IsFilled);
        writer.Write(IsStarted);
        writer.WriteOptional(FundingRate);
        writer.WriteOptional(LogReturn);
        writer.Write(TakerSellVolume);
        writer.Write(BuySellDiff);
        writer.WriteOptional(TakerRatio);
        writer.WriteOptional(RollVol);
        writer.WriteOptional(Cfo);
        writer.WriteOptional(Pwma);
        writer.WriteOptional(Rvi);
        writer.WriteOptional(RviSignal);
        writer.WriteOptional(FundingSmooth);
        writer.WriteOptional(Ofr);
        writer.WriteOptional(SentShort);
        writer.WriteOptional(RollFunding);
        writer.WriteOptional(RollBuySell);
        writer.WriteOptional(T1Raw);
        writer.WriteOptional(SentMedium);
        writer.WriteOptional(LowVol);
        writer.WriteOptional(HighVol);
        writer.WriteOptional(ShortWeight);
        writer.WriteOptional(MediumWeight);
        writer.WriteOptional(CtaBase);
        writer.Write(IsAligned.HasValue);
        writer.Write(IsAligned ?? false);
        writer.WriteOptional(CtaTemp);
        writer.WriteOptional(DeltaBuySell);
        writer.WriteOptional(DeltaVolume);
        writer.WriteOptional(Dov);
        writer.WriteOptional(DovClipped);
        writer.WriteOptional(ExcessPositive);
        writer.WriteOptional(ExcessNegative);
        writer.WriteOptional(CtaFactor);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of a row of factors.</exception>
    public static MinuteFactorRow Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(MinuteFactorRow), 1);

        // Initializers run in the order they are written in, which is the order of writing.
        return new MinuteFactorRow
        {
            OpenTimeMs = reader.ReadInt64(),
            IsFilled = reader.ReadBoolean(),
            IsStarted = reader.ReadBoolean(),
            FundingRate = reader.ReadOptionalDouble(),
            LogReturn = reader.ReadOptionalDouble(),
            TakerSellVolume = reader.ReadDouble(),
            BuySellDiff = reader.ReadDouble(),
            TakerRatio = reader.ReadOptionalDouble(),
            RollVol = reader.ReadOptionalDouble(),
            Cfo = reader.ReadOptionalDouble(),
            Pwma = reader.ReadOptionalDouble(),
            Rvi = reader.ReadOptionalDouble(),
            RviSignal = reader.ReadOptionalDouble(),
            FundingSmooth = reader.ReadOptionalDouble(),
            Ofr = reader.ReadOptionalDouble(),
            SentShort = reader.ReadOptionalDouble(),
            RollFunding = reader.ReadOptionalDouble(),
            RollBuySell = reader.ReadOptionalDouble(),
            T1Raw = reader.ReadOptionalDouble(),
            SentMedium = reader.ReadOptionalDouble(),
            LowVol = reader.ReadOptionalDouble(),
            HighVol = reader.ReadOptionalDouble(),
            ShortWeight = reader.ReadOptionalDouble(),
            MediumWeight = reader.ReadOptionalDouble(),
            CtaBase = reader.ReadOptionalDouble(),
            IsAligned = reader.ReadBoolean() ? reader.ReadBoolean() : NoFlag(ref reader),
            CtaTemp = reader.ReadOptionalDouble(),
            DeltaBuySell = reader.ReadOptionalDouble(),
            DeltaVolume = reader.ReadOptionalDouble(),
            Dov = reader.ReadOptionalDouble(),
            DovClipped = reader.ReadOptionalDouble(),
            ExcessPositive = reader.ReadOptionalDouble(),
            ExcessNegative = reader.ReadOptionalDouble(),
            CtaFactor = reader.ReadOptionalDouble(),
        };
    }

    private static bool? NoFlag(ref SnapshotReader reader)
    {
        reader.ReadBoolean();
        return null;
    }
}
