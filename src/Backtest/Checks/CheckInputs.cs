using Granary.Backtest.Execution;
using Granary.Backtest.Reports;
using Granary.Backtest.Validation;

namespace Granary.Backtest.Checks;

/// <summary>What the checks know besides the run itself.</summary>
/// <param name="Execution">What trading was taken to cost.</param>
/// <param name="Parameters">Parameters that were, or could have been, fitted; 0 or more.</param>
public sealed record CheckInputs(ExecutionOptions Execution, int Parameters)
{
    /// <summary>The same run with more slippage; empty when it was not made.</summary>
    public IReadOnlyList<SensitivityReport> Sensitivity { get; init; } = [];

    /// <summary>What cutting the tape and shortening the warm-up showed; null when it was not tried.</summary>
    public LeakReport? Leaks { get; init; }
}
