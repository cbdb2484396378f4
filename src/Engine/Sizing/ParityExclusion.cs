namespace Granary.Engine.Sizing;

/// <summary>Why a symbol has no share under risk parity.</summary>
public enum ParityExclusion
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>Its volatility has no value.</summary>
    VolatilityUnknown,

    /// <summary>Its volatility is 0: it would take everything.</summary>
    VolatilityZero,

    /// <summary>Its volatility is negative or not a finite number.</summary>
    VolatilityInvalid,
}
