using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Engine.Sizing;

namespace Granary.Engine.Tests.Risk;

/// <summary>How the gate sizes entries: profiles of stop and caps, several signals, Kelly.</summary>
public sealed class GateSizingTests
{
    [Fact]
    public void Every_profile_is_valid()
    {
        RiskProfiles.All.Select(profile => profile.Name).ShouldBe(["atr", "price-share"]);
        foreach (var profile in RiskProfiles.All)
        {
            profile.Limits.Validate();
            profile.Guard.Validate();
        }
        var limits = RiskProfiles.PriceShare.Limits;
        (limits.RiskPerTrade, limits.DailyLossMax, limits.PositionEquityShareMax, limits.SymbolLeverageMax).ShouldBe((0.01m, 0.03m, 0.30m, 10m));
    }

    [Fact]
    public void A_stop_of_a_share_of_the_price_sizes_and_stops_without_an_atr()
    {
        // 10,000 * 1 % / (100 * 2 %) = 50, Kelly 0.5 makes 25; 30 % of equity are 30.
        var s = new GateScene(RiskProfiles.PriceShare.Limits) { Guard = RiskProfiles.PriceShare.Guard };
        var order = s.Approve(s.Entry() with { Atr = null });
        (order.Request.Quantity, order.StopPrice).ShouldBe((25m, 98m));
        order = s.Approve(s.Entry(1, OrderSide.Sell, "ETHUSDT") with { Atr = 50 });
        order.StopPrice.ShouldBe(102m, "the ATR plays no part");
        s = new GateScene(RiskProfiles.PriceShare.Limits) { Guard = RiskProfiles.PriceShare.Guard };
        s.Approve(s.Entry() with { Strength = 1.5 }).Request.Quantity.ShouldBe(30, "the position's cap");
    }

    [Fact]
    public void Twice_the_stop_distance_halves_the_size_and_doubles_the_way_to_the_planned_stop()
    {
        // 10,000 * 1 % / (20 * 1.5) = 3.333, Kelly 0.5 makes 1.666.
        var s = new GateScene();
        var order = s.Approve(s.Entry() with { Atr = 20 });
        (order.Request.Quantity, order.StopPrice).ShouldBe((1.666m, 70m));
        s = new GateScene { Guard = new GuardParameters { StopAtrMultiple = 3 } };
        order = s.Approve(s.Entry() with { Atr = 20 });
        (order.Request.Quantity, order.StopPrice).ShouldBe((0.833m, 40m));
    }

    [Fact]
    public void Without_a_distance_a_given_quantity_has_no_stop()
    {
        var s = new GateScene();
        s.Approve(s.Entry(1) with { Atr = null }).StopPrice.ShouldBeNull();
    }

    [Fact]
    public void Sizes_of_several_signals_are_added_up_to_the_caps()
    {
        var limits = new RiskLimits { PositionEquityShareMax = 1, DirectionEquityShareMax = 1 };
        var s = new GateScene(limits);
        for (var i = 0; i < 20; i++) s.Gate.RestoreTrade("reversion", i % 2 == 0 ? 1 : -1, s.Now);
        // Base 100 / 30 = 3.333: momentum 1.2 * 0.5 * 0.8 = 0.48, reversion at the Kelly floor 1 * 0.1 * 1.2 = 0.12.
        var proposal = s.Entry() with { Atr = 20, Strength = 99, Signals = [new("momentum", 1.2, 0.8), new("reversion", 1, 1.2)] };
        s.Approve(proposal).Request.Quantity.ShouldBe(2);
        s = new GateScene();
        s.Approve(s.Entry() with { Atr = 1, Signals = [new("momentum", 1.2, 0.8), new("reversion", 1, 1.2)] }).Request.Quantity.ShouldBe(5, "the cap");
    }

    [Fact]
    public void Signals_that_make_no_size_are_refused()
    {
        var s = new GateScene();
        s.Decide(s.Entry() with { Signals = [new("momentum", 0, 1)] }).Refusal!.Reason.ShouldBe(RefusalReason.SizeZero);
        s.Decide(s.Entry() with { Signals = [new("momentum", double.NaN, 1)] }).Refusal!.Reason.ShouldBe(RefusalReason.SizeZero);
        var many = Enumerable.Repeat(new ProposalSignal("momentum", 1, 1), Proposal.SignalsMax + 1).ToArray();
        s.Decide(s.Entry() with { Signals = many }).Refusal!.Detail.ShouldBe("signals=9 max=8");
        s.Approve(s.Entry() with { Signals = many[1..] }).Request.Quantity.ShouldBe(5);
    }

    [Fact]
    public void The_kelly_factors_parameters_are_the_accounts()
    {
        var kelly = new KellyOptions { Window = 2, TradesMin = 2, Initial = 0.2, Cap = 0.3 };
        var limits = new RiskLimits { PositionEquityShareMax = 1, DirectionEquityShareMax = 1, Kelly = kelly };
        var s = new GateScene(limits);
        s.Approve(s.Entry() with { Atr = 10 }).Request.Quantity.ShouldBe(1.333m, "100 / 15 * 0.2");
        s = new GateScene(limits);
        for (var i = 0; i < 2; i++) s.Gate.RestoreTrade("momentum", 1, s.Now);
        s.Restart();
        s.Approve(s.Entry() with { Atr = 10 }).Request.Quantity.ShouldBe(2, "100 / 15 * 0.3");
    }
}
