using Granary.Engine.Orders;
using Granary.Engine.Signals;

namespace Granary.Engine.Rules;

/// <summary>
/// Adds the rules to what the engine's own signals together say about a bar. A rule opens in every regime that is known and not extreme; those that fire must
/// point to one side, that of the signals when these ask for one. With no rule the decision stays what it was.
/// </summary>
public static class RuleCombination
{
    /// <summary>Name of the condition that all who fire point to one side; null while fewer than two do.</summary>
    public const string SidesAgree = "rules agree";

    /// <summary>Name of the condition that a rule fires; its value is the strength, null while it does not.</summary>
    public static string Fires(string rule) => $"{rule} fires";

    /// <summary>Combines.</summary>
    /// <param name="signals">What the engine's own signals say (formulas §3.4).</param>
    /// <param name="hasRegime">Whether the regime is asked at all; without it there is no filter.</param>
    /// <param name="rules">What each rule says about the same bar.</param>
    /// <exception cref="ArgumentException">A decision is of another bar.</exception>
    public static CombinedDecision Add(CombinedDecision signals, bool hasRegime, IReadOnlyList<RuleDecision> rules)
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Count == 0) return signals;
        foreach (var rule in rules) KernelChecks.RequireSameBar(signals.BarIndex, rule.BarIndex, nameof(rules));

        var mayOpen = (!hasRegime || signals.Regime != MarketRegime.Unknown) && signals.Action is not (SignalAction.ForceFlat or SignalAction.Conflict);
        OrderSide? side = signals.Action switch
        {
            SignalAction.Long => OrderSide.Buy,
            SignalAction.Short => OrderSide.Sell,
            _ => null,
        };
        var contributions = new List<SignalContribution>(signals.Contributions);
        var conditions = new List<Condition>(signals.Conditions);
        bool? agree = null;
        foreach (var rule in rules)
        {
            conditions.Add(new Condition(Fires(rule.Rule), rule.Side is not null, rule.Side is null ? null : rule.Strength, null));
            if (!mayOpen || rule.Side is null) continue;
            if (side is not null) agree = agree != false && side == rule.Side;
            side ??= rule.Side;
            contributions.Add(new SignalContribution(SignalKind.Rule, rule.Strength, 1, rule.Rule, rule.ExpectedProfit));
        }

        conditions.Add(new Condition(SidesAgree, agree, null, null));
        if (!mayOpen) return signals with { Conditions = conditions };
        if (agree == false) return signals with { Action = SignalAction.Conflict, Contributions = [], Conditions = conditions };
        var action = side switch
        {
            OrderSide.Buy => SignalAction.Long,
            OrderSide.Sell => SignalAction.Short,
            _ => SignalAction.None,
        };
        return signals with { Action = action, Contributions = contributions, Conditions = conditions };
    }
}
