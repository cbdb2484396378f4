namespace Granary.Backtest.Parity;

/// <summary>One difference between the live run and the backtest.</summary>
/// <param name="Kind">What it comes from.</param>
/// <param name="Subject">The order or decision, by its intent; or the symbol.</param>
/// <param name="Field">What differs.</param>
/// <param name="Live">The live run's.</param>
/// <param name="Backtest">The backtest's.</param>
public sealed record OverlayDifference(DifferenceKind Kind, string Subject, string Field, string Live, string Backtest);
