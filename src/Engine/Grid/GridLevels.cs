namespace Granary.Engine.Grid;

/// <summary>
/// The levels of a ladder, geometric from the boundary on: boundary * (1 + step)^level up to the limit for a long ladder, boundary / (1 + step)^level
/// down to it
/// for a short one (formulas §11.2). Each level's take-profit is the next level, never past the limit, so no two levels share one - except that a level that
/// meets the limit exactly has no room for one of its own (<see cref="HasProfit"/>). Exact to the 28 digits of a decimal.
/// </summary>
public sealed class GridLevels
{
    /// <summary>Levels that fit.</summary>
    public const int CountMax = 100_000;

    private readonly decimal[] _prices;

    /// <summary>Makes the levels.</summary>
    /// <param name="range">Between which prices.</param>
    /// <param name="stepRatio">Distance of neighbours as a share of the lower one, above 0, at most 1.</param>
    /// <exception cref="ArgumentException">The step is out of its range, or so small that there would be more than <see cref="CountMax"/> levels.</exception>
    public GridLevels(in GridRange range, decimal stepRatio)
    {
        RequireStep(stepRatio);
        (Range, StepRatio) = (range, stepRatio);
        var prices = new List<decimal>();
        for (var price = range.Boundary; range.IsWithinLimit(price); price = Next(range.Side, price, stepRatio))
        {
            GridCheck.Require(nameof(stepRatio), stepRatio, prices.Count < CountMax, $"a step of at most {CountMax} levels");
            prices.Add(price);
        }
        _prices = [.. prices];
    }

    /// <summary>Between which prices the levels lie.</summary>
    public GridRange Range { get; }

    /// <summary>Distance of neighbours as a share of the lower one.</summary>
    public decimal StepRatio { get; }

    /// <summary>How many there are, 1 or more.</summary>
    public int Count => _prices.Length;

    /// <summary>A level's price, quote units.</summary>
    /// <param name="level">0 at the boundary, up to <see cref="Count"/> - 1 next to the limit.</param>
    public decimal Price(int level) => _prices[level];

    /// <summary>Where a position opened at a level is closed: the next level's price, at most the limit, quote units.</summary>
    /// <param name="level">0 to <see cref="Count"/> - 1.</param>
    public decimal TakeProfit(int level) => level + 1 < _prices.Length ? _prices[level + 1] : Range.Limit;

    /// <summary>Whether a level's take-profit is better than its price; false only for a level that meets the limit exactly.</summary>
    public bool HasProfit(int level) => TakeProfit(level) != _prices[level];

    /// <summary>Quote units of an order (formulas §11.2).</summary>
    /// <param name="equity">Quote units, 0 or more.</param>
    /// <param name="orderFraction">Share of the equity, 0 to 1.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public static decimal Notional(decimal equity, decimal orderFraction)
    {
        GridCheck.Require(nameof(equity), equity, equity >= 0, "0 or more");
        GridCheck.Within(nameof(orderFraction), orderFraction, 0, 1);
        return equity * orderFraction;
    }

    /// <summary>The next level's price in the direction of the limit.</summary>
    internal static decimal Next(GridSide side, decimal price, decimal stepRatio) => side == GridSide.Long ? price * (1 + stepRatio) : price / (1 + stepRatio);

    /// <exception cref="ArgumentException">The step is out of its range.</exception>
    internal static void RequireStep(decimal stepRatio) => GridCheck.Require(nameof(stepRatio), stepRatio, stepRatio is > 0 and <= 1, "above 0, at most 1");
}
