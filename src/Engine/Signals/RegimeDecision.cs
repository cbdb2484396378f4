namespace Granary.Engine.Signals;

/// <summary>What the volatility regime says about one bar (formulas §3.3). Null means that a window is not full or a denominator is 0.</summary>
/// <param name="BarIndex">The bar.</param>
/// <param name="Regime">The regime.</param>
/// <param name="VolatilityShort">Standard deviation of the log returns over the short window, a fraction.</param>
/// <param name="VolatilityLong">The same over the long window.</param>
/// <param name="VolatilityRatio">Short over long; null when the long one is 0.</param>
/// <param name="VolatilityRatioIntraBar">Mean volatility inside the bars, short over long; null when the long one is 0.</param>
/// <param name="DurationMean">Mean duration of the last bars, milliseconds.</param>
/// <param name="DurationRatio">The bar's duration over the mean; null when the mean is 0.</param>
/// <param name="ImpactZ">Z-score of the bar's price impact, signed.</param>
/// <param name="Conditions">Every condition with its value: order and names are <see cref="RegimeConditions"/>.</param>
public sealed record RegimeDecision(
    long BarIndex, MarketRegime Regime, double? VolatilityShort, double? VolatilityLong, double? VolatilityRatio, double? VolatilityRatioIntraBar,
    double? DurationMean, double? DurationRatio, double? ImpactZ, IReadOnlyList<Condition> Conditions)
{
    /// <summary>The condition of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Condition this[string name] => Conditions.Named(name);
}
