using Granary.Engine.Grid;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;
using Granary.Journal.Records;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Execution;

/// <summary>The grid over all grains: approved as a whole, journalled before it is sent, and brought back after cuts, kills and hands.</summary>
public sealed class GridTests
{
    // High 100: limit 110, boundary 50; rungs of 400 each 2 %.
    private static readonly GridSettings Grid = new()
    {
        Enabled = true,
        OrdersPerMinuteMax = 120,
        Ladder = new GridOptions { LongLimitFraction = 1.1m, StepRatio = 0.02m, OrderFraction = 0.004m, OrdersMax = 6 },
    };

    [Fact]
    public void Its_entries_rest_below_the_market_post_only_within_one_approval()
    {
        using var bench = Start();
        var orders = Live(bench);
        orders.Count.ShouldBe(6);
        orders.ShouldAllBe(o => o.Side == OrderSide.Buy && o.Price < 100 && !o.ReduceOnly && o.Strategy == "grid" && o.Status == OrderStatus.New);
        bench.Orders().ShouldAllBe(o => o.TimeInForce == "Gtx");
        orders.ShouldAllBe(o => Names(o).Purpose == GridPurpose.Entry);
        orders.Select(o => Names(o).Rung).Distinct().Count().ShouldBe(6);

        var approval = bench.Decisions().Single(d => d.Strategy == "grid" && d.Outcome == "Approved");
        (approval.Outcome, approval.Detail).ShouldBe(("Approved", "t/main/grid/1"));
        bench.RiskView.ReservedNotional.ShouldBe(5_000, 0.01m, "5 % of the equity, whether used or not");
        var view = View(bench);
        (view.State, view.Reason, view.Leverage, view.OpenOrders).ShouldBe(("Trading", "", view.LeverageTarget, 6));
        view.Ladders.Single().Rungs.Count(r => r.State == nameof(RungState.EntryResting)).ShouldBe(6);
    }

    [Fact]
    public void A_fill_gets_its_take_profit_and_the_venue_a_stop_and_a_round_trip_earns()
    {
        using var bench = Start();
        var entry = Live(bench).MaxBy(o => o.Price)!;
        Fill(bench, entry);
        Quote(bench, entry.Price!.Value);
        var exit = Live(bench).Single(o => o.Side == OrderSide.Sell);
        (exit.ReduceOnly, exit.Quantity, exit.Price > entry.Price * 1.018m).ShouldBe((true, entry.Quantity, true));
        Names(exit).ShouldSatisfyAllConditions(n => n.Purpose.ShouldBe(GridPurpose.TakeProfit), n => n.Rung.ShouldBe(Names(entry).Rung));
        bench.Venue.Waiting.Single().TriggerPrice.ShouldBe(49.5m, "the global stop rests at the venue too");
        bench.RiskView.ReservedNotional.ShouldBe(5_000 - (entry.Quantity * entry.Price!.Value), 0.01m, "what is held is no longer reserved beside it");

        Fill(bench, exit);
        Quote(bench, 100);
        var view = View(bench);
        (view.Inventory, view.MakerRatio, view.UnexpectedTakerNotional, view.Ladders[0].Trips).ShouldBe((0, 1, 0, 1));
        view.RealizedProfit.ShouldBe(entry.Quantity * (exit.Price!.Value - entry.Price!.Value));
        bench.Venue.Waiting.ShouldBeEmpty();
        Live(bench).Count.ShouldBe(6);
    }

    [Fact]
    public void A_kill_at_any_moment_is_gone_on_from_and_fills_of_the_gap_find_their_rungs()
    {
        using var bench = Start();
        var entries = Live(bench).OrderByDescending(o => o.Price).ToList();
        Fill(bench, entries[0]);
        bench.Crash();
        bench.Venue.Execute(entries[1].ClientOrderId, entries[1].Quantity, entries[1].Price!.Value);
        bench.StartActive();
        Prime(bench, entries[1].Price!.Value);
        var held = View(bench).Ladders[0].Rungs.Where(r => r.Held > 0).ToList();
        held.Select(r => r.Rung).ShouldBe([Names(entries[0]).Rung, Names(entries[1]).Rung]);
        Live(bench).Count(o => o.Side == OrderSide.Sell).ShouldBe(2);
        Inventory(bench).ShouldBe(bench.Venue.Quantity);
        bench.Incidents().ShouldNotContain(i => i.Kind == "OrderUnknown");
    }

