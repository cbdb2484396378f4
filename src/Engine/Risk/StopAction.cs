namespace Granary.Engine.Risk;

/// <summary>What a kill switch demands, from the mildest to the strictest; the stricter of two holds.</summary>
public enum StopAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Open nothing; positions may be held and closed.</summary>
    ReduceOnly,

    /// <summary>Open nothing and ask for an operator.</summary>
    Halt,

    /// <summary>Halt, cancel all orders and close all positions.</summary>
    Flatten,
}
