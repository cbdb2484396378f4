namespace Granary.Engine.Signals;

/// <summary>What the signals together say about one bar (formulas §3.4).</summary>
/// <param name="BarIndex">The bar.</param>
/// <param name="Regime">The regime.</param>
/// <param name="Action">What is asked for.</param>
/// <param name="Contributions">The signals that ask for it, momentum first, rules last; empty unless the action is Long or Short. Their sizes add up to the caps.</param>
/// <param name="Conditions">Every condition: order and names are <see cref="CombinationConditions"/>, then those of the rules.</param>
public sealed record CombinedDecision(
    long BarIndex, MarketRegime Regime, SignalAction Action, IReadOnlyList<SignalContribution> Contributions, IReadOnlyList<Condition> Conditions)
{
    /// <summary>The condition of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Condition this[string name] => Conditions.Named(name);

    /// <summary>Whether a signal contributes.</summary>
    public bool Has(SignalKind signal)
    {
        for (var i = 0; i < Contributions.Count; i++)
        {
            if (Contributions[i].Signal == signal) return true;
        }
        return false;
    }
}
