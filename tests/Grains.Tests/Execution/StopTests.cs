using Granary.Engine.Orders;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Tests.Support;
using Granary.Journal.Records;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Execution;

/// <summary>The protective stop at the venue: there from the first fill to the last, once, and never further from the market than before.</summary>
public sealed class StopTests
{
    private const string Entry = "t/main/momentum/1";
    private const string First = $"{Entry}.1";
    private const string Second = $"{Entry}.2";

    [Fact]
    public void The_first_fill_places_a_stop_that_was_journalled_before_it_was_sent()
    {
        using var bench = new GrainBench().StartActive();
        OrderRecord? seen = null;
        bench.Venue.OnPlaceTrigger = async request =>
        {
            seen = await bench.Journal.Reader.GetOrderAsync(Samples.Account, request.ClientId);
            return bench.Venue.Wait(request);
        };
        Submit(bench, quantity: 3);
        bench.Deliver(bench.Venue.Execute(Entry, 1));
        bench.Pass(0.1);

        seen.ShouldNotBeNull();
        (seen.Status, seen.Purpose, seen.StopPrice, seen.ReduceOnly).ShouldBe(("PendingNew", "Stop", 97m, true));
        var stop = bench.Venue.Waiting.Single();
        (stop.ClientId, stop.Side, stop.TriggerPrice, stop.Quantity).ShouldBe((First, OrderSide.Sell, 97m, null));
        (bench.Books.StopPrice, bench.Books.StopState, bench.Books.StopReason).ShouldBe((97m, "Resting", ""));
        bench.Order(First)!.Status.ShouldBe("New");

        // What comes later is covered by the same stop, and no exposure of an order in flight is made of it.
        bench.Deliver(bench.Venue.Execute(Entry, 2));
        bench.Pass(1);
        bench.Venue.Count("stop ").ShouldBe(1);
        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.RiskView.Positions.Single().StopState.ShouldBe("Resting");
    }

    [Theory]
    [InlineData(OrderSide.Buy, 101, 98.2, 97.5)]
    [InlineData(OrderSide.Sell, 99, 101.8, 102.5)]
    public void It_moves_with_the_market_only_and_the_new_one_rests_before_the_old_one_goes(OrderSide side, decimal price, decimal tighter, decimal looser)
    {
        using var bench = new GrainBench().StartActive();
        Open(bench, side);
        Tell(bench, price, tighter);
        bench.Pass(1);
        bench.Venue.Waiting.Single().ClientId.ShouldBe(Second);
        bench.Venue.Waiting.Single().TriggerPrice.ShouldBe(tighter);
        bench.Venue.Requests.Where(r => r.Contains("stop ")).ShouldBe([$"stop {First}", $"stop {Second}", $"unstop {First}"]);

        // The venue takes only one for the whole position a side, so they take turns.
        bench.Venue.Waiting.Single().Quantity.ShouldBe(1);
        Tell(bench, price, looser);
        bench.Pass(1);
        bench.Venue.Waiting.Single().TriggerPrice.ShouldBe(tighter);
        Tell(bench, price, tighter + ((int)side * 0.5m));
        bench.Pass(1);
        bench.Venue.Waiting.Single().ShouldSatisfyAllConditions(s => s.Quantity.ShouldBeNull(), s => s.ClientId.ShouldBe($"{Entry}.3"));
    }

