namespace Granary.Backtest.Validation;

/// <summary>Whether decisions depend on what comes after them, or on how much came before.</summary>
/// <param name="Cuts">Moments at which the tape was cut off.</param>
/// <param name="Leaks">Cuts at which the orders up to then were others than with the whole tape.</param>
/// <param name="FirstLeakMs">The first of them, milliseconds since the Unix epoch, UTC; null without one.</param>
/// <param name="FirstLeak">What differed there: the order with the whole tape, and without its future. Empty without one.</param>
/// <param name="WarmUps">How orders depend on the length of the warm-up.</param>
public sealed record LeakReport(int Cuts, int Leaks, long? FirstLeakMs, string FirstLeak, IReadOnlyList<WarmUpReport> WarmUps)
{
    /// <summary>Whether a decision saw the future.</summary>
    public bool LooksAhead => Leaks > 0;
}
