using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Execution.Placement;

public sealed class WorkingOrderTests
{
    private static readonly PlacementPolicy LimitFirst = new() { Style = PlacementStyle.LimitFirst, BoundShare = 0.002m };
    private static readonly PlacementPolicy PostOnly = LimitFirst with { Style = PlacementStyle.PostOnly };

    [Theory]
    [InlineData(OrderSide.Buy, 0, 99.9)]
    [InlineData(OrderSide.Buy, 3, 99.6)]
    [InlineData(OrderSide.Sell, 0, 100.1)]
    [InlineData(OrderSide.Sell, 3, 100.4)]
    public void A_part_is_placed_behind_the_best_price_of_its_own_side(OrderSide side, int ticks, double expected)
    {
        var s = new PlacementScene(LimitFirst with { DistanceTicks = ticks }, side);
        s.Step().Kind.ShouldBe(PlacementStepKind.Place);
        s.Placed.ShouldBe([new OrderRequest("t/main/momentum/1-1", "BTCUSDT", side, OrderType.Limit, TimeInForce.Gtc, 1, (decimal)expected, false)]);
    }

    [Fact]
    public void Without_a_book_the_last_trade_stands_for_it()
    {
        var s = new PlacementScene(PostOnly);
        s.Working.OnQuote(null, null, 99.74m);
        s.Step();
        s.Placed[0].Price.ShouldBe(99.7m);
        s.Placed[0].TimeInForce.ShouldBe(TimeInForce.Gtx);
    }

    [Fact]
    public void A_price_is_never_beyond_the_bound_of_the_decision()
    {
        var s = new PlacementScene(LimitFirst);
        s.Quote(105, 105.1m);
        s.Step();
        s.Placed[0].Price.ShouldBe(100.2m);
    }

    [Fact]
    public void A_post_only_part_stays_behind_the_other_side()
    {
        var s = new PlacementScene(PostOnly);
        s.Quote(100, 100);
        s.Step();
        s.Placed[0].Price.ShouldBe(99.9m);
    }

    [Fact]
    public void What_is_filled_is_over()
    {
        var s = new PlacementScene(LimitFirst);
        s.Rest();
        s.Report(OrderStatus.PartiallyFilled, 0.4m);
        s.Step().Kind.ShouldBe(PlacementStepKind.Wait);
        s.Report(OrderStatus.Filled, 0.6m);
        s.Step().Kind.ShouldBe(PlacementStepKind.End);
        s.Working.Parent.Executed.ShouldBe(1);
        s.Working.SlippageBps!.Value.ShouldBe(-10, 1e-9);
    }

    [Fact]
    public void It_follows_the_market_and_never_runs_from_it()
    {
        var s = new PlacementScene(LimitFirst);
        s.Rest();
        s.Quote(100, 100.2m);
        s.Step(5_000).Kind.ShouldBe(PlacementStepKind.Wait, "one tick is not two");
        s.Quote(99.5m, 99.7m);
        s.Step().Kind.ShouldBe(PlacementStepKind.Wait);
        s.Quote(100.1m, 100.3m);
        s.Step().Kind.ShouldBe(PlacementStepKind.Amend);
        s.Amended.ShouldBe([100.1m]);
        s.Step().Kind.ShouldBe(PlacementStepKind.Wait, "one amendment is under way");
    }

    [Fact]
    public void It_is_repriced_no_oftener_than_allowed()
    {
        var s = new PlacementScene(LimitFirst);
        s.Rest();
        s.Quote(100.1m, 100.3m);
        s.Step().LookAgainMs.ShouldBe(PlacementScene.T0 + 1_000);
        s.Step(1_000).Kind.ShouldBe(PlacementStepKind.Amend);
        s.Report(OrderStatus.New, price: 100.1m);
        s.Quote(105, 105.2m);
        s.Step().Kind.ShouldBe(PlacementStepKind.Wait, "the bound is a tick away");
    }

