namespace Granary.Engine.Grid;

/// <summary>A virtual order by its place.</summary>
/// <param name="Side">Its ladder.</param>
/// <param name="Rung">Its rung when it was named: rungs keep their prices, their numbers change when the range slides.</param>
/// <param name="Purpose">Its entry, its take-profit, or its close at market.</param>
public readonly record struct RungName(GridSide Side, int Rung, GridPurpose Purpose);
