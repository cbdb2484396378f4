namespace Granary.Engine.Orders;

/// <summary>Whether the venue itself placed an order, and why. By the venue's own marks, not by the client id alone, which anybody may choose.</summary>
public enum ForcedClose
{
    /// <summary>It did not: the account, or somebody with access to it, did.</summary>
    None,

    /// <summary>The margin was used up.</summary>
    Liquidation,

    /// <summary>A profitable position was taken to end somebody else's liquidation (ADL).</summary>
    Deleveraging,

    /// <summary>The contract was settled.</summary>
    Settlement,
}
