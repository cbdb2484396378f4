namespace Granary.Engine.Execution.Slippage;

/// <summary>What the square-root law of market impact is computed from.</summary>
/// <param name="DayVolatility">Standard deviation of the day's return, a fraction, 0 or more.</param>
/// <param name="DayVolume">Expected volume of a day, base units, above 0.</param>
/// <param name="Coefficient">The law's factor, 0 or more, of the order of one; 1 unless measured.</param>
public readonly record struct ImpactInputs(double DayVolatility, double DayVolume, double Coefficient = 1)
{
    /// <summary>Whether every value is in its range, so that the law has a result.</summary>
    public bool IsRight => DayVolatility >= 0 && DayVolume > 0 && Coefficient >= 0
        && double.IsFinite(DayVolatility) && double.IsFinite(DayVolume) && double.IsFinite(Coefficient);
}
