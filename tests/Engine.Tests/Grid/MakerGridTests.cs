using Granary.Engine.Grid;
using Granary.Engine.Margin;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Grid;

public sealed class MakerGridTests
{
    // High 100: limit 95, boundary 50; levels 50, 51, 52.02 ... 93.7, 33 of them.
    private static readonly GridOptions Coarse = new() { StepRatio = 0.02m, OrderFraction = 0.01m, LookbackBars = 10, OrdersMax = 8 };

    [Fact]
    public void Nothing_is_sent_before_the_market_is_known_and_leverage_set()
    {
        var venue = GridVenue.Open(Coarse);
        venue.Grid.Plan([]).IsEmpty.ShouldBeTrue();
        venue.Grid.OnBar(100, 90);
        venue.Grid.Plan([]).IsEmpty.ShouldBeTrue();
        venue.Quote(80);
        venue.Grid.Plan([]).IsEmpty.ShouldBeTrue();
        // 79.6 and below: 1 / (1 - 49.5 / 79.6 * 0.996) is 2.6.
        venue.Grid.LeverageTarget.ShouldBe(2);
    }

    [Fact]
    public void The_nearest_rungs_below_the_market_rest_on_their_levels()
    {
        var venue = Opened(Coarse, 80);
        var ladder = venue.Grid.Ladders[0];
        ladder.Count.ShouldBe(33);
        var nearest = Enumerable.Range(0, 33).Select(ladder.View).Where(rung => rung.Price < 80).TakeLast(8).Reverse().ToList();
        venue.Orders.Select(order => order.PriceE8).ShouldBe(nearest.Select(rung => (long)decimal.Floor(rung.Price * 100) * 1_000_000));
        venue.Orders.ShouldAllBe(order => order.Side == OrderSide.Buy && !order.IsReduceOnly);
        nearest.ShouldAllBe(rung => rung.State == RungState.EntryResting);
        nearest.ShouldAllBe(rung => rung.Quantity == decimal.Floor(500 / decimal.Floor(rung.Price * 100) * 100 * 1_000) / 1_000);
    }

    [Fact]
    public void A_round_trip_earns_a_step_and_the_rung_rests_again()
    {
        var venue = Opened(Coarse, 80);
        var ladder = venue.Grid.Ladders[0];
        venue.Quote(78.8m).Settle();
        ladder.HeldCount.ShouldBe(1);
        var held = Enumerable.Range(0, 33).Select(ladder.View).Single(rung => rung.Held > 0);
        held.State.ShouldBe(RungState.TakeProfitResting);
        held.TakeProfit.ShouldBe(ladder.View(held.Rung + 1).Price);
        venue.Orders.Single(order => order.Side == OrderSide.Sell).IsReduceOnly.ShouldBeTrue();

        venue.Quote(82).Settle();
        (ladder.HeldE8, ladder.Cost, ladder.TripCount).ShouldBe((0, 0, 1));
        ladder.RealizedProfit.ShouldBe(held.Held * (decimal.Ceiling(held.TakeProfit!.Value * 100) - decimal.Floor(held.Price * 100)) / 100);
        ladder.View(held.Rung).State.ShouldBe(RungState.EntryResting);
        venue.Grid.Status().MakerRatio.ShouldBe(1);
    }

    [Fact]
    public void Trapped_rungs_rise_a_level_after_round_trips_at_similar_prices()
    {
        var venue = Opened(Coarse, 80);
        var ladder = venue.Grid.Ladders[0];
        venue.Quote(74).Settle();
        var trapped = Enumerable.Range(0, 33).Select(ladder.View).Where(rung => rung.Held > 0).Select(rung => rung.Rung).ToList();
        trapped.Count.ShouldBe(4);
        var lowest = trapped[0];
        for (var i = 0; i < 3; i++)
        {
            Level(ladder, trapped[^1]).ShouldBe(trapped[^1] + 1);
            venue.Quote(ladder.View(lowest + 1).Price + 0.1m).Settle();
            venue.Quote(ladder.View(lowest).Price - 0.1m).Settle();
        }
        ladder.TripCount.ShouldBe(3);
        trapped.Skip(1).ShouldAllBe(rung => Level(ladder, rung) == rung + 2);
        Level(ladder, lowest).ShouldBe(lowest + 1);
    }

