namespace Granary.Engine.Selection;

/// <summary>Side of a selected symbol.</summary>
public enum SelectionSide
{
    /// <summary>To be sold: from the head of the sorted pool.</summary>
    Short = 0,

    /// <summary>To be bought: from the tail of the sorted pool.</summary>
    Long = 1,
}
