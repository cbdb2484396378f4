using Granary.Engine.Signals;
using Granary.Engine.Sizing;

namespace Granary.Engine.Decisions;

/// <summary>How a symbol's signals become entries and exits.</summary>
public sealed record DecisionOptions
{
    /// <summary>Parameters of the signals.</summary>
    public SignalOptions Signals { get; init; } = new();

    /// <summary>What the regime multiplies sizes with (formulas §4.1).</summary>
    public RegimeFactors RegimeFactors { get; init; } = new();

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is missing or outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Signals);
        ArgumentNullException.ThrowIfNull(RegimeFactors);
        Signals.Validate();
        RegimeFactors.Validate();
    }
}
