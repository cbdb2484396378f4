namespace Granary.Engine.Signals;

/// <summary>What "realised volatility, short against long" is taken of (formulas §3.3 and §12, row 3).</summary>
public enum VolatilityReading
{
    /// <summary>Standard deviations of the log returns from close to close.</summary>
    CloseToClose,

    /// <summary>Means of the volatility inside the bars.</summary>
    IntraBar,
}
