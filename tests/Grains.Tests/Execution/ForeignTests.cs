using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
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
    public void A_liquidation_whose_events_are_all_lost_is_recognised_by_the_audit()
    {
        using var bench = new GrainBench().StartActive();
        Enter(bench, 2);
        bench.Venue.Foreign("autoclose-1", 2, OrderSide.Sell);
        bench.Venue.Execute("autoclose-1", 2, 95);
        bench.Venue.Forced.Add(bench.Venue.Find("autoclose-1")! with { ForcedClose = ForcedClose.Liquidation });
        bench.Pass(31);

        bench.Books.Quantity.ShouldBe(0);
        bench.Fills()[^1].ClientOrderId.ShouldBe("autoclose-1");
        bench.Incidents().Count(i => i.Kind == "Liquidation").ShouldBe(1);
        bench.RiskView.State.ShouldBe("Halted");
        bench.Pass(60);
        bench.Incidents().Count(i => i.Kind == "Liquidation").ShouldBe(1);
    }

    [Fact]
    public void A_told_position_that_the_books_do_not_come_to_have_is_looked_into_at_once()
    {
        using var bench = new GrainBench().StartActive();
        bench.Pass(1);
        bench.Venue.Foreign("web_1", 2);
        bench.Venue.Execute("web_1", 2, 90);
        var told = new PositionReport(Samples.Symbol, 2, 90, 90, 0, 0, 0);
        bench.Tell(() => bench.Risk.OnAccount(new AccountNotice("ORDER", [], [told], Samples.T0)));
        bench.Pass(10);
        bench.Books.Quantity.ShouldBe(2);
        bench.Incidents().Single(i => i.Kind == "FillsMissed").Seen.ShouldContain("the venue told a position of 2");
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

    [Fact]
    public void A_manual_add_is_a_lot_of_its_own_and_neither_stop_nor_exit_of_the_strategy_touches_it()
    {
        using var bench = new GrainBench().StartActive();
        Enter(bench, 2);
        bench.SymbolView.Guard.ShouldContain("momentum 2 from 100");
        ByHand(bench, "web_1", 1, 104);

        var books = bench.Books;
        (books.Quantity, books.ExternalQuantity, books.Strategy).ShouldBe((3m, 1m, "momentum"));
        bench.SymbolView.Guard.ShouldContain("momentum 2 from 100");
        bench.Venue.Waiting.Single().Quantity.ShouldBe(2);
        bench.RiskView.Positions.Single().Quantity.ShouldBe(3);

        // The strategy's stop closes the strategy's lot, and its profit is what its own fills made.
        bench.Venue.Fire(bench.Venue.Waiting.Single().ClientId, 97);
        while (bench.Venue.TriggerEvents.TryDequeue(out var report)) bench.Tell(() => bench.Execution.OnTrigger(TriggerReportMessage.From(report)));
        bench.DeliverEvents();
        bench.Pass(31);
        books = bench.Books;
        (books.Quantity, books.ExternalQuantity, books.Strategy).ShouldBe((1m, 1m, "EXTERNAL"));
        books.OwnPnl.ShouldBe(-6 - (200 * 0.0004m) - (194 * 0.0004m));
        bench.Venue.Waiting.ShouldBeEmpty();
        bench.SymbolView.Guard.ShouldBeEmpty();

        // And the same after a restart, from the journal alone.
        bench.Crash();
        bench.StartActive();
        (bench.Books.ExternalQuantity, bench.Books.OwnPnl).ShouldBe((books.ExternalQuantity, books.OwnPnl));
    }

    [Fact]
    public void A_position_closed_by_hand_is_noticed_by_the_audit_and_no_stop_is_placed_for_it()
    {
        using var bench = new GrainBench().StartActive();
        Enter(bench, 2);
        var stops = bench.Venue.Count("stop ");
        bench.Venue.Foreign("web_1", 2, OrderSide.Sell);
        bench.Venue.Execute("web_1", 2, 101);
        bench.Pass(30);

        bench.Books.Quantity.ShouldBe(0);
        bench.Books.ExternalQuantity.ShouldBe(0);
        bench.SymbolView.Guard.ShouldBeEmpty();
        bench.Venue.Waiting.ShouldBeEmpty();
        bench.Pass(60);
        bench.Venue.Count("stop ").ShouldBe(stops);
        bench.Venue.Count("place ").ShouldBe(1);
        bench.Incidents().Count(i => i.Kind == "FillsMissed").ShouldBe(1);
    }

    [Theory]
    [InlineData(ForeignPositionPolicy.Adopt, 0)]
    [InlineData(ForeignPositionPolicy.Leave, 1)]
    public void A_flatten_closes_foreign_positions_or_leaves_them_by_policy(ForeignPositionPolicy policy, int left)
    {
        using var bench = new GrainBench { Settings = Samples.Settings with { ForeignPositions = policy } }.StartActive();
        Enter(bench, 2);
        ByHand(bench, "web_1", 1, 104);
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Flatten("drill", "operator"));
        bench.Pass(2);
        bench.DeliverEvents();
        bench.Pass(15);

        bench.Venue.Quantity.ShouldBe(left);
        (bench.Books.Quantity, bench.Books.ExternalQuantity).ShouldBe((left, left));
        bench.Incidents().ShouldContain(i => i.Kind == "Flattened");
    }

    [Fact]
    public void What_is_left_below_the_smallest_order_is_dust_no_position_and_no_hindrance()
    {
        using var bench = new GrainBench().StartActive();
        Enter(bench, 2);
        bench.Deliver(bench.Venue.Foreign("web_1", 1.9996m, OrderSide.Sell));
        bench.Deliver(bench.Venue.Execute("web_1", 1.9996m, 100));
        bench.Pass(31);

        (bench.Books.Quantity, bench.Books.DustQuantity, bench.Books.Strategy).ShouldBe((0.0004m, 0.0004m, ""));
        bench.SymbolView.Guard.ShouldBeEmpty();
        bench.Venue.Waiting.ShouldBeEmpty();
        bench.Books.StopReason.ShouldContain("dust");

        bench.Crash();
        bench.StartActive();
        bench.Books.DustQuantity.ShouldBe(0.0004m);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("again", quantity: 1))).Reason.ShouldBe("");

        // A flatten closes what can be ordered, and is done.
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Pass(0.5);
        bench.Deliver(bench.Venue.Execute("t/main/momentum/2", 1));
        bench.Pass(1);
        bench.Ask(() => bench.Risk.Flatten("drill", "operator"));
        bench.Pass(2);
        bench.DeliverEvents();
        bench.Pass(15);
        bench.Books.Quantity.ShouldBe(0.0004m);
        bench.Incidents().ShouldContain(i => i.Kind == "Flattened");
    }

    [Fact]
    public void A_fill_that_the_history_shows_late_replaces_the_synthetic_one_and_finds_its_owner()
    {
        using var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 2))).Approved.ShouldBeTrue();
        bench.Pass(0.2);
        bench.Venue.Execute("t/main/momentum/1", 2);
        var hidden = bench.Venue.Fills[^1];
        bench.Venue.Fills.Remove(hidden);
        bench.Ask(() => bench.Execution.Reconcile("test")).Quantity.ShouldBe(2);
        bench.Books.Strategy.ShouldBe("momentum", "the order lacks it by the venue's own word");
        bench.Fills().Single().IsSynthetic.ShouldBeTrue();

        bench.Venue.Fills.Add(hidden);
        bench.Pass(31);
        bench.Books.Quantity.ShouldBe(2);
        bench.Books.Strategy.ShouldBe("momentum");
        bench.Fills().Select(f => f.IsSynthetic).ShouldBe([true, true, false]);
        bench.Fills().Sum(f => f.Side == "Buy" ? f.Quantity : -f.Quantity).ShouldBe(2);
        bench.Incidents().Count(i => i.Kind == "SyntheticReplaced").ShouldBe(1);
        bench.Pass(60);
        bench.Fills().Count.ShouldBe(3);
        bench.RiskView.Wallet.ShouldBe(bench.Venue.Wallet);
        bench.Crash();
        bench.Start();
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        (bench.Books.Quantity, bench.Books.ExternalQuantity, bench.Books.Strategy).ShouldBe((2m, 0m, "momentum"));
    }

    private static void Enter(GrainBench bench, decimal quantity)
    {
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: quantity))).Approved.ShouldBeTrue();
        bench.Pass(0.2);
        bench.Deliver(bench.Venue.Execute("t/main/momentum/1", quantity));
        bench.Pass(1);
    }

    private static void ByHand(GrainBench bench, string id, decimal quantity, decimal price)
    {
        bench.Venue.Foreign(id, quantity);
        bench.Deliver(bench.Venue.Execute(id, quantity, price));
        bench.Pass(1);
    }
}
