using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Signals;
using Granary.Engine.Sizing;
using Granary.Engine.Tests.Signals;

namespace Granary.Engine.Tests.Decisions;

public sealed class EntryIntentTests
{
    private static readonly DecisionOptions Options = new() { RegimeFactors = new RegimeFactors { High = 0.4m } };
    private static readonly FeatureBar Bar = SignalScenes.Bars(1)[^1];

    [Theory]
    [InlineData(1.2, 0.8, SignalNames.Momentum)]
    [InlineData(1.2, 0.7999, SignalNames.Momentum)]
    [InlineData(1.2, 0.8001, SignalNames.Reversion)]
    public void The_strongest_contribution_is_the_one_that_adds_most_to_the_size(double momentum, double reversion, string strongest)
    {
        var intent = Of(Combined(SignalAction.Long, A(momentum), B(reversion)))!;
        (intent.Strategy, intent.Side).ShouldBe((strongest, OrderSide.Buy));
        intent.Signals.ShouldBe([new ProposalSignal("momentum", momentum, 0.8), new ProposalSignal("reversion", reversion, 1.2)]);
    }

    [Theory]
    [InlineData(SignalAction.None)]
    [InlineData(SignalAction.Conflict)]
    [InlineData(SignalAction.ForceFlat)]
    public void Nothing_is_asked_for_without_a_side(SignalAction action) => Of(Combined(action)).ShouldBeNull();

    [Fact]
    public void Nothing_is_asked_for_on_an_incomplete_bar() =>
        EntryIntent.Of(null, Combined(SignalAction.Long, A(1)), Bar with { Bar = Bar.Bar with { IsComplete = false } }, Options).ShouldBeNull();

    [Fact]
    public void The_regime_scales_the_size_and_one_that_is_not_asked_does_not()
    {
        Of(Combined(SignalAction.Short, A(1)), MarketRegime.High)!.RegimeFactor.ShouldBe(0.4);
        Of(Combined(SignalAction.Short, A(1)), MarketRegime.Unknown)!.RegimeFactor.ShouldBe(0);
        EntryIntent.Of(null, Combined(SignalAction.Short, A(1)), Bar, Options)!.RegimeFactor.ShouldBe(1);
    }

    [Theory]
    [InlineData(3.0, -0.0011, 0.0007)]
    [InlineData(3.0, 0.0003, -0.0001)]
    [InlineData(null, null, null)]
    public void Profit_is_an_ATR_or_the_way_back_and_unknown_without_its_feature(double? atr, double? deviation, double? wayBack)
    {
        var bar = Bar with { Features = Bar.Features with { Atr = atr, VwapDeviation = deviation } };
        EntryIntent.Profit(A(1), bar, Options).ShouldBe(atr / (double)bar.Bar.Close);
        var profit = EntryIntent.Profit(B(1), bar, Options);
        if (wayBack is { } expected) profit!.Value.ShouldBe(expected, 1e-15);
        else profit.ShouldBeNull();
    }

    [Fact]
    public void The_proposal_says_all_that_the_gate_needs()
    {
        var proposal = Of(Combined(SignalAction.Short, A(1.1)))!.ToProposal("main", "BTCUSDT", 3, true, "why");
        proposal.IntentId.ShouldBe(FormattableString.Invariant($"momentum/BTCUSDT/{Bar.Bar.Index}/entry"));
        (proposal.Kind, proposal.Side, proposal.Quantity, proposal.OrderType).ShouldBe((ProposalKind.Entry, OrderSide.Sell, null, OrderType.Market));
        (proposal.ReferencePrice, proposal.MarketTimeMs, proposal.BarIndex, proposal.Atr).ShouldBe((Bar.Bar.Close, Bar.Bar.CloseTimeMs, Bar.Bar.Index, Bar.Features.Atr));
        (proposal.LeverageCap, proposal.IsExitMaker, proposal.Strength, proposal.Why).ShouldBe((3, true, 1.1, "why"));
        proposal.ExpectedProfit.ShouldBe(EntryIntent.Profit(A(1), Bar, Options));
        proposal.Signals.Count.ShouldBe(1);
    }

    private static EntryIntent? Of(CombinedDecision combined, MarketRegime regime = MarketRegime.Normal) => EntryIntent.Of(
        new RegimeDecision(Bar.Bar.Index, regime, null, null, null, null, null, null, null, []), combined, Bar, Options);

    private static CombinedDecision Combined(SignalAction action, params SignalContribution[] contributions) =>
        new(Bar.Bar.Index, MarketRegime.Normal, action, contributions, []);

    private static SignalContribution A(double strength) => new(SignalKind.Momentum, strength, 0.8);

    private static SignalContribution B(double strength) => new(SignalKind.Reversion, strength, 1.2);
}