    [Fact]
    public void A_lost_state_is_made_again_from_the_ids_of_the_orders()
    {
        using var bench = Start();
        var entries = Live(bench).OrderByDescending(o => o.Price).ToList();
        Fill(bench, entries[0]);
        Fill(bench, entries[2]);
        bench.Tell(() => bench.Journal.AppendAsync([new SnapshotRecord("execution/main/BTCUSDT/grid", [1, 2, 3], 0)], null));
        bench.Crash();
        bench.StartActive();
        Prime(bench, entries[2].Price!.Value);
        View(bench).Ladders[0].Rungs.Where(r => r.Held > 0).Select(r => r.Rung).ShouldBe([Names(entries[0]).Rung, Names(entries[2]).Rung]);
        Inventory(bench).ShouldBe(bench.Venue.Quantity);
        bench.Incidents().ShouldContain(i => i.Kind == "GridStateLost");
        Live(bench).Count(o => o.Side == OrderSide.Sell).ShouldBe(2);
    }

    [Fact]
    public void Orders_cancelled_by_hand_are_placed_again_and_what_is_closed_by_hand_leaves_its_rung()
    {
        using var bench = Start();
        var entry = Live(bench).MaxBy(o => o.Price)!;
        Fill(bench, entry);
        Quote(bench, entry.Price!.Value);
        foreach (var order in Live(bench).Take(3)) bench.Venue.Cancel(order.ClientOrderId);
        bench.Ask(() => bench.Execution.Reconcile("test"));
        Quote(bench, entry.Price!.Value);
        Live(bench).Count.ShouldBe(6);

        bench.Venue.Foreign("by-hand", entry.Quantity, OrderSide.Sell);
        bench.Deliver(bench.Venue.Execute("by-hand", entry.Quantity, 97));
        Quote(bench, 96);
        (Inventory(bench), bench.Venue.Quantity).ShouldBe((0, 0));
        Live(bench).ShouldAllBe(o => o.Side == OrderSide.Buy);
    }

