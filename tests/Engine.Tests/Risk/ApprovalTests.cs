using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>What leaves the gate, and that nobody else can make it.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public void An_approval_has_the_values_of_the_order_that_it_makes()
    {
        var s = new GateScene();
        var entry = s.Entry(1, OrderSide.Sell) with { OrderType = OrderType.Limit, TimeInForce = TimeInForce.Gtx, LimitPrice = 100.1m };
        var approval = s.Gate.Decide(entry, s.Market()).Approval;
        (approval.IsApproved, approval.Quantity, approval.Price, approval.StopPrice, approval.ReduceOnly).ShouldBe((true, 1m, 100.1m, 103.1m, false));
        approval.Id.ShouldBe(new ClientOrderId("g", "main", "momentum", 1));
        approval.Proposal.ShouldBeSameAs(entry);
        var order = approval.ToOrder().Value;
        order.ShouldBe(new Order(
            new OrderRequest("g/main/momentum/1", "BTCUSDT", OrderSide.Sell, OrderType.Limit, TimeInForce.Gtx, 1, 100.1m, false), "main", "momentum",
            entry.IntentId, ProposalKind.Entry, 2.0, 103.1m, entry.MarketTimeMs));
    }

    [Fact]
    public void A_market_order_has_no_price_and_an_exit_no_stop()
    {
        var s = new GateScene();
        s.Open(1);
        var approval = s.Gate.Decide(s.Exit() with { LimitPrice = 5 }, s.Market()).Approval;
        (approval.Price, approval.StopPrice, approval.ReduceOnly).ShouldBe((null, null, true));
    }

    [Fact]
    public void Nothing_but_a_gate_makes_an_approval()
    {
        default(GateDecision).IsApproved.ShouldBeFalse();
        default(GateDecision).Approved.ShouldBeNull();
        default(Approval).IsApproved.ShouldBeFalse();
        default(Approval).Id.ToString().ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => default(Approval).ToOrder()).Message.ShouldContain("only a risk gate");
        Type[] minted = [typeof(Approval), typeof(GateDecision), typeof(Approved<Order>)];
        foreach (var type in minted) type.GetConstructors().ShouldBeEmpty(type.Name);
        foreach (var type in minted)
            type.GetProperties().Where(p => p.Name != nameof(GateDecision.CrossMarketAgrees) && p.SetMethod is { IsPublic: true }).ShouldBeEmpty(type.Name);
    }

    [Fact]
    public void A_refusal_approves_nothing_and_reserves_nothing()
    {
        var s = new GateScene();
        var decision = s.Decide(s.Entry(5.001m));
        (decision.IsApproved, decision.Approved, decision.Approval.IsApproved).ShouldBe((false, null, false));
        s.Gate.View().ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void An_approval_outlives_its_reservation()
    {
        var s = new GateScene();
        var approval = s.Gate.Decide(s.Entry(1), s.Market()).Approval;
        s.Gate.OnNeverSubmitted(approval.Id);
        s.Gate.Decide(s.Entry(2, symbol: "ETHUSDT"), s.Market(symbol: "ETHUSDT")).IsApproved.ShouldBeTrue("its slot is used again");
        (approval.Quantity, approval.ToOrder().Value.Request.ClientOrderId).ShouldBe((1m, "g/main/momentum/1"));
    }

    [Fact]
    public void An_approval_whose_text_nobody_has_asked_for_is_reserved_found_and_restored_all_the_same()
    {
        var s = new GateScene();
        var first = s.Gate.Decide(s.Entry(1), s.Market()).Approval;
        s.Restart();
        s.Gate.View().ReservedNotional.ShouldBe(100);
        s.Gate.OnNeverSubmitted(first.Id.ToString());
        s.Gate.View().ReservedNotional.ShouldBe(0);
        var second = s.Gate.Decide(s.Entry(1), s.Market()).Approval;
        s.Gate.OnNeverSubmitted(second.Id with { Sequence = 1 });
        s.Gate.OnNeverSubmitted(second.Id with { Strategy = "other" });
        s.Gate.OnNeverSubmitted(default(ClientOrderId));
        s.Gate.View().ReservedNotional.ShouldBe(100, "none of these is its id");
        s.Gate.OnFill(new Fill("BTCUSDT", 1, "g/main/momentum/2", 7, OrderSide.Buy, 100, 0.4m, 0, "USDT", 0, false, s.Now)).ShouldBeTrue();
        s.Gate.View().ReservedNotional.ShouldBe(60);
    }

    [Fact]
    public void Sequence_numbers_that_are_used_up_are_a_refusal()
    {
        var s = new GateScene();
        s.Gate.RestoreSequence(ClientOrderId.SequenceMax);
        s.Open(1);
        s.Decide(s.Exit()).Refusal.ShouldBe(new Refusal(RefusalReason.NameInvalid, "sequence=2176782336 max=2176782335"));
    }
}
