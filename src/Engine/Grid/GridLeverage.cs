namespace Granary.Engine.Grid;

/// <summary>
/// Leverage at which the liquidation price of an isolated position is the ladder's boundary (formulas §11.2). From the liquidation price of a flat maintenance
/// rate, LP = E(1 - 1/L)/(1 - mmr) for a long and E(1 + 1/L)/(1 + mmr) for a short, follows L = 1/(1 - boundary/E * (1 - mmr)) and
/// L = 1/(boundary/E * (1 + mmr) - 1): the nearer the entry is to the boundary, the more.
/// </summary>
public static class GridLeverage
{
    /// <summary>The leverage without a cap; below 1 where even a whole margin would not carry the position to the boundary.</summary>
    /// <param name="side">Which way the position earns.</param>
    /// <param name="entryPrice">Quote units, above 0.</param>
    /// <param name="boundary">Quote units, above 0.</param>
    /// <param name="maintenanceRate">Maintenance margin as a share of the notional, 0 or more, below 1.</param>
    /// <returns>Null at the boundary and beyond it, where there is no distance to divide by.</returns>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public static decimal? ToBoundary(GridSide side, decimal entryPrice, decimal boundary, decimal maintenanceRate)
    {
        GridCheck.Require(nameof(entryPrice), entryPrice, entryPrice > 0, "above 0");
        GridCheck.Require(nameof(boundary), boundary, boundary > 0, "above 0");
        GridCheck.Require(nameof(maintenanceRate), maintenanceRate, maintenanceRate is >= 0 and < 1, "0 or more, below 1");
        if ((int)side * (entryPrice - boundary) <= 0) return null;
        var distance = (int)side * (1 - (boundary / entryPrice * (1 - ((int)side * maintenanceRate))));
        // 28 digits may not tell an entry from a boundary next to it.
        return distance > 0 ? 1 / distance : null;
    }

    /// <summary>The leverage, at most a cap; the cap itself at the boundary and beyond it.</summary>
    /// <param name="side">Which way the position earns.</param>
    /// <param name="entryPrice">Quote units, above 0.</param>
    /// <param name="boundary">Quote units, above 0.</param>
    /// <param name="maintenanceRate">Maintenance margin as a share of the notional, 0 or more, below 1.</param>
    /// <param name="cap">1 or more.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public static decimal Capped(GridSide side, decimal entryPrice, decimal boundary, decimal maintenanceRate, decimal cap)
    {
        GridCheck.Require(nameof(cap), cap, cap >= 1, "1 or more");
        return Math.Min(ToBoundary(side, entryPrice, boundary, maintenanceRate) ?? cap, cap);
    }
}
