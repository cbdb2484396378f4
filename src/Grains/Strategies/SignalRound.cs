using System.Text.Json.Serialization;
using Granary.Engine.Rules;
using Granary.Engine.Signals;

namespace Granary.Grains.Strategies;

/// <summary>What the strategies of a symbol, each by itself and together, say about one bar. Its JSON is the explanation of the decision.</summary>
/// <param name="BarIndex">The bar.</param>
/// <param name="Regime">Signal C; null when it is not asked or did not answer.</param>
/// <param name="Momentum">Signal A; null when it is not asked or did not answer.</param>
/// <param name="Reversion">Signal B; null when it is not asked or did not answer.</param>
/// <param name="Combined">What they ask for together.</param>
/// <param name="Silent">The strategies that were asked and did not answer; null when all did. Nothing is opened without one of them.</param>
public sealed record SignalRound(
    long BarIndex, RegimeDecision? Regime, MomentumDecision? Momentum, ReversionDecision? Reversion, CombinedDecision Combined,
    IReadOnlyList<string>? Silent)
{
    /// <summary>The answers of the rules, in the order in which they were asked; those that did not answer are missing.</summary>
    public IReadOnlyList<RuleDecision> Rules { get; init; } = [];

    /// <summary>What is asked for.</summary>
    [JsonIgnore]
    public SignalAction Action => Combined.Action;

    /// <summary>Combines the answers to one bar (formulas §3.4).</summary>
    /// <param name="barIndex">The bar.</param>
    /// <param name="asked">Names of the strategies that were asked. Without the regime among them there is no regime filter and no size factor.</param>
    /// <param name="regime">The regime's answer, or null.</param>
    /// <param name="momentum">Momentum's answer, or null.</param>
    /// <param name="reversion">Mean reversion's answer, or null.</param>
    /// <param name="rules">The answers of the rules that answered.</param>
    /// <param name="options">Parameters of the combination.</param>
    /// <exception cref="ArgumentException">An answer is about another bar, or an option is outside its range.</exception>
    public static SignalRound Combine(
        long barIndex, IReadOnlyList<string> asked, RegimeDecision? regime, MomentumDecision? momentum, ReversionDecision? reversion,
        IReadOnlyList<RuleDecision> rules, CombinationOptions options)
    {
        var silent = asked.Where(name => name switch
        {
            StrategyNames.Regime => regime is null,
            StrategyNames.Momentum => momentum is null,
            StrategyNames.Reversion => reversion is null,
            _ => !rules.Any(r => r.Rule == name),
        }).ToArray();

        // One that did not answer might have contradicted the others: then only the regime's command to close everything counts.
        var isWhole = silent.Length == 0;
        var first = isWhole && momentum is not null ? momentum : MomentumDecision.None(barIndex);
        var second = isWhole && reversion is not null ? reversion : ReversionDecision.None(barIndex);
        var combined = regime is not null ? SignalCombination.Combine(regime, first, second, options) : SignalCombination.Unfiltered(first);
        if (isWhole) combined = RuleCombination.Add(combined, regime is not null, rules);
        return new SignalRound(barIndex, regime, momentum, reversion, combined, isWhole ? null : silent) { Rules = rules };
    }
}
