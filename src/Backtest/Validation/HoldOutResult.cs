using Granary.Backtest.Results;
using Granary.Backtest.Search;

namespace Granary.Backtest.Validation;

/// <summary>Chosen on the first part, confirmed on the second, tested once on the third (formulas §10.4).</summary>
/// <param name="ValidationMs">Where the second part begins, milliseconds since the Unix epoch, UTC.</param>
/// <param name="TestMs">Where the third begins.</param>
/// <param name="Search">The search on the first part.</param>
/// <param name="Chosen">The values chosen: of the best ten trials, those of the highest score on the second part. Null when no score is defined.</param>
/// <param name="ValidationScore">That score.</param>
/// <param name="Test">The run on the third part.</param>
/// <param name="TestScore">Its score; null when undefined.</param>
/// <param name="LooksBefore">Looks at the test set before this one.</param>
public sealed record HoldOutResult(
    long ValidationMs, long TestMs, SearchResult Search, SearchTrial? Chosen, double? ValidationScore, BacktestResult Test, double? TestScore, int LooksBefore);
