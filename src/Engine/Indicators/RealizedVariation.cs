namespace Granary.Engine.Indicators;

/// <summary>The variation of a window of log returns (formulas §7.10).</summary>
/// <param name="Variance">RV: sum of the squared returns, no mean removed.</param>
/// <param name="BipowerVariance">BV: (π/2)·n/(n-1)·Σ|rᵢ||rᵢ₋₁|, which jumps hardly touch; null for a window of one return.</param>
/// <param name="JumpShare">max(RV - BV, 0)/RV, 0 to 1; 0 when nothing moved, null for a window of one return.</param>
public readonly record struct RealizedVariation(double Variance, double? BipowerVariance, double? JumpShare)
{
    /// <summary>Realised volatility of the window, a fraction: √RV.</summary>
    public double Volatility => Math.Sqrt(Variance);

    /// <summary>The volatility of a year.</summary>
    /// <param name="windowsPerYear">Windows in a year: periods per year / returns in the window (525,600 / n for one-minute returns).</param>
    public double AnnualVolatility(double windowsPerYear) => Volatility * Math.Sqrt(windowsPerYear);
}
