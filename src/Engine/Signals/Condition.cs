namespace Granary.Engine.Signals;

/// <summary>One condition of a signal as an operator reads it.</summary>
/// <param name="Name">What is compared and for which side, for example "ema_ofi long".</param>
/// <param name="Met">Whether it holds; null while its value is warming up.</param>
/// <param name="Value">The value compared; null when there is none (warming up, or a ratio to nothing).</param>
/// <param name="Threshold">What the value was compared with.</param>
public sealed record Condition(string Name, bool? Met, double? Value, double? Threshold);