    [Fact]
    public void A_post_only_order_that_would_take_is_priced_further_away_and_never_crosses()
    {
        using var bench = Start(quoted: false);
        bench.Venue.OnPlace = _ => Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, -5022, "would take"));
        for (var i = 0; i < 30; i++) Quote(bench, 100, seconds: 2);
        var view = View(bench);
        (view.IsRejecting, view.Inventory).ShouldBe((true, 0));
        view.RejectsInRow.ShouldBeGreaterThanOrEqualTo(20);
        view.Reason.ShouldContain("refused");
        bench.Incidents().Count(i => i.Kind == "GridRejected").ShouldBe(1);
        bench.Orders().ShouldAllBe(o => o.TimeInForce == "Gtx");

        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Rest(request));
        for (var i = 0; i < 40; i++) Quote(bench, 100, seconds: 2);
        (View(bench).IsRejecting, Live(bench).Count).ShouldBe((false, 6));
    }

    [Fact]
    public void An_order_without_an_answer_is_asked_for_and_not_sent_twice()
    {
        using var bench = Start(quoted: false);
        var lost = 0;
        bench.Venue.OnPlace = request =>
        {
            var answer = bench.Venue.Rest(request);
            return Task.FromResult(lost++ < 2 ? new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "timeout") : answer);
        };
        for (var i = 0; i < 10; i++) Quote(bench, 100, seconds: 2);
        Live(bench).Count.ShouldBe(6);
        bench.Venue.Count("place").ShouldBe(6);
        Live(bench).ShouldAllBe(o => o.Status == OrderStatus.New);
    }

    [Fact]
    public void A_stop_of_the_account_withdraws_entries_and_keeps_take_profits()
    {
        using var bench = Start();
        var entry = Live(bench).MaxBy(o => o.Price)!;
        Fill(bench, entry);
        Quote(bench, entry.Price!.Value);
        bench.Ask(() => bench.Risk.SetState("ReduceOnly", "test", "tester"));
        for (var i = 0; i < 8; i++) Quote(bench, entry.Price!.Value);
        Live(bench).ShouldAllBe(o => o.Side == OrderSide.Sell);
        Live(bench).Count.ShouldBe(1);
        View(bench).ShouldSatisfyAllConditions(v => v.State.ShouldBe("Paused"), v => v.Reason.ShouldContain("StateReduceOnly"));

        bench.Ask(() => bench.Risk.SetState("Active", "test", "tester"));
        for (var i = 0; i < 8; i++) Quote(bench, entry.Price!.Value);
        Live(bench).Count(o => o.Side == OrderSide.Buy).ShouldBeGreaterThan(3);
    }

    [Fact]
    public void A_halt_cancels_everything_and_nothing_is_sent_until_it_ends()
    {
        using var bench = Start();
        bench.Ask(() => bench.Risk.SetState("Halted", "test", "tester"));
        bench.Tell(() => bench.Risk.CancelAll("test"));
        var sent = bench.Venue.Count("place");
        for (var i = 0; i < 8; i++) Quote(bench, 100);
        Live(bench).ShouldBeEmpty();
        bench.Venue.Count("place").ShouldBe(sent);
        View(bench).State.ShouldBe("Idle");
    }

    [Fact]
    public void What_others_propose_in_its_symbol_is_refused()
    {
        using var bench = Start();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1"))).ShouldSatisfyAllConditions(
            a => a.Approved.ShouldBeFalse(), a => a.Reason.ShouldBe(nameof(RefusalReason.OrderInFlight)));
    }

    [Fact]
    public void Beyond_its_boundary_everything_is_closed_at_market_until_an_operator_resumes_it()
    {
        using var bench = Start();
        Fill(bench, Live(bench).MaxBy(o => o.Price)!);
        bench.Venue.OnPlace = request => Task.FromResult(request.Type == OrderType.Market ? bench.Venue.Take(request, 49) : bench.Venue.Rest(request));
        for (var i = 0; i < 3; i++)
        {
            Quote(bench, 49);
            bench.DeliverEvents();
        }

        (Inventory(bench), bench.Venue.Quantity, Live(bench).Count).ShouldBe((0, 0, 0));
        View(bench).State.ShouldBe("Stopped");
        Quote(bench, 90);
        Live(bench).ShouldBeEmpty();
        bench.Ask(() => bench.Execution.ControlGrid("resume", "the market is back", "tester"));
        for (var i = 0; i < 3; i++) Quote(bench, 90);
        Live(bench).Count.ShouldBe(6);
        bench.Incidents().ShouldContain(i => i.Kind == "GridCommand");
    }

    [Fact]
    public void A_symbol_without_a_grid_has_none()
    {
        using var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Execution.GetGrid()).ShouldBeNull();
        bench.Decisions().ShouldBeEmpty();
    }

    private static GrainBench Start(bool quoted = true)
    {
        var bench = new GrainBench();
        bench.Settings = bench.Settings with { Symbols = [bench.Settings.Symbols[0] with { Grid = Grid }] };
        bench.Venue.Klines.Add(new Kline(Samples.T0 - 7_200_000, 99, 100, 98, 99, 1, Samples.T0 - 3_600_001, 99, 1, 0, 0));
        bench.StartActive();
        if (quoted) Prime(bench, 100);
        else bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, 100, Samples.T0)));
        return bench;
    }

    /// <summary>Prices until the gate has approved and the orders rest.</summary>
    private static void Prime(GrainBench bench, decimal price)
    {
        for (var i = 0; i < 10; i++) Quote(bench, price);
    }

    private static void Quote(GrainBench bench, decimal price, double seconds = 1)
    {
        bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, price, bench.Scheduler.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds())));
        bench.Tell(() => bench.Execution.OnMarket(new MarketNotice(price - 0.1m, price + 0.1m, price, price, "", 0)));
        bench.Pass(seconds);
    }

    private static void Fill(GrainBench bench, OrderView order) =>
        bench.Deliver(bench.Venue.Execute(order.ClientOrderId, order.Quantity, order.Price!.Value));

    private static IReadOnlyList<OrderView> Live(GrainBench bench) => bench.Books.LiveOrders;

    private static GridView View(GrainBench bench) => bench.Ask(() => bench.Execution.GetGrid())!;

    private static decimal Inventory(GrainBench bench) => View(bench).Inventory;

    private static RungOrderId Names(OrderView order)
    {
        RungOrderId.TryParse(order.ClientOrderId, out var id).ShouldBeTrue(order.ClientOrderId);
        id.ToString().ShouldBe(order.ClientOrderId);
        return id;
    }
}
