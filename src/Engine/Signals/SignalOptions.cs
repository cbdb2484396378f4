namespace Granary.Engine.Signals;

/// <summary>Parameters of all signals of a symbol (formulas §3).</summary>
public sealed record SignalOptions
{
    /// <summary>Parameters of momentum (§3.1).</summary>
    public MomentumOptions Momentum { get; init; } = new();

    /// <summary>Parameters of mean reversion (§3.2).</summary>
    public ReversionOptions Reversion { get; init; } = new();

    /// <summary>Parameters of the regime (§3.3).</summary>
    public RegimeOptions Regime { get; init; } = new();

    /// <summary>Parameters of the combination (§3.4).</summary>
    public CombinationOptions Combination { get; init; } = new();

    /// <summary>Span of the order flow imbalance's average that protection looks at (§4.3), bars; 1 to 10,000, default 5.</summary>
    public int StopOfiLookback { get; init; } = 5;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is missing or outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Momentum);
        ArgumentNullException.ThrowIfNull(Reversion);
        ArgumentNullException.ThrowIfNull(Regime);
        ArgumentNullException.ThrowIfNull(Combination);
        Momentum.Validate();
        Reversion.Validate();
        Regime.Validate();
        Combination.Validate();
        OptionCheck.Require(nameof(StopOfiLookback), StopOfiLookback, StopOfiLookback is >= 1 and <= OptionCheck.LookbackMax, "1 to 10000");
    }
}
