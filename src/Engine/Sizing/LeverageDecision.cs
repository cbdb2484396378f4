namespace Granary.Engine.Sizing;

/// <summary>A leverage and how it came about.</summary>
/// <param name="Leverage">The leverage to set, a whole number.</param>
/// <param name="Wanted">Target over realised volatility before bounds and rounding; null when there is no ratio, or one beyond every number.</param>
/// <param name="Bound">What decided it.</param>
public readonly record struct LeverageDecision(int Leverage, double? Wanted, LeverageBound Bound);
