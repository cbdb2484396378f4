namespace Granary.Engine.Performance;

/// <summary>A confidence of value at risk, with what the normal distribution has there.</summary>
public readonly record struct PortfolioTailLevel
{
    private PortfolioTailLevel(double confidence, double normalQuantile, double normalShortfall)
    {
        Confidence = confidence;
        NormalQuantile = normalQuantile;
        NormalShortfall = normalShortfall;
    }

    /// <summary>95 %.</summary>
    public static PortfolioTailLevel P95 { get; } = new(0.95, 1.6448536269514722, 2.062712807507426);

    /// <summary>99 %.</summary>
    public static PortfolioTailLevel P99 { get; } = new(0.99, 2.3263478740408408, 2.6652142203458048);

    /// <summary>Share of periods that are better than the value at risk.</summary>
    public double Confidence { get; }

    /// <summary>Standard deviations from the mean to that quantile.</summary>
    public double NormalQuantile { get; }

    /// <summary>Standard deviations from the mean to the mean of what lies beyond it: density there over 1 - confidence.</summary>
    public double NormalShortfall { get; }
}
