using System.Text.Json.Serialization;
using Granary.Engine.Rules;
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

    /// <summary>
    /// Who is asked, by name: regime, momentum, reversion and rules of <see cref="RuleCatalog"/>; default the three signals. Without the regime there is no
    /// filter and no size factor. Reversion rests on the two others and needs both.
    /// </summary>
    public IReadOnlyList<string> Strategies { get; init; } = SignalNames.All;

    /// <summary>Parameters of rules; one that is asked and not listed has its defaults.</summary>
    public IReadOnlyList<RuleSpec> Rules { get; init; } = [];

    /// <summary>The rules that are asked, in the order of <see cref="Strategies"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<RuleSpec> AskedRules => StrategyList.RulesOf(Strategies, Rules);

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is missing or outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Signals);
        ArgumentNullException.ThrowIfNull(RegimeFactors);
        Signals.Validate();
        RegimeFactors.Validate();
        if (StrategyList.Complaint(Strategies) is { } complaint) throw new ArgumentException(complaint, nameof(Strategies));
        foreach (var rule in Rules) rule.Validate();
    }
}
