namespace Granary.Engine.Signals;

/// <summary>The signals that can open a position.</summary>
public enum SignalKind
{
    /// <summary>Signal A, order flow momentum.</summary>
    Momentum,

    /// <summary>Signal B, VWAP mean reversion.</summary>
    Reversion,

    /// <summary>A rule of one's own.</summary>
    Rule,
}
