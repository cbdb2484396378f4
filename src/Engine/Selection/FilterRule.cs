namespace Granary.Engine.Selection;

/// <summary>How a filter narrows the symbols down (formulas §5.4).</summary>
public enum FilterRule
{
    /// <summary>Keeps the symbols whose value is at most the limit.</summary>
    ValueMax = 0,

    /// <summary>
    /// Ranks by value, largest first, ties by symbol, and keeps ranks 1 to the limit. Ranking follows all <see cref="ValueMax"/> filters, so that a symbol
    /// that is out anyway takes no rank.
    /// </summary>
    RankMax = 1,
}
