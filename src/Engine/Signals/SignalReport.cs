namespace Granary.Engine.Signals;

/// <summary>What every signal of a symbol says about one bar.</summary>
/// <param name="BarIndex">The bar.</param>
/// <param name="Regime">Signal C (formulas §3.3).</param>
/// <param name="Momentum">Signal A (§3.1).</param>
/// <param name="Reversion">Signal B (§3.2).</param>
/// <param name="Combined">The decision made of them (§3.4).</param>
/// <param name="EmaOfiStop">Average order flow imbalance that protection looks at (§4.3), -1 to 1; it may be used once <paramref name="IsStopWarm"/>.</param>
/// <param name="IsStopWarm">Whether that average has seen as many bars as its span.</param>
public sealed record SignalReport(
    long BarIndex, RegimeDecision Regime, MomentumDecision Momentum, ReversionDecision Reversion, CombinedDecision Combined, double EmaOfiStop,
    bool IsStopWarm);
