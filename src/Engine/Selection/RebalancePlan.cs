namespace Granary.Engine.Selection;

/// <summary>How to come from the positions that are to those that should be.</summary>
/// <param name="Reductions">Trade these first: they free margin and cannot add risk. By symbol.</param>
/// <param name="Openings">Trade these when the reductions are done. By symbol.</param>
/// <param name="Skipped">What is not worth trading, or cannot be traded. By symbol.</param>
public sealed record RebalancePlan(
    IReadOnlyList<PositionChange> Reductions, IReadOnlyList<PositionChange> Openings, IReadOnlyList<SkippedChange> Skipped)
{
    /// <summary>Value of all changes at their planned prices, quote units.</summary>
    public decimal Turnover => Reductions.Sum(change => change.Notional) + Openings.Sum(change => change.Notional);
}
