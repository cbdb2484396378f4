namespace Granary.Engine.Sizing;

/// <summary>What one signal brings to the size of a position that several signals ask for.</summary>
/// <param name="Strength">Signal strength, 0.5 to 1.5 (formulas §3.5).</param>
/// <param name="KellyFactor">Kelly factor of that signal's trades, 0.1 to 1 (formulas §4.2).</param>
/// <param name="SizeFactor">Weight of the signal in the regime, for example 0.8 or 1.2 (formulas §3.4).</param>
public readonly record struct SignalSize(decimal Strength, decimal KellyFactor, decimal SizeFactor);
