namespace Granary.Engine.Execution.Placement;

/// <summary>What a working order needs done.</summary>
public enum PlacementStepKind
{
    /// <summary>Nothing now.</summary>
    Wait,

    /// <summary>A part is to be minted and sent.</summary>
    Place,

    /// <summary>The price of the part at the venue is to be changed.</summary>
    Amend,

    /// <summary>The part at the venue is to be cancelled.</summary>
    Cancel,

    /// <summary>The order is over.</summary>
    End,
}
