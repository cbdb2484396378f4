namespace Granary.Backtest.Validation;

/// <summary>A choice among configurations, cross-validated by purged folds of days (formulas §10.1).</summary>
/// <param name="Folds">For each fold: which configuration the other days chose, and its daily Sharpe ratio on them and on the fold.</param>
/// <param name="OverfitShare">Share of the folds in which the chosen configuration is below the median of all on the fold; null without a fold that says
/// so.</param>
public sealed record PurgedResult(IReadOnlyList<PurgedChoice> Folds, double? OverfitShare);
