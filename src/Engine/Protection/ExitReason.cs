namespace Granary.Engine.Protection;

/// <summary>Why a position's protection wants out.</summary>
public enum ExitReason
{
    /// <summary>L1: the price reached the hard stop.</summary>
    HardStop = 1,

    /// <summary>The price reached the trailing stop.</summary>
    TrailingStop = 2,

    /// <summary>L2: order flow stood against the position for several bars.</summary>
    FlowReversal = 3,

    /// <summary>L3: held for too many bars, by default without reaching the trailing stop's activation.</summary>
    HoldingTime = 4,
}
