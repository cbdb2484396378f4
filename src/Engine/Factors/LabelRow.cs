namespace Granary.Engine.Factors;

/// <summary>What came after a minute (formulas §6.7): for training and judging a model, never for a decision in that minute.</summary>
/// <param name="OpenTimeMs">The minute's open time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="ForwardReturns">For each horizon ln C(t+h) - ln C(t); null in the last h minutes.</param>
/// <param name="Rises">For each horizon whether that return is above 0; null in the last h minutes.</param>
public sealed record LabelRow(long OpenTimeMs, IReadOnlyList<double?> ForwardReturns, IReadOnlyList<bool?> Rises);
