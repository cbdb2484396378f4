using Granary.Engine.Statistics;

namespace Granary.Engine.Performance;

/// <summary>
/// How likely a Sharpe ratio is luck (formulas §9.8, Bailey and López de Prado). Ratios are per period, not annual; skewness and kurtosis are those of the
/// population, a normal distribution's kurtosis being 3.
/// </summary>
/// <param name="Periods">Returns.</param>
/// <param name="SharpePerPeriod">Mean over standard deviation.</param>
/// <param name="Skewness">Of the returns.</param>
/// <param name="Kurtosis">Of the returns.</param>
public sealed record SharpeTest(int Periods, double SharpePerPeriod, double Skewness, double Kurtosis)
{
    /// <summary>Fewest returns a statement is made from.</summary>
    public const int PeriodsMin = 4;

    private const double EulerGamma = 0.577215664901532860606512090082402431;

    /// <summary>Of returns; null with fewer than <see cref="PeriodsMin"/> or without variation.</summary>
    public static SharpeTest? Of(ReadOnlySpan<double> returns)
    {
        if (returns.Length < PeriodsMin || Sample.StandardDeviation(returns) is not { } deviation || deviation <= 0) return null;
        return new SharpeTest(
            returns.Length, Sample.Mean(returns)!.Value / deviation, Sample.Skewness(returns)!.Value, Sample.Kurtosis(returns)!.Value);
    }

    /// <summary>Probability that the true ratio is above a benchmark; null where the ratio's variance would not be above 0.</summary>
    /// <param name="benchmark">Per period.</param>
    public double? Probabilistic(double benchmark)
    {
        var variance = Variance;
        return variance > 0 ? NormalDistribution.Cumulative((SharpePerPeriod - benchmark) * Math.Sqrt(Periods - 1) / Math.Sqrt(variance)) : null;
    }

    /// <summary>Periods needed to say with a confidence that the true ratio is above a benchmark; null where it is not above it.</summary>
    /// <param name="benchmark">Per period.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    public double? MinTrackRecord(double benchmark, double confidence)
    {
        if (SharpePerPeriod <= benchmark) return null;
        var quantile = NormalDistribution.Quantile(confidence) / (SharpePerPeriod - benchmark);
        return 1 + (Variance * quantile * quantile);
    }

    /// <summary>The ratio that the best of several trials without skill is expected to show; null with fewer than two trials.</summary>
    /// <param name="trials">Each trial's ratio per period.</param>
    public static double? ExpectedMax(ReadOnlySpan<double> trials)
    {
        if (Sample.StandardDeviation(trials) is not { } deviation) return null;
        double n = trials.Length;
        return deviation * (((1 - EulerGamma) * NormalDistribution.Quantile(1 - (1 / n))) + (EulerGamma * NormalDistribution.Quantile(1 - (1 / (n * Math.E)))));
    }

    /// <summary>Probability that the true ratio is above what the best of the trials would show by luck (deflated); null with fewer than two trials.</summary>
    /// <param name="trials">Each trial's ratio per period.</param>
    public double? Deflated(ReadOnlySpan<double> trials) => ExpectedMax(trials) is { } benchmark ? Probabilistic(benchmark) : null;

    private double Variance => 1 - (Skewness * SharpePerPeriod) + ((Kurtosis - 1) / 4 * SharpePerPeriod * SharpePerPeriod);
}
