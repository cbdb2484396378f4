using Granary.Engine.Features;

namespace Granary.Engine.Signals;

/// <summary>Parameters of VWAP mean reversion (formulas §3.2). Windows are counted in bars.</summary>
public sealed record ReversionOptions
{
    /// <summary>Quantile of the absolute VWAP deviations before the bar that a deviation must exceed; 0 to 1, default 0.9.</summary>
    public double EntryQuantile { get; init; } = 0.9;

    /// <summary>Bars before the current one in that quantile; 1 to 100,000, default 500.</summary>
    public int EntryWindow { get; init; } = 500;

    /// <summary>What the quantile is multiplied with in a low regime; above 0 to 10, default 0.8.</summary>
    public double LowEntryMultiplier { get; init; } = 0.8;

    /// <summary>Absolute VWAP deviation at or below which a position is left, a fraction; 0 to 1, default 0.0004.</summary>
    public double DeviationExit { get; init; } = 0.0004;

    /// <summary>Span of the exponential average of the order flow imbalance; 1 to 10,000, default 10.</summary>
    public int OfiLookback { get; init; } = 10;

    /// <summary>What the absolute average must stay below, a fraction; above 0 to 1, default 0.08.</summary>
    public double OfiNeutral { get; init; } = 0.08;

    /// <summary>Bars whose mean volatility must be below that of as many bars before; 1 to 10,000, default 5.</summary>
    public int VolatilityWindow { get; init; } = 5;

    /// <summary>Bars over which the volume of the fading side must fall; 2 to 10,000, default 5.</summary>
    public int VolumeWindow { get; init; } = 5;

    /// <summary>When that volume counts as falling; default <see cref="VolumeDecline.Strict"/>.</summary>
    public VolumeDecline Decline { get; init; } = VolumeDecline.Strict;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        OptionCheck.Require(nameof(EntryQuantile), EntryQuantile, EntryQuantile is >= 0 and <= 1, "0 to 1");
        OptionCheck.Require(nameof(EntryWindow), EntryWindow, EntryWindow is >= 1 and <= PipelineOptions.WindowMax, "1 to 100000");
        OptionCheck.Require(nameof(LowEntryMultiplier), LowEntryMultiplier, LowEntryMultiplier is > 0 and <= 10, "above 0 to 10");
        OptionCheck.Require(nameof(DeviationExit), DeviationExit, DeviationExit is >= 0 and <= 1, "0 to 1");
        OptionCheck.Require(nameof(OfiLookback), OfiLookback, OfiLookback is >= 1 and <= OptionCheck.LookbackMax, "1 to 10000");
        OptionCheck.Require(nameof(OfiNeutral), OfiNeutral, OfiNeutral is > 0 and <= 1, "above 0 to 1");
        OptionCheck.Require(nameof(VolatilityWindow), VolatilityWindow, VolatilityWindow is >= 1 and <= OptionCheck.LookbackMax, "1 to 10000");
        OptionCheck.Require(nameof(VolumeWindow), VolumeWindow, VolumeWindow is >= 2 and <= OptionCheck.LookbackMax, "2 to 10000");
        OptionCheck.Require(nameof(Decline), (int)Decline, Enum.IsDefined(Decline), "Strict or Slope");
    }
}
