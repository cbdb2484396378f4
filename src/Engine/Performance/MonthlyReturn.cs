namespace Granary.Engine.Performance;

/// <summary>Return of one UTC month (formulas §9.6).</summary>
/// <param name="Year">Year.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Return">A fraction.</param>
public readonly record struct MonthlyReturn(int Year, int Month, double Return)
{
    /// <summary>The month as year-month, for example 2026-02.</summary>
    public string Name => FormattableString.Invariant($"{Year:0000}-{Month:00}");
}
