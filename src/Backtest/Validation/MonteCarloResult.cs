namespace Granary.Backtest.Validation;

/// <summary>What resampling a run's own past says about its future.</summary>
/// <param name="Method">What was drawn: trades, or blocks of days.</param>
/// <param name="Paths">Paths drawn.</param>
/// <param name="Levels">Quantile levels of the fan, rising, an odd number.</param>
/// <param name="Fan">For each level the equity after each step; step 0 is the start.</param>
/// <param name="Actual">The equity as it was.</param>
/// <param name="EndQuantiles">Equity at the end at each level.</param>
/// <param name="DrawdownQuantiles">Deepest drawdown at each level, 0 or negative, the deepest first.</param>
/// <param name="LossProbability">Share of the paths that end below the start.</param>
/// <param name="RuinProbability">Share of the paths that lose half of the start at some time.</param>
public sealed record MonteCarloResult(
    string Method, int Paths, IReadOnlyList<double> Levels, IReadOnlyList<IReadOnlyList<double>> Fan, IReadOnlyList<double> Actual,
    IReadOnlyList<double> EndQuantiles, IReadOnlyList<double> DrawdownQuantiles, double LossProbability, double RuinProbability);
