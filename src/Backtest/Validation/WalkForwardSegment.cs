namespace Granary.Backtest.Validation;

/// <summary>One window of a walk-forward analysis.</summary>
/// <param name="TrainFromMs">First moment that parameters were chosen on.</param>
/// <param name="TestFromMs">First moment that they were tested on; the end of choosing.</param>
/// <param name="TestToMs">End of testing, exclusive.</param>
/// <param name="Parameters">What was chosen.</param>
/// <param name="TrainScore">The score chosen by; null when undefined.</param>
/// <param name="TestScore">The same on the test; null when undefined.</param>
/// <param name="TestNetPnl">Change of equity in the test, quote units.</param>
/// <param name="TestTrades">Trades closed in the test.</param>
public sealed record WalkForwardSegment(
    long TrainFromMs, long TestFromMs, long TestToMs, IReadOnlyDictionary<string, double> Parameters, double? TrainScore, double? TestScore,
    decimal TestNetPnl, int TestTrades);
