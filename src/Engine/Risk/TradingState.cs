namespace Granary.Engine.Risk;

/// <summary>What an account may do. Reductions and cancels are allowed in every state.</summary>
public enum TradingState
{
    /// <summary>Not yet reconciled with the venue: opens nothing.</summary>
    Recovering,

    /// <summary>Opens and closes.</summary>
    Active,

    /// <summary>Closes only.</summary>
    ReduceOnly,

    /// <summary>Stopped by the operator or by a kill switch: opens nothing.</summary>
    Halted,
}