    [Fact]
    public void A_position_that_is_closed_takes_its_stop_with_it()
    {
        using var bench = new GrainBench().StartActive();
        Open(bench);
        Exit(bench);
        bench.Pass(1);
        bench.Books.Quantity.ShouldBe(0);
        bench.Venue.Waiting.ShouldBeEmpty();
        bench.Order(First)!.Status.ShouldBe("Canceled");
        (bench.Books.StopPrice, bench.Books.StopState, bench.Books.StopReason).ShouldBe((null, "", ""));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stop_that_is_set_off_closes_the_position_in_its_strategys_name(bool orderEventFirst)
    {
        using var bench = new GrainBench().StartActive();
        Open(bench);
        bench.Venue.Fire(First, 96.5m, orderEventFirst);
        if (orderEventFirst) bench.DeliverEvents();
        DeliverTriggers(bench);
        bench.DeliverEvents();
        bench.Pass(31);

        bench.Books.Quantity.ShouldBe(0);
        bench.Fills()[^1].ShouldSatisfyAllConditions(f => f.Strategy.ShouldBe("momentum"), f => f.ClientOrderId.ShouldBe(First), f => f.Price.ShouldBe(96.5m));
        bench.Order(First)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Filled"), o => o.Purpose.ShouldBe("Exit"));
        bench.Venue.Waiting.ShouldBeEmpty();
        bench.RiskView.State.ShouldBe("Active");
        bench.RiskView.Wallet.ShouldBe(bench.Venue.Wallet);
        bench.Incidents().ShouldNotContain(i => i.Kind.StartsWith("Stop", StringComparison.Ordinal));

        // The account is free for the next one.
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("next"))).Approved.ShouldBeTrue();
    }

    [Fact]
    public void A_stop_that_was_set_off_unheard_is_found_by_the_audit_and_attributed()
    {
        using var bench = new GrainBench().StartActive();
        Open(bench);
        bench.Venue.Fire(First, 96.5m);
        bench.Pass(40);
        bench.Books.Quantity.ShouldBe(0);
        bench.Fills()[^1].Strategy.ShouldBe("momentum");
        bench.Order(First)!.Status.ShouldBe("Filled");
    }

    [Fact]
    public void The_engines_stop_and_the_venues_together_never_turn_the_position_round()
    {
        using var bench = new GrainBench().StartActive();
        Open(bench);
        bench.Venue.OnPlace = request =>
        {
            // The exit arrives after the venue's own stop has closed the position.
            bench.Venue.Fire(First, 96.5m);
            return Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, -2022, "ReduceOnly Order is rejected."));
        };
        bench.Ask(() => bench.Risk.Propose(Samples.Exit("x"))).Approved.ShouldBeTrue();
        bench.Pass(0.1);
        DeliverTriggers(bench);
        bench.DeliverEvents();
        bench.Pass(31);
        (bench.Books.Quantity, bench.Venue.Quantity).ShouldBe((0m, 0m));
        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.Orders().Where(o => o.Purpose == "Exit").ShouldAllBe(o => o.ReduceOnly);
    }

    [Theory]
    [InlineData(-2021, "Order would immediately trigger.")]
    [InlineData(-4045, "Reach max stop order limit.")]
    public void Where_the_venue_refuses_the_stop_the_position_is_left(int code, string message)
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlaceTrigger = _ => Task.FromResult(new TriggerOrderAnswer(OrderAnswerKind.Rejected, null, code, message));
        bench.Venue.OnPlace = request => Task.FromResult(request.ReduceOnly ? bench.Venue.Take(request, 96.9m) : bench.Venue.Rest(request));
        Propose(bench);
        bench.Deliver(bench.Venue.Execute(Entry, 1));
        bench.Pass(2);
        bench.DeliverEvents();
        bench.Pass(2);

        bench.Books.Quantity.ShouldBe(0);
        bench.Venue.Count("place").ShouldBe(2);
        var incident = bench.Incidents().Single(i => i.Kind == "StopRefused");
        incident.Seen.ShouldContain(message);
        incident.Done.ShouldContain("left at market");
        bench.Decisions().Last(d => d.Kind == "Exit").Why.ShouldContain(message);
        bench.RiskView.State.ShouldBe("Active");
    }

    [Theory]
    [InlineData(-2021, StopRefusedAction.Hold)]
    [InlineData(-4120, StopRefusedAction.Exit)]
    [InlineData(-4120, StopRefusedAction.Hold)]
    public void A_stop_that_cannot_be_placed_leaves_the_engines_own_and_opens_nothing_until_one_is_taken(int code, StopRefusedAction action)
    {
        using var bench = new GrainBench { Settings = Samples.Settings with { Protection = new ProtectionSettings { OnRefused = action } } }.StartActive();
        bench.Venue.OnPlaceTrigger = _ => Task.FromResult(new TriggerOrderAnswer(OrderAnswerKind.Rejected, null, code, "refused"));
        Propose(bench);
        bench.Deliver(bench.Venue.Execute(Entry, 1));
        bench.Pass(10);
        bench.Books.Quantity.ShouldBe(1);
        bench.Books.StopState.ShouldBe("None");
        bench.Books.StopReason.ShouldContain("refused");
        bench.Books.Ready.ShouldBeFalse();
        bench.RiskView.State.ShouldBe("Recovering");
        bench.Incidents().Count(i => i.Kind == "StopRefused").ShouldBe(1, "it alerts once");
        bench.Venue.Count("stop ").ShouldBeInRange(2, 6);

        bench.Venue.OnPlaceTrigger = null;
        bench.Pass(40);
        bench.Venue.Waiting.Count.ShouldBe(1);
        (bench.Books.StopState, bench.RiskView.State).ShouldBe(("Resting", "Active"));
    }

    [Fact]
    public void A_lost_answer_is_asked_for_and_no_second_stop_is_sent()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlaceTrigger = request =>
        {
            bench.Venue.Wait(request);
            return Task.FromResult(new TriggerOrderAnswer(OrderAnswerKind.Unknown, null, -1007, "no answer"));
        };
        Open(bench);
        bench.Pass(20);
        bench.Venue.Count("stop ").ShouldBe(1);
        bench.Books.StopState.ShouldBe("Resting");
        bench.Incidents().ShouldContain(i => i.Kind == "StopUnknown");
    }

    [Fact]
    public void One_that_is_missing_for_long_and_then_appears_leaves_exactly_one()
    {
        using var bench = new GrainBench().StartActive();
        TriggerOrderRequest? hidden = null;
        bench.Venue.OnPlaceTrigger = request =>
        {
            hidden = request;
            bench.Venue.OnPlaceTrigger = null;
            return Task.FromResult(new TriggerOrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer"));
        };
        Open(bench);
        bench.Pass(20);
        bench.Venue.Waiting.Single().ClientId.ShouldBe(Second);

        bench.Venue.Wait(hidden! with { Quantity = 1 });
        bench.Pass(31);
        bench.Venue.Waiting.Count.ShouldBe(1);
        bench.Books.StopState.ShouldBe("Resting");
    }

    [Fact]
    public void One_that_somebody_cancels_is_placed_again_by_the_event_or_by_the_audit()
    {
        using var bench = new GrainBench().StartActive();
        Open(bench);
        bench.Tell(() => bench.Execution.OnTrigger(TriggerReportMessage.From(bench.Venue.Drop(First))));
        bench.Pass(1);
        bench.Venue.Waiting.Single().ClientId.ShouldBe(Second);
        bench.Incidents().Single(i => i.Kind == "StopLost").Seen.ShouldContain(First);

        bench.Venue.Drop(Second);
        bench.Pass(31);
        bench.Venue.Waiting.Single().ClientId.ShouldBe($"{Entry}.3");

        bench.Venue.Forget($"{Entry}.3");
        bench.Pass(31);
        bench.Venue.Waiting.Single().ClientId.ShouldBe($"{Entry}.4");
        bench.Incidents().ShouldContain(i => i.Kind == "StopMissing");
    }

    [Fact]
    public void A_restart_finds_its_stop_by_the_journal_and_an_orphan_is_cancelled()
    {
        using var bench = new GrainBench().StartActive();
        Open(bench);
        bench.Crash();

        // Another one of ours, which the journal lost, and one of somebody else's.
        bench.Venue.Wait(new TriggerOrderRequest($"{Entry}.7", Samples.Symbol, OrderSide.Sell, 90, 1, WorkingPrice.Mark));
        bench.Venue.Wait(new TriggerOrderRequest("web_1", Samples.Symbol, OrderSide.Sell, 80, 1, WorkingPrice.Last));
        bench.StartActive();
        bench.Pass(1);
        bench.Venue.Waiting.Select(t => t.ClientId).ShouldBe([First, "web_1"]);
        bench.Venue.Count("stop ").ShouldBe(1);
        bench.Books.StopState.ShouldBe("Resting");
        bench.Incidents().ShouldContain(i => i.Kind == "StopFound");

        // Numbers used up by the orphan are not used again.
        Tell(bench, 101, 98);
        bench.Pass(1);
        bench.Venue.Waiting.Select(t => t.ClientId).ShouldBe(["web_1", $"{Entry}.8"]);
    }

    [Fact]
    public void A_crash_between_journal_and_answer_leaves_one_stop()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlaceTrigger = async request =>
        {
            bench.Venue.Wait(request);
            await Task.Delay(TimeSpan.FromMinutes(1), bench.Scheduler.TimeProvider);
            throw new InvalidOperationException("never read");
        };
        Submit(bench, quantity: 1);
        bench.Deliver(bench.Venue.Execute(Entry, 1));
        bench.Pass(0.5);
        bench.Crash();
        bench.Venue.OnPlaceTrigger = null;
        bench.StartActive();
        bench.Pass(1);
        bench.Venue.Waiting.Single().ClientId.ShouldBe(First);
        bench.Books.StopState.ShouldBe("Resting");
    }

    [Fact]
    public void A_stop_that_cannot_be_journalled_is_not_sent()
    {
        using var bench = new GrainBench().StartActive();
        Submit(bench, quantity: 1);
        bench.Journal.Fault = static (records, _) => records.Any(r => r is OrderRecord { Purpose: "Stop" }) ? new Granary.Journal.JournalException("the disk is full") : null;
        bench.Deliver(bench.Venue.Execute(Entry, 1));
        bench.Pass(1);
        bench.Venue.Count("stop ").ShouldBe(0);

        bench.Journal.Fault = static (_, _) => null;
        bench.Pass(31);
        bench.Venue.Waiting.Count.ShouldBe(1);
    }

    [Fact]
    public void Foreign_positions_and_switched_off_protection_have_no_stop_and_say_why()
    {
        using (var bench = new GrainBench().StartActive())
        {
            bench.Venue.Shift(2);
            bench.Pass(31);
            bench.Books.Quantity.ShouldBe(2);
            bench.Books.StopState.ShouldBe("None");
            bench.Books.StopReason.ShouldContain("foreign");
            bench.Venue.Count("stop ").ShouldBe(0);
        }

        using var without = new GrainBench { Settings = Samples.Settings with { Protection = new ProtectionSettings { AtVenue = false } } }.StartActive();
        Open(without);
        without.Books.StopReason.ShouldContain("switched off");
        without.Venue.Count("stop ").ShouldBe(0);
    }

    [Fact]
    public void A_foreign_stop_for_the_whole_position_does_not_keep_ours_out()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Wait(new TriggerOrderRequest("web_1", Samples.Symbol, OrderSide.Sell, 80, null, WorkingPrice.Last));
        Open(bench);
        bench.Pass(1);
        var ours = bench.Venue.Waiting.Single(t => t.ClientId != "web_1");
        (ours.Quantity, ours.TriggerPrice).ShouldBe((1m, 97m));
        bench.Books.StopState.ShouldBe("Resting");
        bench.Incidents().ShouldNotContain(i => i.Kind == "StopRefused");
    }

    private static void Open(GrainBench bench, OrderSide side = OrderSide.Buy)
    {
        Submit(bench, 1, side);
        bench.Deliver(bench.Venue.Execute(Entry, 1));
        bench.Pass(0.5);
    }

    private static void Exit(GrainBench bench)
    {
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request, 103));
        bench.Ask(() => bench.Risk.Propose(Samples.Exit("x"))).Approved.ShouldBeTrue();
        bench.Pass(0.5);
        bench.DeliverEvents();
    }

    private static void Propose(GrainBench bench)
    {
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e"))).Approved.ShouldBeTrue();
        bench.Pass(0.2);
    }

    private static void DeliverTriggers(GrainBench bench)
    {
        while (bench.Venue.TriggerEvents.TryDequeue(out var report)) bench.Tell(() => bench.Execution.OnTrigger(TriggerReportMessage.From(report)));
    }

    private static void Tell(GrainBench bench, decimal price, decimal stop) =>
        bench.Tell(() => bench.Execution.OnMarket(new MarketNotice(null, null, price, price, Entry, stop)));

    private static void Submit(GrainBench bench, decimal quantity, OrderSide side = OrderSide.Buy)
    {
        if (quantity == 1)
        {
            bench.Ask(() => bench.Risk.Propose(Samples.Entry("open", side))).Approved.ShouldBeTrue();
            bench.Pass(0.2);
            return;
        }

        bench.Ask(() => bench.Execution.Submit(new ApprovedOrderMessage(Samples.Approved(1, quantity, side), 0)));
        bench.Pass(0.2);
    }
}
