using Granary.Engine.Execution.Placement;
using Granary.Engine.Execution.Slicing;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Execution;

/// <summary>Orders that are placed limit first: one approval, several parts, and never more than was approved.</summary>
public sealed class PlacementTests
{
    private const string Id = "t/main/momentum/1";
    private const string Exit = "t/main/momentum/2";

    private static readonly PlacementPolicy LimitFirst = new() { Style = PlacementStyle.LimitFirst, BoundShare = 0.002m };

    [Fact]
    public void A_part_rests_near_the_best_price_is_filled_and_the_order_is_over()
    {
        using var bench = Start(LimitFirst);
        Enter(bench);
        bench.Order(Id)!.Status.ShouldBe("New");
        var part = bench.Order($"{Id}-1")!;
        (part.Type, part.TimeInForce, part.Price, part.Quantity, part.IntentId, part.Sequence).ShouldBe(("Limit", "Gtc", 99.9m, 1m, "e1", 1));
        bench.Books.LiveOrders.Single().ClientOrderId.ShouldBe($"{Id}-1");
        bench.Books.Working.Single().ShouldBe(new WorkingOrderView(
            Id, "momentum", "Entry", OrderSide.Buy, "LimitFirst", "Resting", "", 1, 0, 1, 99.9m, 0, 100, null, bench.Books.Working[0].DeadlineMs));
        bench.RiskView.ReservedNotional.ShouldBe(100);

        bench.Deliver(bench.Venue.Execute($"{Id}-1", 0.4m, 99.9m));
        bench.Pass(0.5);
        bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("PartiallyFilled"), o => o.ExecutedQuantity.ShouldBe(0.4m));
        bench.RiskView.ReservedNotional.ShouldBe(60);

