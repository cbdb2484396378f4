using Granary.Engine.Features;

namespace Granary.Engine.Signals;

/// <summary>Parameters of the volatility regime (formulas §3.3). Windows are counted in bars.</summary>
public sealed record RegimeOptions
{
    /// <summary>Bars of the short volatility; 2 to 100,000, default 20.</summary>
    public int VolatilityShortWindow { get; init; } = 20;

    /// <summary>Bars of the long volatility; 2 to 100,000, default 200.</summary>
    public int VolatilityLongWindow { get; init; } = 200;

    /// <summary>Bars of the mean duration, the current one included; 1 to 100,000, default 50.</summary>
    public int DurationWindow { get; init; } = 50;

    /// <summary>Volatility ratio above which the regime is extreme; above 0 to 1,000, default 3.</summary>
    public double ExtremeRatio { get; init; } = 3.0;

    /// <summary>What the absolute z-score of the price impact must exceed for the regime to be extreme; above 0 to 1,000, default 3.</summary>
    public double ImpactThreshold { get; init; } = 3.0;

    /// <summary>Volatility ratio above which the regime may be high; above 0 to 1,000, default 1.8.</summary>
    public double HighRatio { get; init; } = 1.8;

    /// <summary>Duration ratio below which a high regime is one; above 0 to 1,000, default 0.5.</summary>
    public double HighDurationRatio { get; init; } = 0.5;

    /// <summary>Volatility ratio below which the regime may be low; above 0 to 1,000, default 0.6.</summary>
    public double LowRatio { get; init; } = 0.6;

    /// <summary>Duration ratio above which a low regime is one; above 0 to 1,000, default 2.</summary>
    public double LowDurationRatio { get; init; } = 2.0;

    /// <summary>What the volatility ratio is taken of; default <see cref="VolatilityReading.CloseToClose"/>.</summary>
    public VolatilityReading Reading { get; init; } = VolatilityReading.CloseToClose;

    /// <summary>Window of the price impact's z-score, one of the pipeline's; 2 to 100,000, default 100.</summary>
    public int SignalZWindow { get; init; } = 100;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        Window(nameof(VolatilityShortWindow), VolatilityShortWindow, 2);
        Window(nameof(VolatilityLongWindow), VolatilityLongWindow, 2);
        Window(nameof(DurationWindow), DurationWindow, 1);
        Ratio(nameof(ExtremeRatio), ExtremeRatio);
        Ratio(nameof(ImpactThreshold), ImpactThreshold);
        Ratio(nameof(HighRatio), HighRatio);
        Ratio(nameof(HighDurationRatio), HighDurationRatio);
        Ratio(nameof(LowRatio), LowRatio);
        Ratio(nameof(LowDurationRatio), LowDurationRatio);
        OptionCheck.Require(nameof(Reading), (int)Reading, Enum.IsDefined(Reading), "CloseToClose or IntraBar");
        Window(nameof(SignalZWindow), SignalZWindow, 2);
    }

    private static void Window(string name, int value, int min) =>
        OptionCheck.Require(name, value, value >= min && value <= PipelineOptions.WindowMax, $"{min} to {PipelineOptions.WindowMax}");

    private static void Ratio(string name, double value) => OptionCheck.Require(name, value, value is > 0 and <= 1000, "above 0 to 1000");
}
