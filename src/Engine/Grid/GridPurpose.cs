namespace Granary.Engine.Grid;

/// <summary>What a virtual order is for.</summary>
public enum GridPurpose
{
    /// <summary>Opens a rung; always post-only.</summary>
    Entry = 1,

    /// <summary>Closes a rung with a profit; always post-only.</summary>
    TakeProfit = 2,

    /// <summary>Closes a rung at market: saturation or the global stop, nothing else.</summary>
    Close = 3,
}
