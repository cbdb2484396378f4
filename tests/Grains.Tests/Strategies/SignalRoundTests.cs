using Granary.Engine.Orders;
using Granary.Engine.Rules;
using Granary.Engine.Signals;
using Granary.Grains.Strategies;

namespace Granary.Grains.Tests.Strategies;

/// <summary>What comes of the answers of those strategies that were asked, and did answer.</summary>
public sealed class SignalRoundTests
{
    [Theory]
    [InlineData(MarketRegime.Normal, OrderSide.Buy, OrderSide.Buy, SignalAction.Long, 2)]
    [InlineData(MarketRegime.Normal, OrderSide.Sell, null, SignalAction.Short, 1)]
    [InlineData(MarketRegime.Normal, OrderSide.Buy, OrderSide.Sell, SignalAction.Conflict, 0)]
    [InlineData(MarketRegime.Low, OrderSide.Buy, null, SignalAction.None, 0)]
    [InlineData(MarketRegime.Low, OrderSide.Buy, OrderSide.Sell, SignalAction.Short, 1)]
    [InlineData(MarketRegime.Extreme, OrderSide.Buy, OrderSide.Buy, SignalAction.ForceFlat, 0)]
    [InlineData(MarketRegime.Unknown, OrderSide.Buy, OrderSide.Buy, SignalAction.None, 0)]
    public void All_three_are_combined(MarketRegime regime, OrderSide? momentum, OrderSide? reversion, SignalAction action, int contributions)
    {
        var round = Combine(StrategyNames.All, Regime(regime), Momentum(momentum), Reversion(reversion));
        (round.Action, round.Combined.Contributions.Count, round.Silent).ShouldBe((action, contributions, null));
    }

    [Fact]
    public void Momentum_alone_trades_in_every_regime_and_at_full_size()
    {
        var round = Combine([StrategyNames.Momentum], null, Momentum(OrderSide.Sell), null);
        (round.Action, round.Combined.Contributions.Single(), round.Silent).ShouldBe((SignalAction.Short, new SignalContribution(SignalKind.Momentum, 1, 1), null));
        Combine([StrategyNames.Momentum], null, Momentum(null), null).Action.ShouldBe(SignalAction.None);
    }

    [Fact]
    public void Without_reversion_the_regime_filters_momentum()
    {
        string[] asked = [StrategyNames.Regime, StrategyNames.Momentum];
        Combine(asked, Regime(MarketRegime.High), Momentum(OrderSide.Buy), null).Action.ShouldBe(SignalAction.Long);
        Combine(asked, Regime(MarketRegime.Low), Momentum(OrderSide.Buy), null).Action.ShouldBe(SignalAction.None);
    }

    [Theory]
    [InlineData(StrategyNames.Regime)]
    [InlineData(StrategyNames.Momentum)]
    [InlineData(StrategyNames.Reversion)]
    public void Nothing_is_opened_while_one_of_them_is_silent(string silent)
    {
        var round = Combine(
            StrategyNames.All, silent == StrategyNames.Regime ? null : Regime(MarketRegime.Normal),
            silent == StrategyNames.Momentum ? null : Momentum(OrderSide.Buy), silent == StrategyNames.Reversion ? null : Reversion(OrderSide.Buy));
        round.Action.ShouldBe(SignalAction.None);
        round.Silent.ShouldBe([silent]);
    }

    [Fact]
    public void An_extreme_regime_closes_everything_whoever_is_silent()
    {
        var round = Combine(StrategyNames.All, Regime(MarketRegime.Extreme), null, null);
        round.Action.ShouldBe(SignalAction.ForceFlat);
        round.Silent.ShouldBe([StrategyNames.Momentum, StrategyNames.Reversion]);
    }

    [Fact]
    public void A_rule_joins_and_one_that_is_silent_lets_nothing_open()
    {
        string[] asked = [.. StrategyNames.All, "Breakout"];
        var rule = new RuleDecision("Breakout", 7, OrderSide.Buy, 1, false, null, []);
        var round = SignalRound.Combine(7, asked, Regime(MarketRegime.Normal), Momentum(OrderSide.Buy), Reversion(null), [rule], new CombinationOptions());
        (round.Action, round.Combined.Contributions.Count, round.Silent).ShouldBe((SignalAction.Long, 2, null));
        round = SignalRound.Combine(7, asked, Regime(MarketRegime.Normal), Momentum(OrderSide.Buy), Reversion(null), [], new CombinationOptions());
        (round.Action, round.Silent!.Single()).ShouldBe((SignalAction.None, "Breakout"));
    }

    private static SignalRound Combine(IReadOnlyList<string> asked, RegimeDecision? regime, MomentumDecision? momentum, ReversionDecision? reversion) =>
        SignalRound.Combine(7, asked, regime, momentum, reversion, [], new CombinationOptions());

    private static RegimeDecision Regime(MarketRegime regime) => new(7, regime, null, null, null, null, null, null, null, []);

    private static MomentumDecision Momentum(OrderSide? side, double strength = 1) => new(7, true, side, side is null ? 0 : strength, false, false, []);

    private static ReversionDecision Reversion(OrderSide? side, double strength = 1) =>
        new(7, true, side, side is null ? 0 : strength, false, 0.001, 0.001, 0, VolumeDecline.Strict, []);
}
