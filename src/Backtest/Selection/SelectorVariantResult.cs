using Granary.Backtest.Results;

namespace Granary.Backtest.Selection;

/// <summary>What one holding period with one offset came to.</summary>
/// <param name="Variant">When it traded.</param>
/// <param name="Result">As any run; what the tear sheet is made of.</param>
/// <param name="Longs">The longs.</param>
/// <param name="Shorts">The shorts.</param>
/// <param name="Hours">The account at the end of every candle.</param>
/// <param name="Neutrality">How neutral it was.</param>
/// <param name="Capacity">How much money it could carry.</param>
/// <param name="Rebalances">How often it was due.</param>
/// <param name="Refused">How often of these the pool was too small, so that the positions stayed.</param>
/// <param name="BelowMinimum">Changes that were worth less than the least notional or step.</param>
/// <param name="Unfilled">Changes whose next candle saw no trade, so that nobody can have filled them.</param>
public sealed record SelectorVariantResult(
    SelectorVariant Variant, BacktestResult Result, LegTotals Longs, LegTotals Shorts, IReadOnlyList<SelectorHour> Hours, NeutralityReport Neutrality,
    CapacityReport Capacity, int Rebalances, int Refused, int BelowMinimum, int Unfilled);
