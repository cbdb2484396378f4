using System.Globalization;
using Granary.Engine.Indicators;

namespace Granary.Engine.Factors;

/// <summary>The parameters of <see cref="MinuteFactors"/>; windows are counted in minutes and may be 1 to 100,000 unless said otherwise.</summary>
public sealed record MinuteFactorOptions
{
    /// <summary>The longest window that may be configured: 100,000 minutes.</summary>
    public const int WindowMax = Require.WindowMax;

    /// <summary>Log returns in the rolling volatility (§6.1); 2 to 100,000, default 30.</summary>
    public int VolWindow { get; init; } = 30;

    /// <summary>Prices in the forecast oscillator (§6.2), default 14.</summary>
    public int CfoWindow { get; init; } = 14;

    /// <summary>Prices in the Pascal average (§6.3), default 10.</summary>
    public int PwmaWindow { get; init; } = 10;

    /// <summary>Candles in the relative vigor index (§6.4), default 10.</summary>
    public int RviWindow { get; init; } = 10;

    /// <summary>Funding rates in the smoothed funding rate (§6.5), default 4.</summary>
    public int FundingSmoothWindow { get; init; } = 4;

    /// <summary>Minutes in the short sentiment (§6.5), default 5.</summary>
    public int ShortWindow { get; init; } = 5;

    /// <summary>Minutes in the medium sentiment (§6.5), default 120.</summary>
    public int MediumWindow { get; init; } = 120;

    /// <summary>Rolling volatilities, the current one included, of which the two quantiles are taken (§6.5), default 1,440.</summary>
    public int QuantileWindow { get; init; } = 1_440;

    /// <summary>Level of the quantile below which volatility is low (§6.5); 0 to <see cref="HighQuantile"/>, default 0.33.</summary>
    public double LowQuantile { get; init; } = 0.33;

    /// <summary>Level of the quantile above which volatility is high (§6.5); <see cref="LowQuantile"/> to 1, default 0.67.</summary>
    public double HighQuantile { get; init; } = 0.67;

    /// <summary>Weight of the short sentiment while volatility is high (§6.5); the medium one has the rest of 1; 0 to 1, default 0.7.</summary>
    public double ShortWeightHigh { get; init; } = 0.7;

    /// <summary>Weight of the short sentiment while volatility is neither high nor low, or not known to be (§6.5); 0 to 1, default 0.5.</summary>
    public double ShortWeightNormal { get; init; } = 0.5;

    /// <summary>Weight of the short sentiment while volatility is low (§6.5); 0 to 1, default 0.3.</summary>
    public double ShortWeightLow { get; init; } = 0.3;

    /// <summary>What the factor is multiplied with while both sentiments point the same way (§6.5); 0 or more, default 1.4.</summary>
    public double AlignedMultiplier { get; init; } = 1.4;

    /// <summary>Smoothed funding rate, a fraction, beyond which crowding is corrected (§6.5); above 0, default 0.0002.</summary>
    public double FundingThreshold { get; init; } = 0.0002;

    /// <summary>Correction of the factor for each <see cref="FundingThreshold"/> of excess funding (§6.5); 0 or more, default 0.1.</summary>
    public double FundingCorrection { get; init; } = 0.1;

    /// <summary>Where the DOV is cut off (§6.6); above 0, default 10.</summary>
    public double DovClip { get; init; } = 10;

    /// <summary>
    /// Missing minutes that are filled with flat candles (§6.1); 0 to 100,000, default 1,440. After a longer hole everything warms up afresh: what it would
    /// be made of is invented for the most part.
    /// </summary>
    public int GapMinutesMax { get; init; } = 1_440;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        Require.Window(VolWindow, 2);
        Require.Window(CfoWindow);
        Require.Window(PwmaWindow);
        Require.Window(RviWindow);
        Require.Window(FundingSmoothWindow);
        Require.Window(ShortWindow);
        Require.Window(MediumWindow);
        Require.Window(QuantileWindow);
        Require.Window(GapMinutesMax, 0);
        Check(nameof(HighQuantile), HighQuantile, 0, 1);
        Check(nameof(LowQuantile), LowQuantile, 0, HighQuantile);
        Check(nameof(ShortWeightHigh), ShortWeightHigh, 0, 1);
        Check(nameof(ShortWeightNormal), ShortWeightNormal, 0, 1);
        Check(nameof(ShortWeightLow), ShortWeightLow, 0, 1);
        Check(nameof(AlignedMultiplier), AlignedMultiplier, 0, double.MaxValue);
        Check(nameof(FundingCorrection), FundingCorrection, 0, double.MaxValue);
        Require.Positive(FundingThreshold);
        Require.Positive(DovClip);
    }

    /// <summary>Every option by name, as text that is equal exactly when the option is.</summary>
    internal IEnumerable<(string Name, string Value)> Describe()
    {
        yield return (nameof(VolWindow), Text(VolWindow));
        yield return (nameof(CfoWindow), Text(CfoWindow));
        yield return (nameof(PwmaWindow), Text(PwmaWindow));
        yield return (nameof(RviWindow), Text(RviWindow));
        yield return (nameof(FundingSmoothWindow), Text(FundingSmoothWindow));
        yield return (nameof(ShortWindow), Text(ShortWindow));
        yield return (nameof(MediumWindow), Text(MediumWindow));
        yield return (nameof(QuantileWindow), Text(QuantileWindow));
        yield return (nameof(LowQuantile), Text(LowQuantile));
        yield return (nameof(HighQuantile), Text(HighQuantile));
        yield return (nameof(ShortWeightHigh), Text(ShortWeightHigh));
        yield return (nameof(ShortWeightNormal), Text(ShortWeightNormal));
        yield return (nameof(ShortWeightLow), Text(ShortWeightLow));
        yield return (nameof(AlignedMultiplier), Text(AlignedMultiplier));
        yield return (nameof(FundingThreshold), Text(FundingThreshold));
        yield return (nameof(FundingCorrection), Text(FundingCorrection));
        yield return (nameof(DovClip), Text(DovClip));
        yield return (nameof(GapMinutesMax), Text(GapMinutesMax));
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void Check(string name, double value, double min, double max)
    {
        if (!(value >= min && value <= max)) throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"expected {min} to {max}"));
    }
}
