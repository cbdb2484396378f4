namespace Granary.Engine.Grid;

/// <summary>Which ladders a grid has.</summary>
public enum GridMode
{
    /// <summary>A long ladder below the recent high.</summary>
    Long = 1,

    /// <summary>A short ladder above the recent low.</summary>
    Short = 2,

    /// <summary>Both, each with half of the orders and half of the margin, for markets that go sideways.</summary>
    Dual = 3,
}
