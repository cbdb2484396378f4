using Granary.Engine.Market;

namespace Granary.Engine.Grid;

/// <summary>
/// Between which prices a ladder stands (formulas §11.2). A long ladder reaches from its boundary below (half of the recent high) up to its limit (95 % of it);
/// a short one is its mirror: from its boundary above (twice the recent low) down to its limit (105 % of it).
/// </summary>
/// <param name="Side">Which way the ladder earns.</param>
/// <param name="Limit">The edge next to the recent extreme, which no take-profit passes, quote units.</param>
/// <param name="Boundary">The far edge, beyond which the liquidation price must lie, quote units.</param>
public readonly record struct GridRange(GridSide Side, decimal Limit, decimal Boundary)
{
    /// <summary>The upper edge, quote units.</summary>
    public decimal Top => Math.Max(Limit, Boundary);

    /// <summary>The lower edge, quote units.</summary>
    public decimal Bottom => Math.Min(Limit, Boundary);

    /// <summary>A long ladder's range.</summary>
    /// <param name="recentHigh">Highest price of the lookback, quote units, above 0, at most what <see cref="Fixed8"/> holds.</param>
    /// <param name="limitFraction">Limit as a share of the high, above <paramref name="boundaryFraction"/>.</param>
    /// <param name="boundaryFraction">Boundary as a share of the high, above 0.</param>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public static GridRange Long(decimal recentHigh, decimal limitFraction = 0.95m, decimal boundaryFraction = 0.50m)
    {
        RequirePrice(nameof(recentHigh), recentHigh);
        GridCheck.Require(nameof(boundaryFraction), boundaryFraction, boundaryFraction > 0, "above 0");
        GridCheck.Require(nameof(limitFraction), limitFraction, limitFraction > boundaryFraction, "above the boundary's");
        return new GridRange(GridSide.Long, recentHigh * limitFraction, recentHigh * boundaryFraction);
    }

    /// <summary>A short ladder's range.</summary>
    /// <param name="recentLow">Lowest price of the lookback, quote units, above 0, at most what <see cref="Fixed8"/> holds.</param>
    /// <param name="limitFraction">Limit as a share of the low, above 0.</param>
    /// <param name="boundaryFraction">Boundary as a share of the low, above <paramref name="limitFraction"/>.</param>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public static GridRange Short(decimal recentLow, decimal limitFraction = 1.05m, decimal boundaryFraction = 2.00m)
    {
        RequirePrice(nameof(recentLow), recentLow);
        GridCheck.Require(nameof(limitFraction), limitFraction, limitFraction > 0, "above 0");
        GridCheck.Require(nameof(boundaryFraction), boundaryFraction, boundaryFraction > limitFraction, "above the limit's");
        return new GridRange(GridSide.Short, recentLow * limitFraction, recentLow * boundaryFraction);
    }

    /// <summary>Whether a price is not past the limit.</summary>
    internal bool IsWithinLimit(decimal price) => (int)Side * (Limit - price) >= 0;

    /// <summary>Whether a price is not past the boundary.</summary>
    internal bool IsWithinBoundary(decimal price) => (int)Side * (price - Boundary) >= 0;

    private static void RequirePrice(string name, decimal price)
    {
        var max = Fixed8.ToDecimal(Fixed8.Max);
        GridCheck.Require(name, price, price > 0 && price <= max, FormattableString.Invariant($"above 0, at most {max}"));
    }
}
