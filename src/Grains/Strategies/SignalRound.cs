using System.Text.Json.Serialization;
using Granary.Engine.Orders;
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
    /// <summary>What is asked for.</summary>
    [JsonIgnore]
    public SignalAction Action => Combined.Action;

    /// <summary>Combines the answers to one bar (formulas §3.4).</summary>
    /// <param name="barIndex">The bar.</param>
    /// <param name="asked">Names of the strategies that were asked. Without the regime among them there is no regime filter and no size factor.</param>
    /// <param name="regime">The regime's answer, or null.</param>
    /// <param name="momentum">Momentum's answer, or null.</param>
    /// <param name="reversion">Mean reversion's answer, or null.</param>
    /// <param name="options">Parameters of the combination.</param>
    /// <exception cref="ArgumentException">An answer is about another bar, or an option is outside its range.</exception>
    public static SignalRound Combine(
        long barIndex, IReadOnlyList<string> asked, RegimeDecision? regime, MomentumDecision? momentum, ReversionDecision? reversion,
        CombinationOptions options)
    {
        var silent = asked.Where(name => name switch
        {
            StrategyNames.Regime => regime is null,
            StrategyNames.Momentum => momentum is null,
            _ => reversion is null,
        }).ToArray();

        // One that did not answer might have contradicted the others: then only the regime's command to close everything counts.
        var isWhole = silent.Length == 0;
        var first = isWhole && momentum is not null ? momentum : new MomentumDecision(barIndex, false, null, 0, false, false, []);
        var second = isWhole && reversion is not null
            ? reversion
            : new ReversionDecision(barIndex, false, null, 0, null, null, null, 0, VolumeDecline.Strict, []);
        var combined = regime is not null ? SignalCombination.Combine(regime, first, second, options) : Unfiltered(barIndex, first);
        return new SignalRound(barIndex, regime, momentum, reversion, combined, isWhole ? null : silent);
    }

    private static CombinedDecision Unfiltered(long barIndex, MomentumDecision momentum)
    {
        var action = momentum.Side switch
        {
            OrderSide.Buy => SignalAction.Long,
            OrderSide.Sell => SignalAction.Short,
            _ => SignalAction.None,
        };
        SignalContribution[] contributions = momentum.Side is null ? [] : [new SignalContribution(SignalKind.Momentum, momentum.Strength, 1)];
        Condition[] conditions =
        [
            new(CombinationConditions.RegimeKnown, false, null, null),
            new(CombinationConditions.MomentumFires, momentum.Valid ? momentum.Side is not null : null, momentum.Side is null ? null : momentum.Strength, null),
        ];
        return new CombinedDecision(barIndex, MarketRegime.Unknown, action, contributions, conditions);
    }
}
