namespace Granary.Engine.Grid;

/// <summary>
/// Margin of one ladder while its wanted entries are added up, nearest first. The slack of a lot is what is left of its margin at the line when the price gets
/// there: E*q/L + d*q*(line - E) - rate*q*line, d = +1 long / -1 short; it is 0 or more exactly when L is at most the leverage to the line (formulas §11.2).
/// Slacks add up, and a close takes its share of the position's. So when the position has none below 0, and no entry that rests, the liquidation price stays
/// beyond the line whichever entries and take-profits are filled, in whatever order. The rate is that of the largest notional that may come about, and what the
/// venue's ladder takes off it is left out: on the safe side.
/// </summary>
/// <param name="side">Which way the ladder earns.</param>
/// <param name="line">What the liquidation price must stay beyond, quote units.</param>
/// <param name="rate">Maintenance margin as a share of the notional.</param>
/// <param name="lower">The lower of the leverages in force and aimed at, 1 or more: what margin is counted by.</param>
/// <param name="higher">The higher one: what liquidation is counted by.</param>
/// <param name="cap">Largest margin, quote units.</param>
internal struct GridMargin(GridSide side, decimal line, decimal rate, int lower, int higher, decimal cap)
{
    /// <summary>Margin of all that was added, quote units.</summary>
    public decimal Used { get; private set; }

    /// <summary>Adds a position or an entry.</summary>
    public void Add(decimal cost) => Used += cost / lower;

    /// <summary>Whether an entry's margin fits.</summary>
    /// <param name="cost">Quote units.</param>
    /// <param name="reserve">Entries like it that must fit beside it.</param>
    public readonly bool HasRoom(decimal cost, int reserve) => Used + (cost / lower * (1 + reserve)) <= cap;

    /// <summary>Whether a position's or an entry's slack is not below 0.</summary>
    public readonly bool IsSafe(decimal cost, decimal quantity) => (cost / higher) + ((int)side * ((quantity * line) - cost)) - (rate * quantity * line) >= 0;
}
