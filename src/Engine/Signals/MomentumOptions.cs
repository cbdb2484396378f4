namespace Granary.Engine.Signals;

/// <summary>Parameters of order flow momentum (formulas §3.1). Windows are counted in bars.</summary>
public sealed record MomentumOptions
{
    /// <summary>Span of the exponential average of the order flow imbalance; 1 to 10,000, default 20.</summary>
    public int OfiLookback { get; init; } = 20;

    /// <summary>What the average must exceed in the signal's direction, a fraction; above 0 to 1, default 0.15.</summary>
    public double OfiThreshold { get; init; } = 0.15;

    /// <summary>Bars over which cumulative delta must rise or fall; 2 to 10,000, default 10.</summary>
    public int DeltaLookback { get; init; } = 10;

    /// <summary>What the z-score of trade intensity must exceed; above 0 to 100, default 1.5.</summary>
    public double IntensityThreshold { get; init; } = 1.5;

    /// <summary>What the z-score of the large trade ratio must exceed; above 0 to 100, default 1.</summary>
    public double LargeTradeThreshold { get; init; } = 1.0;

    /// <summary>How many times larger the mean trade of the signal's side must be than that of the other; above 0 to 100, default 1.2.</summary>
    public double SizeRatio { get; init; } = 1.2;

    /// <summary>How many of the three optional conditions must hold; 0 to 3, default 2.</summary>
    public int OptionalNeeded { get; init; } = 2;

    /// <summary>Window of the z-scores, one of the pipeline's; default 100.</summary>
    public int SignalZWindow { get; init; } = 100;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        OptionCheck.Require(nameof(OfiLookback), OfiLookback, OfiLookback is >= 1 and <= 10_000, "1 to 10000");
        OptionCheck.Require(nameof(OfiThreshold), OfiThreshold, OfiThreshold is > 0 and <= 1, "above 0 to 1");
        OptionCheck.Require(nameof(DeltaLookback), DeltaLookback, DeltaLookback is >= 2 and <= 10_000, "2 to 10000");
        OptionCheck.Require(nameof(IntensityThreshold), IntensityThreshold, IntensityThreshold is > 0 and <= 100, "above 0 to 100");
        OptionCheck.Require(nameof(LargeTradeThreshold), LargeTradeThreshold, LargeTradeThreshold is > 0 and <= 100, "above 0 to 100");
        OptionCheck.Require(nameof(SizeRatio), SizeRatio, SizeRatio is > 0 and <= 100, "above 0 to 100");
        OptionCheck.Require(nameof(OptionalNeeded), OptionalNeeded, OptionalNeeded is >= 0 and <= 3, "0 to 3");
        OptionCheck.Require(nameof(SignalZWindow), SignalZWindow, SignalZWindow is >= 2 and <= Features.PipelineOptions.WindowMax, "2 to 100000");
    }
}