    [Fact]
    public void At_the_limit_trapped_rungs_rise_no_more()
    {
        var venue = Opened(Coarse with { RaiseAfterTrips = 1, OrdersMax = 80 }, 99);
        var ladder = venue.Grid.Ladders[0];
        var top = ladder.View(32).Price;
        venue.Quote(top - 0.1m).Settle();
        venue.Quote(ladder.View(30).Price - 0.1m).Settle();
        for (var i = 0; i < 5; i++) venue.Quote(ladder.View(31).Price + 0.1m).Settle().Quote(ladder.View(30).Price - 0.1m).Settle();
        ladder.View(32).TakeProfit.ShouldBe(95);
        ladder.View(31).TakeProfit.ShouldBe(top);
    }

    [Fact]
    public void When_every_level_is_taken_the_highest_is_closed_and_the_others_move_up()
    {
        var venue = Opened(Coarse with { OrdersMax = 100 }, 99);
        var ladder = venue.Grid.Ladders[0];
        foreach (var price in (decimal[])[80, 65, 55]) venue.Quote(price).Settle();
        venue.Quote(49.99m);
        ladder.HeldCount.ShouldBe(33);
        venue.Settle();
        (ladder.SaturationCount, ladder.HeldCount, ladder.TripCount).ShouldBe((1, 32, 0));
        ladder.View(0).State.ShouldBe(RungState.Idle);
        Enumerable.Range(1, 32).ShouldAllBe(rung => Level(ladder, rung) == rung + 1);
        ladder.RealizedProfit.ShouldBeLessThan(0);
        venue.Grid.Status().MakerRatio!.Value.ShouldBeInRange(0.9m, 0.999m);
        // The lowest rung trades at the boundary again.
        venue.Quote(50.5m).Settle();
        ladder.View(0).State.ShouldBe(RungState.EntryResting);
        venue.Quote(49.9m).Settle();
        ladder.SaturationCount.ShouldBe(2);
    }

    [Fact]
    public void Beyond_the_boundary_the_global_stop_closes_everything()
    {
        var venue = Opened(Coarse, 60);
        venue.Quote(54).Settle().Quote(49.4m).Settle();
        var ladder = venue.Grid.Ladders[0];
        ladder.StopPrice.ShouldBe(49.5m);
        (ladder.IsStopped, ladder.HeldE8, venue.Orders.Count).ShouldBe((true, 0, 0));
        venue.Quote(70).Settle();
        venue.Orders.ShouldBeEmpty();
        venue.Grid.Resume();
        venue.Settle();
        venue.Orders.Count.ShouldBe(8);
    }

    [Fact]
    public void Without_margin_new_rungs_wait_until_others_are_closed()
    {
        // A rung is a tenth of the equity, and at a leverage of 2 the cap of 0.3 is worth six of them.
        var venue = Opened(Coarse with { OrderFraction = 0.1m, MarginShareMax = 0.3m, LeverageCap = 2, OrdersMax = 20 }, 80);
        var ladder = venue.Grid.Ladders[0];
        venue.Orders.Count.ShouldBe(6);
        ladder.IsCashShort.ShouldBeTrue();
        venue.Quote(60).Settle();
        (ladder.HeldCount, venue.Orders.Count(order => order.Side == OrderSide.Buy)).ShouldBe((6, 0));
        var lowest = Enumerable.Range(0, 33).Select(ladder.View).First(rung => rung.Held > 0);
        venue.Quote(ladder.View(lowest.Rung + 2).Price + 0.1m).Settle();
        // Two are closed, and theirs is room for two that are nearer to the market now.
        ladder.HeldCount.ShouldBe(4);
        venue.Orders.Count(order => order.Side == OrderSide.Buy).ShouldBe(2);
    }

