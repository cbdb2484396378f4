namespace Granary.Backtest.Validation;

/// <summary>One parameter moved.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Change">The share that it was moved by, for example -0.3.</param>
/// <param name="Value">Its value then.</param>
/// <param name="Score">The score then; null where undefined.</param>
public sealed record SensitivityPoint(string Parameter, double Change, double Value, double? Score);
