namespace Granary.Engine.Signals;

/// <summary>Parameters of the combination of the signals (formulas §3.4).</summary>
public sealed record CombinationOptions
{
    /// <summary>Size factor of momentum in a normal regime; above 0 to 10, default 0.8. In a high regime it is 1.</summary>
    public double MomentumFactor { get; init; } = 0.8;

    /// <summary>Size factor of mean reversion in a normal regime; above 0 to 10, default 1.2. In a low regime it is 1.</summary>
    public double ReversionFactor { get; init; } = 1.2;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        OptionCheck.Require(nameof(MomentumFactor), MomentumFactor, MomentumFactor is > 0 and <= 10, "above 0 to 10");
        OptionCheck.Require(nameof(ReversionFactor), ReversionFactor, ReversionFactor is > 0 and <= 10, "above 0 to 10");
    }
}
