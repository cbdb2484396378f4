namespace Granary.Engine.Execution.Placement;

/// <summary>How an approved order is brought to the venue.</summary>
public enum PlacementStyle
{
    /// <summary>One market order at once.</summary>
    Taker,

    /// <summary>A limit order near the best price, which may take where the market has come to it.</summary>
    LimitFirst,

    /// <summary>A limit order near the best price that never takes.</summary>
    PostOnly,
}
