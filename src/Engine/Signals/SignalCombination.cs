using Granary.Engine.Orders;

namespace Granary.Engine.Signals;

/// <summary>One decision out of the regime's, momentum's and mean reversion's (formulas §3.4). Mean reversion has been blocked by the trend before.</summary>
public static class SignalCombination
{
    /// <summary>Combines the decisions of one bar.</summary>
    /// <exception cref="ArgumentException">The decisions are of different bars, or an option is outside its range; the message names which.</exception>
    public static CombinedDecision Combine(RegimeDecision regime, MomentumDecision momentum, ReversionDecision reversion, CombinationOptions options)
    {
        ArgumentNullException.ThrowIfNull(regime);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        KernelChecks.RequireSameBar(regime.BarIndex, momentum.BarIndex, nameof(momentum));
        KernelChecks.RequireSameBar(regime.BarIndex, reversion.BarIndex, nameof(reversion));

        var isNormal = regime.Regime == MarketRegime.Normal;
        var allowsMomentum = isNormal || regime.Regime == MarketRegime.High;
        var allowsReversion = isNormal || regime.Regime == MarketRegime.Low;
        var momentumSide = allowsMomentum ? momentum.Side : null;
        var reversionSide = allowsReversion ? reversion.Side : null;
        bool? agree = momentumSide is null || reversionSide is null ? null : momentumSide == reversionSide;
        Condition[] conditions =
        [
            new(CombinationConditions.RegimeKnown, regime.Regime != MarketRegime.Unknown, null, null),
            new(CombinationConditions.RegimeExtreme, regime.Regime == MarketRegime.Extreme, null, null),
            new(CombinationConditions.MomentumAllowed, allowsMomentum, null, null),
            Fires(CombinationConditions.MomentumFires, momentum.Valid, momentum.Side, momentum.Strength),
            new(CombinationConditions.ReversionAllowed, allowsReversion, null, null),
            Fires(CombinationConditions.ReversionFires, reversion.Valid, reversion.Side, reversion.Strength),
            new(CombinationConditions.SidesAgree, agree, null, null),
        ];

        var action = regime.Regime == MarketRegime.Extreme ? SignalAction.ForceFlat
            : agree == false ? SignalAction.Conflict
            : (momentumSide ?? reversionSide) switch
            {
                OrderSide.Buy => SignalAction.Long,
                OrderSide.Sell => SignalAction.Short,
                _ => SignalAction.None,
            };
        if (action is not (SignalAction.Long or SignalAction.Short)) return new CombinedDecision(regime.BarIndex, regime.Regime, action, [], conditions);

        var first = new SignalContribution(SignalKind.Momentum, momentum.Strength, isNormal ? options.MomentumFactor : 1);
        var second = new SignalContribution(SignalKind.Reversion, reversion.Strength, isNormal ? options.ReversionFactor : 1);
        SignalContribution[] contributions = momentumSide is null ? [second] : reversionSide is null ? [first] : [first, second];
        return new CombinedDecision(regime.BarIndex, regime.Regime, action, contributions, conditions);
    }

    /// <summary>What momentum says alone, where no regime is asked: there is no filter and no size factor.</summary>
    public static CombinedDecision Unfiltered(MomentumDecision momentum)
    {
        ArgumentNullException.ThrowIfNull(momentum);
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
            Fires(CombinationConditions.MomentumFires, momentum.Valid, momentum.Side, momentum.Strength),
        ];
        return new CombinedDecision(momentum.BarIndex, MarketRegime.Unknown, action, contributions, conditions);
    }

    private static Condition Fires(string name, bool isValid, OrderSide? side, double strength) =>
        new(name, isValid ? side is not null : null, side is null ? null : strength, null);
}
