namespace Granary.Engine.Execution.Placement;

/// <summary>What becomes of the rest of an order whose time is out.</summary>
public enum PlacementTimeout
{
    /// <summary>It takes: an entry up to the bound from the decision's price, an exit whatever it costs.</summary>
    Cross,

    /// <summary>It is given up.</summary>
    Cancel,
}
