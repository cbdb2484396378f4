namespace Granary.Engine.Grid;

/// <summary>What a command does.</summary>
public enum GridCommandKind
{
    /// <summary>Cancels an order.</summary>
    Cancel = 1,

    /// <summary>Changes price or quantity of an order that stays post-only and keeps its client order id.</summary>
    Amend = 2,

    /// <summary>Sends a market order that reduces: saturation or the global stop.</summary>
    Close = 3,

    /// <summary>Places a post-only order.</summary>
    Place = 4,
}
