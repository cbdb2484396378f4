using Granary.Engine.Orders;
using Granary.Engine.Rules;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Rules;

public sealed class RuleCombinationTests
{
    [Theory]
    [InlineData(MarketRegime.Normal, SignalAction.None, "B", SignalAction.Long, 1)]
    [InlineData(MarketRegime.High, SignalAction.None, "S", SignalAction.Short, 1)]
    [InlineData(MarketRegime.Low, SignalAction.None, "BB", SignalAction.Long, 2)]
    [InlineData(MarketRegime.Normal, SignalAction.None, "BS", SignalAction.Conflict, 0)]
    [InlineData(MarketRegime.Normal, SignalAction.None, "BSB", SignalAction.Conflict, 0)]
    [InlineData(MarketRegime.Normal, SignalAction.None, "--", SignalAction.None, 0)]
    [InlineData(MarketRegime.Normal, SignalAction.Long, "B", SignalAction.Long, 2)]
    [InlineData(MarketRegime.Normal, SignalAction.Long, "S", SignalAction.Conflict, 0)]
    [InlineData(MarketRegime.Normal, SignalAction.Long, "-", SignalAction.Long, 1)]
    [InlineData(MarketRegime.Normal, SignalAction.Conflict, "B", SignalAction.Conflict, 0)]
    [InlineData(MarketRegime.Extreme, SignalAction.ForceFlat, "B", SignalAction.ForceFlat, 0)]
    [InlineData(MarketRegime.Unknown, SignalAction.None, "B", SignalAction.None, 0)]
    public void Rules_join_the_signals(MarketRegime regime, SignalAction signals, string sides, SignalAction action, int contributions)
    {
        var combined = RuleCombination.Add(Signals(regime, signals), hasRegime: true, [.. sides.Select(Rule)]);
        (combined.Action, combined.Contributions.Count).ShouldBe((action, contributions));
        combined.Conditions.Count.ShouldBe(sides.Length + 1);
        combined[RuleCombination.Fires("R0")].Met.ShouldBe(sides[0] != '-');
    }

    [Fact]
    public void Without_a_regime_nothing_filters()
    {
        var combined = RuleCombination.Add(Signals(MarketRegime.Unknown, SignalAction.None), hasRegime: false, [Rule('S', 0)]);
        combined.Action.ShouldBe(SignalAction.Short);
        combined.Contributions.ShouldBe([new SignalContribution(SignalKind.Rule, 1.25, 1, "R0", 0.01)]);
    }

    [Fact]
    public void No_rule_changes_nothing_at_all()
    {
        var signals = Signals(MarketRegime.Normal, SignalAction.Long);
        RuleCombination.Add(signals, true, []).ShouldBeSameAs(signals);
    }

    [Fact]
    public void A_decision_of_another_bar_is_refused() =>
        Should.Throw<ArgumentException>(() => RuleCombination.Add(Signals(MarketRegime.Normal, SignalAction.None), true, [Rule('B', 0) with { BarIndex = 6 }]));

    private static CombinedDecision Signals(MarketRegime regime, SignalAction action) =>
        new(7, regime, action, action is SignalAction.Long or SignalAction.Short ? [new SignalContribution(SignalKind.Momentum, 1, 0.8)] : [], []);

    private static RuleDecision Rule(char side, int number) => new(
        $"R{number}", 7, side == 'B' ? OrderSide.Buy : side == 'S' ? OrderSide.Sell : null, side == '-' ? 0 : 1.25, false, side == '-' ? null : 0.01, []);
}
