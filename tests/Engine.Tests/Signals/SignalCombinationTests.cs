using Granary.Engine.Orders;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Signals;

public sealed class SignalCombinationTests
{
    private static readonly OrderSide?[] Sides = [null, OrderSide.Buy, OrderSide.Sell];

    [Theory]
    [InlineData(MarketRegime.Normal, OrderSide.Buy, null, SignalAction.Long, 0.8, 0)]
    [InlineData(MarketRegime.Normal, null, OrderSide.Sell, SignalAction.Short, 0, 1.2)]
    [InlineData(MarketRegime.Normal, OrderSide.Sell, OrderSide.Sell, SignalAction.Short, 0.8, 1.2)]
    [InlineData(MarketRegime.Normal, OrderSide.Buy, OrderSide.Sell, SignalAction.Conflict, 0, 0)]
    [InlineData(MarketRegime.Normal, null, null, SignalAction.None, 0, 0)]
    [InlineData(MarketRegime.High, OrderSide.Buy, OrderSide.Sell, SignalAction.Long, 1, 0)]
    [InlineData(MarketRegime.High, null, OrderSide.Sell, SignalAction.None, 0, 0)]
    [InlineData(MarketRegime.Low, OrderSide.Buy, OrderSide.Sell, SignalAction.Short, 0, 1)]
    [InlineData(MarketRegime.Low, OrderSide.Buy, null, SignalAction.None, 0, 0)]
    [InlineData(MarketRegime.Unknown, OrderSide.Buy, OrderSide.Buy, SignalAction.None, 0, 0)]
    [InlineData(MarketRegime.Extreme, OrderSide.Buy, OrderSide.Buy, SignalAction.ForceFlat, 0, 0)]
    [InlineData(MarketRegime.Extreme, null, null, SignalAction.ForceFlat, 0, 0)]
    public void A_regime_lets_its_signals_through(
        MarketRegime regime, OrderSide? momentum, OrderSide? reversion, SignalAction action, double momentumFactor, double reversionFactor)
    {
        var decision = Combine(regime, momentum, reversion);
        (decision.Action, decision.Regime, decision.BarIndex).ShouldBe((action, regime, 7));
        List<SignalContribution> expected = [];
        if (momentumFactor > 0) expected.Add(new SignalContribution(SignalKind.Momentum, 1.25, momentumFactor));
        if (reversionFactor > 0) expected.Add(new SignalContribution(SignalKind.Reversion, 0.75, reversionFactor));
        decision.Contributions.ShouldBe(expected);
        (decision.Has(SignalKind.Momentum), decision.Has(SignalKind.Reversion)).ShouldBe((momentumFactor > 0, reversionFactor > 0));
    }

    [Fact]
    public void It_says_why()
    {
        Combine(MarketRegime.Normal, OrderSide.Buy, OrderSide.Sell).Conditions.ShouldBe([
            new(CombinationConditions.RegimeKnown, true, null, null), new(CombinationConditions.RegimeExtreme, false, null, null),
            new(CombinationConditions.MomentumAllowed, true, null, null), new(CombinationConditions.MomentumFires, true, 1.25, null),
            new(CombinationConditions.ReversionAllowed, true, null, null), new(CombinationConditions.ReversionFires, true, 0.75, null),
            new(CombinationConditions.SidesAgree, false, null, null)]);
        var high = Combine(MarketRegime.High, null, OrderSide.Sell);
        high[CombinationConditions.ReversionFires].Met.ShouldBe(true, "it fires, and is not allowed");
        high[CombinationConditions.ReversionAllowed].Met.ShouldBe(false);
        high[CombinationConditions.SidesAgree].Met.ShouldBeNull();
    }

    [Fact]
    public void Only_a_side_that_every_contribution_has_is_ever_opened()
    {
        foreach (var regime in Enum.GetValues<MarketRegime>())
        {
            foreach (var (momentum, reversion) in Sides.SelectMany(_ => Sides, (first, second) => (first, second)))
            {
                var decision = Combine(regime, momentum, reversion);
                var side = decision.Action switch { SignalAction.Long => OrderSide.Buy, SignalAction.Short => OrderSide.Sell, _ => (OrderSide?)null };
                (decision.Contributions.Count > 0).ShouldBe(side is not null);
                foreach (var contribution in decision.Contributions) (contribution.Signal == SignalKind.Momentum ? momentum : reversion).ShouldBe(side);
            }
        }
    }

    [Fact]
    public void Decisions_of_different_bars_and_wrong_factors_are_refused()
    {
        var (regime, momentum, reversion) = Decisions(MarketRegime.Normal, null, null);
        var (late, lateReversion) = (regime with { BarIndex = 8 }, reversion with { BarIndex = 8 });
        Should.Throw<ArgumentException>(() => SignalCombination.Combine(late, momentum, reversion, new())).ParamName.ShouldBe("momentum");
        Should.Throw<ArgumentException>(() => SignalCombination.Combine(regime, momentum, lateReversion, new())).ParamName.ShouldBe("reversion");
        Should.Throw<ArgumentException>(() => SignalCombination.Combine(regime, momentum, reversion, new CombinationOptions { MomentumFactor = 11 }))
            .Message.ShouldContain("MomentumFactor was 11, expected above 0 to 10");
    }

    private static CombinedDecision Combine(MarketRegime regime, OrderSide? momentum, OrderSide? reversion)
    {
        var (c, a, b) = Decisions(regime, momentum, reversion);
        return SignalCombination.Combine(c, a, b, new CombinationOptions());
    }

    private static (RegimeDecision Regime, MomentumDecision Momentum, ReversionDecision Reversion) Decisions(
        MarketRegime regime, OrderSide? momentum, OrderSide? reversion) => (
        new RegimeDecision(7, regime, null, null, null, null, null, null, null, []),
        new MomentumDecision(7, true, momentum, momentum is null ? 0 : 1.25, false, false, []),
        new ReversionDecision(7, true, reversion, reversion is null ? 0 : 0.75, false, 0.01, 0.01, 0, VolumeDecline.Strict, []));
}