    [Fact]
    public void Rejects_step_away_from_the_market_and_many_in_a_row_are_seen()
    {
        var venue = Opened(Coarse, 80);
        venue.Grid.OnRested(1);
        venue.CancelByHand(1).Reconnect();
        var prices = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            venue.Grid.Status().IsRejecting.ShouldBeFalse();
            var place = venue.Grid.Plan(venue.Actual())[0];
            prices.Add(place.PriceE8);
            venue.Grid.Sent(place, 1_000 + i);
            venue.Grid.OnRejected(1_000 + i, isCrossing: true);
        }
        prices.Distinct().Count().ShouldBe(1, "the level is passive as it is");
        venue.Grid.Status().IsRejecting.ShouldBeTrue();
        // The market comes to a tick above the level: an order of many rejects keeps its distance.
        venue.Grid.OnQuote(prices[0], prices[0] + 2_000_000, prices[0]);
        var distance = prices[0] + 2_000_000 - venue.Grid.Plan(venue.Actual())[0].PriceE8;
        distance.ShouldBe(21 * 1_000_000);
        venue.Settle();
        venue.Grid.Status().RejectsInRow.ShouldBe(0);
    }

    [Fact]
    public void A_market_that_ran_through_the_rungs_is_joined_below_by_one_order()
    {
        var venue = Opened(Coarse, 80);
        venue.CancelByHand(1).Reconnect();
        venue.Quote(77).Cycle();
        var best = venue.Orders[0];
        best.PriceE8.ShouldBe(7_699_000_000, "the best bid, not the better price it was meant for");
        var merged = Enumerable.Range(0, 33).Select(venue.Grid.Ladders[0].View).Where(rung => rung.State == RungState.EntryResting && rung.Price > 77).ToList();
        merged.Count.ShouldBe(2);
        best.QuantityE8.ShouldBe((long)(merged.Sum(rung => rung.Quantity) * 100_000_000));
        venue.Quote(76.9m);
        merged.ShouldAllBe(rung => venue.Grid.Ladders[0].View(rung.Rung).Held == rung.Quantity);
    }

    [Fact]
    public void A_step_of_the_range_costs_a_cancel_and_a_place()
    {
        var venue = Opened(Coarse, 99);
        var before = venue.Orders.Select(order => order.PriceE8).ToList();
        var commands = venue.Commands;
        venue.Grid.OnBar(102, 99);
        venue.Settle();
        (venue.Commands - commands).ShouldBe(2);
        venue.Orders.Select(order => order.PriceE8).Intersect(before).Count().ShouldBe(7, "the levels in force stay where they are");
        venue.Grid.Ladders[0].Range.ShouldBe(GridRange.Long(102));
    }

    [Fact]
    public void Levels_do_not_leave_a_held_rung_behind()
    {
        var venue = Opened(Coarse with { LookbackBars = 1 }, 92);
        venue.Quote(90).Settle();
        var ladder = venue.Grid.Ladders[0];
        var held = Enumerable.Range(0, 33).Select(ladder.View).Single(rung => rung.Held > 0);
        // The high of 100 is forgotten: 95 % of 70 is far below what is held.
        venue.Grid.OnBar(70, 65);
        venue.Settle();
        venue.Quote(68).Settle();
        var still = Enumerable.Range(0, ladder.Count).Select(ladder.View).Single(rung => rung.Price == held.Price);
        (still.Held, still.TakeProfit, ladder.IsMoveWaiting).ShouldBe((held.Held, held.TakeProfit, true));
        venue.Orders.Where(order => order.Side == OrderSide.Buy).ShouldAllBe(order => order.PriceE8 <= 6_650_000_000);
        ladder.Range.Limit.ShouldBe(held.TakeProfit!.Value);

        venue.Quote(95).Settle();
        venue.Quote(60).Settle();
        (ladder.IsMoveWaiting, ladder.Range).ShouldBe((false, GridRange.Long(70)));
    }

    [Fact]
    public void A_short_grid_is_the_mirror()
    {
        var venue = GridVenue.Open(Coarse with { Mode = GridMode.Short });
        venue.Grid.OnBar(110, 100);
        venue.Quote(120).Cycle().Settle();
        venue.Orders.ShouldAllBe(order => order.Side == OrderSide.Sell && order.PriceE8 > 12_000_000_000);
        venue.Quote(130).Settle();
        var ladder = venue.Grid.Ladders[0];
        venue.Position.ShouldBe(-ladder.HeldE8);
        ladder.HeldCount.ShouldBe(4);
        venue.Quote(110).Settle();
        (venue.Position, ladder.TripCount).ShouldBe((0, 4));
        ladder.RealizedProfit.ShouldBeInRange(4 * 500 * 0.015m, 4 * 500 * 0.021m);
        venue.Quote(203).Settle();
        (ladder.IsStopped, venue.Position).ShouldBe((true, 0));
    }

    [Fact]
    public void A_dual_grid_trades_both_ways()
    {
        var venue = GridVenue.Open(Coarse with { Mode = GridMode.Dual, OrdersMax = 16 });
        venue.Grid.OnBar(100, 90);
        venue.Quote(94.6m).Cycle().Settle();
        venue.Orders.Count(order => order.Side == OrderSide.Buy).ShouldBe(8);
        venue.Orders.Count(order => order.Side == OrderSide.Sell).ShouldBe(8);
        foreach (var price in (decimal[])[90, 97, 88, 99, 94.6m]) venue.Quote(price).Settle();
        venue.Grid.Ladders.ShouldAllBe(ladder => ladder.TripCount > 0);
        venue.Grid.Status().RealizedProfit.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_is_under_way_is_not_sent_twice()
    {
        var venue = GridVenue.Open(Coarse);
        var grid = venue.Grid;
        grid.OnBar(100, 90);
        venue.Quote(80);
        grid.Plan([]);
        grid.OnLeverage(grid.LeverageTarget);
        var places = grid.Plan([]).ToArray();
        places.Length.ShouldBe(8);
        for (var i = 0; i < places.Length; i++) grid.Sent(places[i], i + 1);
        grid.Plan([]).IsEmpty.ShouldBeTrue("all are on their way");

        // All rest, and a command for each is under way while the market runs away from them.
        ActualOrder[] actual = [.. places.Select((place, i) => new ActualOrder(i + 1, place.Side, place.PriceE8, place.QuantityE8, IsPending: true))];
        grid.OnQuote(8_999_000_000, 9_001_000_000, 9_000_000_000);
        grid.Plan(actual).IsEmpty.ShouldBeTrue("there is no room before they are answered");

        // A fill of one that is being cancelled finds its rung.
        grid.OnFill(8, places[7].QuantityE8, places[7].PriceE8, 0, isMaker: true).ShouldBeTrue();
        grid.Ladders[0].HeldE8.ShouldBe(places[7].QuantityE8);
    }

    [Fact]
    public void A_plan_does_not_allocate()
    {
        var venue = Opened(Coarse with { StepRatio = 0.002m, OrdersMax = 40 }, 80);
        venue.Quote(78).Settle();
        var actual = venue.Actual();
        long Planned()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                venue.Grid.OnQuote(7_800_000_000 + (i * 2_000_000), 7_802_000_000 + (i * 2_000_000), 7_801_000_000);
                venue.Grid.Plan(actual);
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Planned();
        Planned().ShouldBe(0);
    }

    [Fact]
    public void Damaged_snapshots_are_named()
    {
        var options = Coarse with { StepRatio = 0.2m, LookbackBars = 2 };
        var venue = Opened(options, 80);
        venue.Quote(65).Settle();
        var (rules, brackets) = (GridVenue.Rules(), LeverageBrackets.Flat("BTCUSDT", 0.004m));
        Execution.Damage.ShouldBeNamed(
            GridVenue.Bytes(venue.Grid), (ref SnapshotReader reader) => MakerGrid.Read(ref reader, options, rules, brackets));
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        foreach (var (options, name) in ((GridOptions, string)[])
        [
            (new() { Mode = 0 }, "Mode"), (new() { LookbackBars = 0 }, "LookbackBars"), (new() { LongLimitFraction = 0.5m }, "LongLimitFraction"),
            (new() { ShortBoundaryFraction = 1 }, "ShortBoundaryFraction"), (new() { StepRatio = 0.0001m }, "StepRatio"),
            (new() { OrderFraction = 0 }, "OrderFraction"),
            (new() { LeverageCap = 0 }, "LeverageCap"), (new() { MarginShareMax = 1.1m }, "MarginShareMax"), (new() { OrdersMax = 3 }, "OrdersMax"),
            (new() { RaiseAfterTrips = 0 }, "RaiseAfterTrips"), (new() { StopDistance = 0 }, "StopDistance"), (new() { RejectsMax = 0 }, "RejectsMax"),
        ])
            Should.Throw<ArgumentException>(options.Validate).ParamName.ShouldBe(name);
    }

    private static GridVenue Opened(GridOptions options, decimal price)
    {
        var venue = GridVenue.Open(options);
        venue.Grid.OnBar(100, 90);
        return venue.Quote(price).Cycle().Settle();
    }

    private static int Level(GridLadder ladder, int rung)
    {
        var takeProfit = ladder.View(rung).TakeProfit;
        for (var i = 0; i < ladder.Count; i++)
            if (ladder.View(i).Price == takeProfit) return i;
        return takeProfit == ladder.Range.Limit ? ladder.Count : -1;
    }
}
