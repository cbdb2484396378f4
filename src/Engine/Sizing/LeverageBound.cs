namespace Granary.Engine.Sizing;

/// <summary>What decided a leverage.</summary>
public enum LeverageBound
{
    /// <summary>The ratio of the volatilities, rounded down.</summary>
    None,

    /// <summary>The smallest leverage; the ratio was below it.</summary>
    Smallest,

    /// <summary>The largest leverage; the ratio was above it.</summary>
    Largest,

    /// <summary>The realised volatility has no value: the smallest leverage.</summary>
    VolatilityUnknown,

    /// <summary>The realised volatility is 0: the smallest leverage.</summary>
    VolatilityZero,
}
