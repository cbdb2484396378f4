using Granary.Engine.Orders;
using Granary.Grains.Configuration;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Execution;

/// <summary>What somebody else, or the venue itself, does on the account.</summary>
public sealed class ForeignTests
{
    [Theory]
    [InlineData(ForeignOrderPolicy.Adopt, OrderStatus.Canceled)]
    [InlineData(ForeignOrderPolicy.Leave, OrderStatus.New)]
    public void Foreign_orders_are_adopted_or_left_by_policy_and_counted_either_way(ForeignOrderPolicy policy, OrderStatus status)
    {
        using var bench = new GrainBench { Settings = Samples.Settings with { ForeignOrders = policy } }.StartActive();
        bench.Deliver(bench.Venue.Foreign("web_1", 1));
        bench.Books.LiveOrders.Single().Strategy.ShouldBe("EXTERNAL");
        bench.Tell(() => bench.Execution.CancelAll("test"));
        bench.Pass(1);
        bench.Venue.Find("web_1")!.Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(ForcedClose.Liquidation, "autoclose-1")]
    [InlineData(ForcedClose.Deleveraging, "adl_autoclose-1")]
    [InlineData(ForcedClose.Settlement, "settlement_autoclose-1")]
    public void What_the_venue_closes_is_booked_told_once_and_halts_the_account(ForcedClose kind, string clientOrderId)
    {
        using var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 2))).Approved.ShouldBeTrue();
        bench.Pass(0.2);
        bench.Deliver(bench.Venue.Execute("t/main/momentum/1", 2));
        bench.Pass(1);
        bench.Venue.Foreign(clientOrderId, 2, OrderSide.Sell);
        bench.Deliver(bench.Venue.Execute(clientOrderId, 1, 95) with { ForcedClose = kind });
        bench.Deliver(bench.Venue.Execute(clientOrderId, 1, 94) with { ForcedClose = kind });
        bench.Pass(1);

        bench.Books.Quantity.ShouldBe(0);
        bench.Incidents().Count(i => i.Kind == kind.ToString()).ShouldBe(1);
        bench.RiskView.State.ShouldBe("Halted");
        bench.RiskView.StateReason.ShouldContain(kind.ToString());
        bench.Venue.Waiting.ShouldBeEmpty();
        bench.Fills()[^1].Strategy.ShouldBe("EXTERNAL");
    }

    [Fact]
    public void A_client_id_alone_makes_no_liquidation()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Foreign("autoclose-by-hand", 1);
        bench.Deliver(bench.Venue.Execute("autoclose-by-hand", 1));
        bench.Pass(1);
        bench.RiskView.State.ShouldBe("Active");
        bench.Incidents().ShouldNotContain(i => i.Kind == "Liquidation");
    }
}
