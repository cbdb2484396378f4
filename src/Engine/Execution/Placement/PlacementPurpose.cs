namespace Granary.Engine.Execution.Placement;

/// <summary>What an order is for, as far as its placement minds.</summary>
public enum PlacementPurpose
{
    /// <summary>Opens or increases a position.</summary>
    Entry,

    /// <summary>Leaves a position because the strategy judges so; it may take its time.</summary>
    Exit,

    /// <summary>Leaves a position because of a stop, a regime, a limit or an operator.</summary>
    ForcedExit,
}
