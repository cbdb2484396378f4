namespace Granary.Engine.Indicators;

/// <summary>The parameters of GARCH(1,1) with mean 0: h[t] = ω + α·r²[t-1] + β·h[t-1] (formulas §7.8).</summary>
/// <param name="Omega">ω, variance added each step, above 0.</param>
/// <param name="Alpha">α, weight of the last squared return, 0 or more.</param>
/// <param name="Beta">β, weight of the last variance, 0 or more; α + β below 1.</param>
public readonly record struct GarchParameters(double Omega, double Alpha, double Beta)
{
    /// <summary>α + β: how much of a shock is left after one step.</summary>
    public double Persistence => Alpha + Beta;

    /// <summary>h̄ = ω/(1 - α - β), the variance that forecasts tend to.</summary>
    public double LongRunVariance => Omega / (1 - Alpha - Beta);

    /// <summary>The variance k steps ahead: h̄ + (α+β)^(k-1)·(h - h̄).</summary>
    /// <param name="varianceNext">h, the forecast for the next step.</param>
    /// <param name="steps">k, 1 or more; 1 gives h itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is below 1.</exception>
    public double Forecast(double varianceNext, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (steps == 1) return varianceNext;
        return LongRunVariance + (Math.Pow(Persistence, steps - 1) * (varianceNext - LongRunVariance));
    }

    /// <summary>The variance of the next step.</summary>
    /// <param name="variance">The variance of this step.</param>
    /// <param name="logReturn">The return of this step.</param>
    public double Next(double variance, double logReturn) => Omega + (Alpha * logReturn * logReturn) + (Beta * variance);

    /// <summary>Checks every parameter.</summary>
    /// <exception cref="ArgumentException">A parameter is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (!(double.IsFinite(Omega) && Omega > 0)) throw Wrong(nameof(Omega), Omega, "a finite number above 0");
        if (!(double.IsFinite(Alpha) && Alpha >= 0)) throw Wrong(nameof(Alpha), Alpha, "0 or more");
        if (!(double.IsFinite(Beta) && Beta >= 0)) throw Wrong(nameof(Beta), Beta, "0 or more");
        if (!(Persistence < 1)) throw Wrong("Alpha + Beta", Persistence, "below 1");
    }

    private static ArgumentException Wrong(string name, double value, string range) =>
        new(FormattableString.Invariant($"GARCH parameter {name} was {value}, expected {range}"), name);
}
