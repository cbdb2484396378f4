namespace Granary.Engine.Signals;

/// <summary>What one signal adds to a decision.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Strength">Its strength, 0.5 to 1.5 (formulas §3.5).</param>
/// <param name="SizeFactor">What its size is multiplied with (formulas §3.4).</param>
/// <param name="Rule">The rule's name; null unless the signal is one.</param>
/// <param name="ExpectedProfit">What the rule expects to gain, a fraction of the price; null when it does not say, and for the engine's own signals.</param>
public readonly record struct SignalContribution(
    SignalKind Signal, double Strength, double SizeFactor, string? Rule = null, double? ExpectedProfit = null);
