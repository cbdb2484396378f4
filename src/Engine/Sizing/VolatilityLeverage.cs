namespace Granary.Engine.Sizing;

/// <summary>
/// Leverage by volatility (formulas §11.1, leverage 1 to 10): clamp(target volatility / realised volatility, smallest, largest), rounded down to a whole
/// number, since venues take no other. A position of that leverage moves the equity about as much as the target says, whatever the market does. Both
/// volatilities are of one horizon, for example annual: sqrt(Σ r²) over a window times sqrt(windows per year) (formulas §7.10). A market whose volatility is
/// not known, or is 0 because it stands still, says nothing about its risk and gets the smallest leverage.
/// </summary>
public sealed record VolatilityLeverage
{
    /// <summary>Volatility wished for, a fraction per horizon; above 0 to 100, default 0.4 (40 % a year).</summary>
    public double TargetVolatility { get; init; } = 0.4;

    /// <summary>Smallest leverage; 1 to 125, default 1.</summary>
    public int LeverageMin { get; init; } = 1;

    /// <summary>Largest leverage; <see cref="LeverageMin"/> to 125, default 10.</summary>
    public int LeverageMax { get; init; } = 10;

    /// <summary>Checks every parameter.</summary>
    /// <exception cref="ArgumentException">A parameter is outside its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        if (TargetVolatility is not (> 0 and <= 100))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{nameof(TargetVolatility)} was {TargetVolatility}, expected above 0 to 100"), nameof(TargetVolatility));
        }
        ParameterCheck.Within(nameof(LeverageMin), LeverageMin, 1m, 125m);
        ParameterCheck.Within(nameof(LeverageMax), LeverageMax, LeverageMin, 125m);
    }

    /// <summary>The leverage for a market.</summary>
    /// <param name="realizedVolatility">A fraction over the horizon of <see cref="TargetVolatility"/>; null when there is none.</param>
    /// <exception cref="ArgumentException">A parameter is outside its range; the message names it.</exception>
    public LeverageDecision Of(double? realizedVolatility)
    {
        Validate();
        if (realizedVolatility is not { } realized || !double.IsFinite(realized) || realized < 0)
            return new LeverageDecision(LeverageMin, null, LeverageBound.VolatilityUnknown);
        if (realized == 0) return new LeverageDecision(LeverageMin, null, LeverageBound.VolatilityZero);
        var wanted = TargetVolatility / realized;
        if (wanted < LeverageMin) return new LeverageDecision(LeverageMin, wanted, LeverageBound.Smallest);
        return wanted > LeverageMax
            ? new LeverageDecision(LeverageMax, double.IsFinite(wanted) ? wanted : null, LeverageBound.Largest)
            : new LeverageDecision((int)wanted, wanted, LeverageBound.None);
    }
}
