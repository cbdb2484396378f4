using Granary.Backtest.Validation;

namespace Granary.Backtest.Reports;

/// <summary>What validation adds to a tear sheet; what is null has no chart.</summary>
public sealed record TearSheetExtras
{
    /// <summary>A measure over two parameters.</summary>
    public ParameterSurface? Parameters { get; init; }

    /// <summary>Bootstrapped paths.</summary>
    public MonteCarloResult? MonteCarlo { get; init; }

    /// <summary>Out-of-sample segments.</summary>
    public WalkForwardResult? WalkForward { get; init; }

    /// <summary>What was run, where the configuration of signals does not say it; null for the strategy and its symbols.</summary>
    public string? Title { get; init; }

    /// <summary>How it was traded, beside the title; null for the fill model.</summary>
    public string? Note { get; init; }

    /// <summary>Numbers of this kind of run alone, listed before the common ones.</summary>
    public IReadOnlyList<NamedNumber> Numbers { get; init; } = [];

    /// <summary>Sentences that must not be overlooked, for example that a test set was used again.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