        bench.Deliver(bench.Venue.Execute($"{Id}-1", 0.6m, 99.9m));
        bench.Pass(0.5);
        bench.Order(Id)!.ShouldSatisfyAllConditions(
            o => o.Status.ShouldBe("Filled"), o => o.ExecutedQuantity.ShouldBe(1), o => o.Detail.ShouldBe("99.9 after 100, -10 bps"));
        bench.RiskView.ReservedNotional.ShouldBe(0);
        bench.Books.ShouldSatisfyAllConditions(b => b.Quantity.ShouldBe(1), b => b.Working.ShouldBeEmpty(), b => b.LiveOrders.ShouldBeEmpty());
        bench.Venue.Waiting.Count.ShouldBe(1);
        bench.Venue.Waiting.Single().ClientId.ShouldBe($"{Id}.1", "the stop bears the id of the approved order");
    }

    [Fact]
    public void It_follows_the_market_by_amendments()
    {
        using var bench = Start(LimitFirst);
        Enter(bench);
        bench.Pass(1);
        Quote(bench, 100.1m, 100.2m);
        bench.Pass(0.5);
        bench.Venue.Count("amend").ShouldBe(1);
        bench.Venue.Find($"{Id}-1")!.Price.ShouldBe(100.1m);
        bench.Order($"{Id}-1")!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("New"), o => o.Price.ShouldBe(100.1m));
        Quote(bench, 101, 101.1m);
        bench.Pass(2);
        bench.Venue.Find($"{Id}-1")!.Price.ShouldBe(100.1m, "one tick from the bound is less than two ticks away");
    }

    [Fact]
    public void An_amendment_of_unknown_outcome_is_asked_for()
    {
        using var bench = Start(LimitFirst);
        Enter(bench);
        bench.Venue.OnAmend = request =>
        {
            bench.Venue.Amend(request);
            return new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "timeout");
        };
        bench.Pass(1);
        Quote(bench, 100.1m, 100.2m);
        bench.Pass(1);
        bench.Venue.Count("amend").ShouldBe(1);
        bench.Venue.Count($"query {Id}-1").ShouldBe(1);
        bench.Order($"{Id}-1")!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("New"), o => o.Price.ShouldBe(100.1m));
    }

    [Fact]
    public void At_its_timeout_an_entry_crosses_up_to_the_bound()
    {
        using var bench = Start(LimitFirst);
        Enter(bench);
        bench.Deliver(bench.Venue.Execute($"{Id}-1", 0.4m, 99.9m));
        bench.Pass(11);
        bench.Venue.Find($"{Id}-1")!.Status.ShouldBe(OrderStatus.Canceled);
        var cross = bench.Venue.Find($"{Id}-2")!;
        (cross.TimeInForce, cross.Price, cross.Quantity).ShouldBe((TimeInForce.Ioc, 100.2m, 0.6m));
        bench.Deliver(bench.Venue.Execute($"{Id}-2", 0.6m, 100.1m));
        bench.Pass(0.5);
        bench.Order(Id)!.Status.ShouldBe("Filled");
        bench.Books.Quantity.ShouldBe(1);
        bench.RiskView.ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void At_its_timeout_the_rest_is_given_up_and_released()
    {
        using var bench = Start(LimitFirst with { AtTimeout = PlacementTimeout.Cancel });
        Enter(bench);
        bench.Deliver(bench.Venue.Execute($"{Id}-1", 0.4m, 99.9m));
        bench.Pass(11);
        bench.Venue.Count("place").ShouldBe(1);
        bench.Order(Id)!.ShouldSatisfyAllConditions(
            o => o.Status.ShouldBe("Canceled"), o => o.ExecutedQuantity.ShouldBe(0.4m), o => o.Detail.ShouldStartWith("its time is out"));
        bench.RiskView.ReservedNotional.ShouldBe(0);
        bench.Books.Quantity.ShouldBe(0.4m);
    }

    [Fact]
    public void Post_only_refusals_in_a_row_are_shown_and_recorded()
    {
        using var bench = Start(LimitFirst with { Style = PlacementStyle.PostOnly, RejectsMax = 2, TimeoutMs = 60_000, AtTimeout = PlacementTimeout.Cancel });
        bench.Venue.OnPlace = _ => Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, -5022, "would take"));
        Enter(bench);
        bench.Pass(1.5);
        bench.Books.Working.Single().Reason.ShouldBe("2 post-only refusals in a row");
        bench.Incidents().Count(i => i.Kind == "PlacementStuck").ShouldBe(1);
        bench.Orders().Where(o => o.ClientOrderId != Id).Select(o => o.Price).ShouldBe([99.9m, 99.8m]);
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Rest(request));
        bench.Pass(2);
        bench.Books.Working.Single().Rejects.ShouldBe(0);
        bench.Order(Id)!.Status.ShouldBe("New");
    }

    [Fact]
    public void A_part_of_unknown_outcome_blocks_and_is_counted_once()
    {
        using var bench = Start(LimitFirst with { TimeoutMs = 2_000 });
        bench.Venue.OnPlace = request =>
        {
            bench.Venue.Rest(request);
            return Task.FromResult(new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "timeout"));
        };
        bench.Venue.Outage = "asleep";
        Enter(bench);
        bench.Pass(5);
        bench.Venue.Count("place").ShouldBe(1, "the time is out, and nobody knows what the part did");
        bench.RiskView.ReservedNotional.ShouldBe(100);
        bench.RiskView.UnknownOrders.ShouldBe(1);
        bench.Venue.Execute($"{Id}-1", 1, 99.9m);
        bench.Venue.Outage = null;
        bench.Pass(40);
        bench.Venue.Count("place").ShouldBe(1);
        bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Filled"), o => o.ExecutedQuantity.ShouldBe(1));
        bench.RiskView.ReservedNotional.ShouldBe(0);
        bench.Books.Quantity.ShouldBe(1);
    }

    [Fact]
    public void A_part_that_was_refused_ends_the_order_and_frees_the_intent_of_an_exit()
    {
        using var bench = Start(LimitFirst);
        bench.Venue.OnPlace = _ => Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, -2019, "Margin is insufficient."));
        Enter(bench);
        bench.Pass(1);
        bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Rejected"), o => o.Detail.ShouldContain("Margin is insufficient."));
        bench.RiskView.ReservedNotional.ShouldBe(0);
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(30, false)]
    public void A_killed_engine_finds_the_order_again_and_gives_it_up_once_its_time_is_out(double downSeconds, bool goesOn)
    {
        using var bench = Start(LimitFirst with { TimeoutMs = 20_000 });
        Enter(bench);
        bench.Deliver(bench.Venue.Execute($"{Id}-1", 0.4m, 99.9m));
        bench.Pass(0.2);
        bench.Crash();
        bench.Pass(downSeconds);
        bench.StartActive();
        bench.Pass(2);
        bench.RiskView.ReservedNotional.ShouldBe(goesOn ? 59.94m : 0, "the rest, once, at the last price known");
        bench.Books.Working.Count.ShouldBe(goesOn ? 1 : 0);
        bench.Venue.Find($"{Id}-1")!.Status.ShouldBe(goesOn ? OrderStatus.PartiallyFilled : OrderStatus.Canceled);
        bench.Books.Quantity.ShouldBe(0.4m);
        bench.Venue.Count("place").ShouldBe(1);
        if (!goesOn)
        {
            bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Canceled"), o => o.Detail.ShouldStartWith("its time ran out while the engine was down"));
            return;
        }

        bench.Deliver(bench.Venue.Execute($"{Id}-1", 0.6m, 99.9m));
        bench.Pass(0.5);
        bench.Order(Id)!.Status.ShouldBe("Filled");
        bench.RiskView.ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void A_kill_between_order_and_part_leaves_the_order_without_one()
    {
        using var bench = Start(LimitFirst);
        var sent = new TaskCompletionSource<OrderAnswer>();
        bench.Venue.OnPlace = _ => sent.Task;
        Enter(bench);
        bench.Crash();
        bench.Pass(1);
        bench.StartActive();
        bench.Books.LiveOrders.Single().Status.ShouldBe(OrderStatus.Unknown, "it may have left; the venue is asked");
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Rest(request));
        bench.Pass(40);
        bench.Order($"{Id}-1")!.Status.ShouldBe("Rejected");
        bench.Order(Id)!.Status.ShouldBe("Rejected");
        bench.Venue.Count("place").ShouldBe(1);
        bench.RiskView.ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void Several_exits_asked_at_once_are_one_as_urgent_as_the_most_urgent()
    {
        using var bench = Start(LimitFirst with { TimeoutMs = 600_000 }, exit: LimitFirst with { TimeoutMs = 600_000 });
        Enter(bench);
        bench.Deliver(bench.Venue.Execute($"{Id}-1", 1, 99.9m));
        bench.Pass(0.5);
        bench.Ask(() => bench.Risk.Propose(Ask("x1", isPatient: true))).Approved.ShouldBeTrue();
        bench.Pass(0.5);
        bench.Venue.Find($"{Exit}-1")!.ShouldSatisfyAllConditions(o => o.Price.ShouldBe(100.1m), o => o.ReduceOnly.ShouldBeTrue());

        bench.Ask(() => bench.Risk.Propose(Ask("x2", isPatient: true))).Reason.ShouldBe("OrderInFlight");
        bench.Pass(0.5);
        bench.Venue.Count("place").ShouldBe(2);
        bench.Ask(() => bench.Risk.Propose(Ask("x3", isPatient: false))).Reason.ShouldBe("OrderInFlight");
        bench.Pass(0.5);
        bench.Venue.Find($"{Exit}-1")!.Status.ShouldBe(OrderStatus.Canceled);
        bench.Venue.Find($"{Exit}-2")!.ShouldSatisfyAllConditions(
            o => o.Type.ShouldBe(OrderType.Market), o => o.Quantity.ShouldBe(1), o => o.ReduceOnly.ShouldBeTrue());
        bench.Deliver(bench.Venue.Execute($"{Exit}-2", 1));
        bench.Pass(1);
        bench.Books.Quantity.ShouldBe(0);
        bench.Order(Exit)!.Status.ShouldBe("Filled");
    }

    [Fact]
    public void An_exit_ends_the_entry_that_is_still_being_placed_before_it_leaves()
    {
        using var bench = Start(LimitFirst);
        Enter(bench);
        bench.Deliver(bench.Venue.Execute($"{Id}-1", 0.4m, 99.9m));
        bench.Pass(0.5);
        bench.Ask(() => bench.Risk.Propose(Ask("x1", isPatient: false))).Approved.ShouldBeTrue();
        bench.Pass(0.5);
        var requests = bench.Venue.Requests.Where(r => r.StartsWith("place", StringComparison.Ordinal) || r.StartsWith("cancel", StringComparison.Ordinal));
        requests.ShouldBe([$"place {Id}-1", $"cancel {Id}-1", $"place {Exit}"]);
        bench.Venue.Find(Exit)!.Quantity.ShouldBe(0.4m);
        bench.Order(Id)!.Detail.ShouldStartWith("an exit was asked for");
    }

    [Fact]
    public void A_stopped_account_gives_up_its_entries()
    {
        using var bench = Start(LimitFirst with { TimeoutMs = 600_000 });
        Enter(bench);
        bench.Ask(() => bench.Risk.SetState("ReduceOnly", "enough", "test"));
        bench.Pass(1);
        bench.Venue.Find($"{Id}-1")!.Status.ShouldBe(OrderStatus.Canceled);
        bench.Order(Id)!.Status.ShouldBe("Canceled");
        bench.RiskView.ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void All_orders_cancelled_are_not_placed_again()
    {
        using var bench = Start(LimitFirst);
        Enter(bench);
        bench.Tell(() => bench.Execution.CancelAll("test"));
        bench.Pass(15);
        bench.Venue.Count("place").ShouldBe(1);
        bench.Order(Id)!.Detail.ShouldStartWith("test");
        bench.RiskView.ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void An_order_with_a_limit_of_its_own_and_a_taker_leave_as_they_are()
    {
        using var bench = Start(LimitFirst with { Style = PlacementStyle.Taker });
        Enter(bench);
        bench.Venue.Find(Id)!.Type.ShouldBe(OrderType.Market);

        using var other = Start(LimitFirst);
        other.Ask(() => other.Execution.Submit(new ApprovedOrderMessage(Samples.Approved(1, limit: 99), 0) { LastPrice = 100 }));
        other.Pass(0.5);
        other.Venue.Find(Id)!.Price.ShouldBe(99);
    }

    [Fact]
    public void Orders_of_a_symbol_are_paced()
    {
        using var bench = Start(LimitFirst with { RepriceMs = 100 }, ordersPerSecond: 1);
        Enter(bench);
        foreach (var price in new[] { 100.1m, 100.3m }) Quote(bench, price, price + 0.1m);
        bench.Pass(0.3);
        bench.Venue.Count("amend").ShouldBe(0);
        bench.Pass(1);
        bench.Venue.Count("amend").ShouldBe(1);
    }

    [Fact]
    public void A_large_order_is_worked_in_slices_and_counted_once()
    {
        using var bench = Start(
            LimitFirst with { TimeoutMs = 4_000 }, slicing: new SlicingOptions
            {
                Kind = SliceKind.Twap,
                RecentMs = 10_000,
                HorizonMsMin = 20_000,
                IntervalMs = 5_000,
                PauseMs = 0,
                Jitter = 0,
                ParticipationMax = 1,
                PlannedShare = 1,
            });
        for (var i = 0; i <= 12; i++)
        {
            Quote(bench, 99.9m, 100.1m, traded: i);
            bench.Pass(1);
        }

        Enter(bench);
        bench.Books.Working.Single().Slices.ShouldBe(0, "the market has not traded since");
        bench.Venue.Count("place").ShouldBe(0);
        var filled = 0m;
        for (var i = 13; i < 80 && bench.Books.Working.Count > 0; i++)
        {
            var order = bench.Books.LiveOrders.Count > 0 ? bench.Books.LiveOrders[0] : null;
            bench.RiskView.ReservedNotional.ShouldBe(100 * (1 - filled));
            if (order is { Status: OrderStatus.New })
            {
                order.Quantity.ShouldBeLessThan(1);
                bench.Deliver(bench.Venue.Execute(order.ClientOrderId, order.Quantity, order.Price!.Value));
                filled += order.Quantity;
            }

            Quote(bench, 99.9m, 100.1m, traded: i);
            bench.Pass(1);
        }

        bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Filled"), o => o.ExecutedQuantity.ShouldBe(1));
        bench.Venue.Count("place").ShouldBeGreaterThanOrEqualTo(3);
        bench.RiskView.ReservedNotional.ShouldBe(0);
        bench.Books.Quantity.ShouldBe(1);
    }

    private static GrainBench Start(PlacementPolicy entry, PlacementPolicy? exit = null, int ordersPerSecond = 5, SlicingOptions? slicing = null) => new GrainBench
    {
        Settings = Samples.Settings with
        {
            Placement = new PlacementSettings { Entry = entry, Exit = exit ?? new PlacementPolicy(), OrdersPerSecondMax = ordersPerSecond, Slicing = slicing ?? new SlicingOptions() },
        },
    }.StartActive();

    [Fact]
    public void An_exit_that_is_larger_than_the_venues_largest_order_leaves_in_parts_that_only_reduce()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Foreign("web_1", 1_200.5m);
        bench.Deliver(bench.Venue.Execute("web_1", 1_200.5m));
        bench.Pass(1);
        var placed = new List<OrderRequest>();
        bench.Venue.OnPlace = request =>
        {
            placed.Add(request);
            return Task.FromResult(bench.Venue.Take(request));
        };

        // A flatten: no other exit closes what was bought by hand.
        var exit = Samples.Exit("flatten/x1");
        bench.Ask(() => bench.Risk.Propose(new ProposalMessage(exit.Proposal with { Quantity = 1_100.25m }, exit.Market, "", 0))).Approved.ShouldBeTrue();
        for (var i = 0; i < 10; i++)
        {
            bench.DeliverEvents();
            bench.Pass(0.3);
        }

        placed.Select(p => p.Quantity).ShouldBe([500, 500, 100.25m]);
        placed.ShouldAllBe(p => p.ReduceOnly && p.Type == OrderType.Market && p.Side == OrderSide.Sell);
        placed.Select(p => p.ClientOrderId).ShouldBe([$"{Id}-1", $"{Id}-2", $"{Id}-3"]);
        bench.Books.Quantity.ShouldBe(100.25m);
        bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Filled"), o => o.ExecutedQuantity.ShouldBe(1_100.25m), o => o.ReduceOnly.ShouldBeTrue());
        bench.RiskView.ReservedNotional.ShouldBe(0);
        bench.Books.Working.ShouldBeEmpty();
    }

    private static void Enter(GrainBench bench)
    {
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1"))).ClientOrderId.ShouldBe(Id);
        bench.Pass(0.3);
    }

    private static ProposalMessage Ask(string intentId, bool isPatient)
    {
        var message = Samples.Exit(intentId);
        return new ProposalMessage(message.Proposal with { IsPatient = isPatient }, message.Market, "", 0);
    }

    private static void Quote(GrainBench bench, decimal bid, decimal ask, decimal? traded = null) =>
        bench.Tell(() => bench.Execution.OnMarket(new MarketNotice(bid, ask, bid, null, "", 0) { Traded = traded }));
}
