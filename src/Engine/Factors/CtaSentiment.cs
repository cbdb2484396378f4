namespace Granary.Engine.Factors;

/// <summary>The part of the sentiment factor that follows from the sentiments and two volatility quantiles (formulas §6.5).</summary>
internal static class CtaSentiment
{
    /// <summary>The row with its weights and factor.</summary>
    /// <param name="row">A row with both sentiments.</param>
    /// <param name="lowVol">The volatility below which it is low; null when not known.</param>
    /// <param name="highVol">The volatility above which it is high; null when not known.</param>
    /// <param name="options">The parameters.</param>
    public static MinuteFactorRow Weigh(in MinuteFactorRow row, double? lowVol, double? highVol, MinuteFactorOptions options)
    {
        var shortWeight = row.RollVol > highVol ? options.ShortWeightHigh
            : row.RollVol < lowVol ? options.ShortWeightLow
            : options.ShortWeightNormal;
        var mediumWeight = 1 - shortWeight;
        var weighted = (shortWeight * row.SentShort) + (mediumWeight * row.SentMedium);
        bool? isAligned = row.SentShort * row.SentMedium is { } product ? product > 0 : null;
        var temp = isAligned == true ? weighted * options.AlignedMultiplier : weighted;
        var crowding = options.FundingCorrection * (row.ExcessPositive + row.ExcessNegative) / options.FundingThreshold;
        return row with
        {
            LowVol = lowVol,
            HighVol = highVol,
            ShortWeight = shortWeight,
            MediumWeight = mediumWeight,
            CtaBase = weighted,
            IsAligned = isAligned,
            CtaTemp = temp,
            CtaFactor = temp - crowding,
        };
    }

    /// <summary>x/(1 + |x| + 1e-9): x pressed into -1 to 1.</summary>
    public static double? SoftSign(double? x) => x is { } value ? value / (1 + Math.Abs(value) + 1e-9) : null;
}
