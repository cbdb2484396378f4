using Granary.Engine.Performance;

namespace Granary.Backtest.Validation;

/// <summary>A walk-forward analysis: the tests of all windows, one after the other, as one account.</summary>
/// <param name="Segments">The windows.</param>
/// <param name="Equity">Concatenated out-of-sample equity: the start, then the days of each test.</param>
/// <param name="Metrics">Of that curve.</param>
/// <param name="Trials">Configurations tried in each window.</param>
public sealed record WalkForwardResult(
    IReadOnlyList<WalkForwardSegment> Segments, IReadOnlyList<EquityPoint> Equity, EquityMetrics Metrics, int Trials);
