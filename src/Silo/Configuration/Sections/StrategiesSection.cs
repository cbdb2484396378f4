using Granary.Engine.Protection;
using Granary.Engine.Rules;
using Granary.Engine.Signals;
using Granary.Engine.Sizing;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>Parameters of the strategies.</summary>
public sealed record StrategiesSection
{
    /// <summary>The volatility regime.</summary>
    public RegimeOptions Regime { get; init; } = new();

    /// <summary>Order-flow momentum.</summary>
    public MomentumOptions Momentum { get; init; } = new();

    /// <summary>VWAP mean reversion.</summary>
    public ReversionOptions Reversion { get; init; } = new();

    /// <summary>Their combination.</summary>
    public CombinationOptions Combination { get; init; } = new();

    /// <summary>Parameters of rules, which a symbol's list of strategies names; rules with their parameters, default none.</summary>
    public IReadOnlyList<RuleSpec> Rules { get; init; } = [];

    /// <summary>What the regime multiplies sizes with.</summary>
    public RegimeFactors RegimeFactors { get; init; } = new();

    /// <summary>Protection of open positions; entries are sized, and stops at the venue are placed, with its hard stop.</summary>
    public GuardParameters Guard { get; init; } = new();

    /// <summary>Span of the order flow imbalance's average that protection looks at, bars; 1 to 10,000, default 5.</summary>
    [Within(1, 10_000)]
    public int StopOfiLookback { get; init; } = 5;

    /// <summary>Whether exits count as resting, with the maker fee, when expected profit is held against fees; the engine leaves at market; true, false, default false.</summary>
    public bool ExitsAreMaker { get; init; }
}