    [Fact]
    public void An_entry_crosses_up_to_its_bound_and_no_further()
    {
        var s = new PlacementScene(LimitFirst);
        s.Rest();
        s.Report(OrderStatus.PartiallyFilled, 0.4m);
        s.Step(10_000).Kind.ShouldBe(PlacementStepKind.Cancel);
        s.Step().Kind.ShouldBe(PlacementStepKind.Wait, "nobody knows yet what it still trades");
        s.Report(OrderStatus.Canceled);
        s.Step().Kind.ShouldBe(PlacementStepKind.Place);
        s.Placed[1].ShouldBe(new OrderRequest("t/main/momentum/1-2", "BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Ioc, 0.6m, 100.2m, false));
        s.Report(OrderStatus.Expired, 0.1m);
        s.Step().Kind.ShouldBe(PlacementStepKind.End);
        s.Working.Parent.Executed.ShouldBe(0.5m);
    }

    [Fact]
    public void An_exit_crosses_at_market()
    {
        var s = new PlacementScene(LimitFirst, OrderSide.Sell, isExit: true);
        s.Rest();
        s.Step(10_000);
        s.Report(OrderStatus.Canceled);
        s.Step();
        s.Placed[1].ShouldBe(new OrderRequest("t/main/momentum/1-2", "BTCUSDT", OrderSide.Sell, OrderType.Market, TimeInForce.Gtc, 1, null, true));
        s.Placed[0].ReduceOnly.ShouldBeTrue();
    }

    [Fact]
    public void The_rest_is_given_up_where_the_policy_says_so()
    {
        var s = new PlacementScene(LimitFirst with { AtTimeout = PlacementTimeout.Cancel });
        s.Rest();
        s.Step(10_000).Kind.ShouldBe(PlacementStepKind.Cancel);
        s.Report(OrderStatus.Canceled);
        s.Step().Kind.ShouldBe(PlacementStepKind.End);
        s.Placed.Count.ShouldBe(1);
        s.Working.Reason.ShouldBe("its time is out");
    }

    [Fact]
    public void Post_only_refusals_are_counted_and_placed_again_further_away()
    {
        var s = new PlacementScene(PostOnly with { RejectsMax = 2 });
        s.Step();
        s.Reject();
        s.Working.IsStuck.ShouldBeFalse();
        s.Step().Kind.ShouldBe(PlacementStepKind.Wait);
        s.Step(1_000).Kind.ShouldBe(PlacementStepKind.Place);
        s.Placed[1].Price.ShouldBe(99.8m);
        s.Reject();
        s.Working.IsStuck.ShouldBeTrue();
        s.Step(1_000);
        s.Report(OrderStatus.New);
        s.Working.Rejects.ShouldBe(0);
        s.Placed.ShouldAllBe(p => p.TimeInForce == TimeInForce.Gtx);
    }

    [Fact]
    public void An_amendment_that_would_take_ends_the_part_and_counts_as_a_refusal()
    {
        var s = new PlacementScene(PostOnly);
        s.Rest();
        s.Quote(100.1m, 100.3m);
        s.Step(1_000).Kind.ShouldBe(PlacementStepKind.Amend);
        s.Report(OrderStatus.Canceled);
        s.Working.Rejects.ShouldBe(1);
        s.Step(1_000).Kind.ShouldBe(PlacementStepKind.Place);
    }

    [Fact]
    public void Another_refusal_ends_it()
    {
        var s = new PlacementScene(LimitFirst);
        s.Step();
        s.Reject(-2019);
        s.Step().Kind.ShouldBe(PlacementStepKind.End);
        s.Working.Reason.ShouldBe("refused: -2019 no");
    }

    [Fact]
    public void A_part_that_never_left_is_sent_again()
    {
        var s = new PlacementScene(LimitFirst);
        s.Step();
        s.Working.OnUnsent(1);
        s.Reject(0);
        s.Step(1_000).Kind.ShouldBe(PlacementStepKind.Place);
        s.Working.Rejects.ShouldBe(0);
    }

    [Fact]
    public void A_part_of_unknown_outcome_blocks_until_it_is_known()
    {
        var s = new PlacementScene(LimitFirst);
        s.Step();
        s.Lose();
        for (var i = 0; i < 100; i++) s.Step(1_000).Kind.ShouldBe(PlacementStepKind.Wait);
        s.Gone();
        s.Step().Kind.ShouldBe(PlacementStepKind.End, "the decision is too old by now");
    }

    [Fact]
    public void A_part_that_somebody_else_ended_is_not_placed_again()
    {
        var s = new PlacementScene(LimitFirst);
        s.Rest();
        s.Report(OrderStatus.Canceled);
        s.Step().Kind.ShouldBe(PlacementStepKind.End);
        s.Working.Reason.ShouldContain("ended at the venue");
    }

    [Fact]
    public void A_part_that_counted_as_over_and_lives_is_cancelled_first()
    {
        var s = new PlacementScene(PostOnly);
        s.Step();
        s.Reject();
        s.Step(1_000).Kind.ShouldBe(PlacementStepKind.Place);
        s.Report(OrderStatus.New);
        var first = s.Placed[0];
        s.Tell(s.Tracker.Apply(new OrderReport(
            "BTCUSDT", first.ClientOrderId, 7, OrderStatus.New, first.Side, first.Type, first.TimeInForce, 1, 99.9m, 0, 0, false, s.NowMs, null)));
        s.Working.Parent.LiveCount.ShouldBe(2);
        s.Step().ShouldBe(PlacementStep.Cancel(1));
    }

    [Fact]
    public void Hastened_it_crosses_and_stopped_it_ends()
    {
        var hastened = new PlacementScene(LimitFirst, OrderSide.Sell, isExit: true);
        hastened.Rest();
        hastened.Working.Hasten("a stop was reached");
        hastened.Step().Kind.ShouldBe(PlacementStepKind.Cancel);

        var stopped = new PlacementScene(LimitFirst);
        stopped.Rest();
        stopped.Working.Stop("an exit was asked for");
        stopped.Working.Hasten("no");
        stopped.Step().Kind.ShouldBe(PlacementStepKind.Cancel);
        stopped.Report(OrderStatus.Canceled);
        stopped.Step().Kind.ShouldBe(PlacementStepKind.End);
    }

    [Fact]
    public void What_is_too_small_for_an_order_is_let_go()
    {
        var s = new PlacementScene(LimitFirst);
        s.Rest();
        s.Report(OrderStatus.PartiallyFilled, 0.96m);
        s.Step(10_000);
        s.Report(OrderStatus.Canceled);
        s.Step().Kind.ShouldBe(PlacementStepKind.End);
        s.Working.Reason.ShouldContain("too small");
    }

    [Fact]
    public void An_entry_whose_time_ran_out_over_a_restart_is_given_up_and_an_exit_goes_on()
    {
        foreach (var isExit in new[] { false, true })
        {
            var s = new PlacementScene(LimitFirst, OrderSide.Sell, isExit: isExit);
            s.Rest();
            s.Working = Restart(s.Working);
            s.NowMs += 10_000;
            s.Working.Resume(s.NowMs);
            s.Step().Kind.ShouldBe(PlacementStepKind.Cancel);
            s.Report(OrderStatus.Canceled);
            s.Step().Kind.ShouldBe(isExit ? PlacementStepKind.Place : PlacementStepKind.End);
        }
    }

    [Fact]
    public void Its_state_is_restored_bit_for_bit_and_a_damaged_one_refused()
    {
        var s = new PlacementScene(PostOnly);
        s.Rest();
        s.Report(OrderStatus.PartiallyFilled, 0.4m);
        var bytes = Bytes(s.Working);
        Bytes(Restart(s.Working)).ShouldBe(bytes);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0xFF;
            try
            {
                var reader = new SnapshotReader(damaged);
                WorkingOrder.Read(ref reader);
            }
            catch (InvalidDataException)
            {
                // The one exception that it may throw; a byte of a number need not be seen.
            }
        }
    }

    private static WorkingOrder Restart(WorkingOrder order)
    {
        var reader = new SnapshotReader(Bytes(order));
        return WorkingOrder.Read(ref reader);
    }

    private static byte[] Bytes(WorkingOrder order)
    {
        var writer = new SnapshotWriter();
        order.Write(writer);
        return writer.ToArray();
    }
}
