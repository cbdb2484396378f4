namespace Granary.Engine.Grid;

/// <summary>Which way a ladder of rungs earns.</summary>
public enum GridSide
{
    /// <summary>Buys on the way down, sells a level higher.</summary>
    Long = 1,

    /// <summary>Sells on the way up, buys back a level lower.</summary>
    Short = -1,
}
