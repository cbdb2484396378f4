namespace Granary.Engine.Sizing;

/// <summary>Which of the three terms of the sizing formula was the smallest; of equal terms the first named here.</summary>
public enum SizingCap
{
    /// <summary>The size that risks the wanted share of equity.</summary>
    Raw,

    /// <summary>The cap on one position.</summary>
    Position,

    /// <summary>The cap on all positions in one direction.</summary>
    Direction,
}
