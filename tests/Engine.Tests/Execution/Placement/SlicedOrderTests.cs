using Granary.Engine.Execution.Placement;
using Granary.Engine.Execution.Slicing;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Execution.Placement;

/// <summary>A large order, worked in four slices of a quarter each.</summary>
public sealed class SlicedOrderTests
{
    private static readonly PlacementPolicy LimitFirst = new() { Style = PlacementStyle.LimitFirst, BoundShare = 0.002m, TimeoutMs = 5_000 };

    [Fact]
    public void Each_slice_is_worked_limit_first_and_the_last_one_ends_it()
    {
        var s = new PlacementScene(LimitFirst, slices: PlacementScene.Quarters());
        for (var i = 1; i <= 4; i++)
        {
            s.Rest();
            s.Placed[^1].Quantity.ShouldBe(0.25m);
            s.Report(OrderStatus.Filled, 0.25m);
            if (i < 4) s.Step().Kind.ShouldBe(PlacementStepKind.Wait, "the next slice is not due");
            s.NowMs += 10_000;
        }
        s.Step().Kind.ShouldBe(PlacementStepKind.End);
        s.Working.Parent.Executed.ShouldBe(1);
    }

    [Fact]
    public void The_rest_of_a_slice_that_was_given_up_is_due_with_the_next()
    {
        var s = new PlacementScene(LimitFirst with { AtTimeout = PlacementTimeout.Cancel }, slices: PlacementScene.Quarters());
        s.Rest();
        s.Report(OrderStatus.PartiallyFilled, 0.1m);
        s.Step(5_000).Kind.ShouldBe(PlacementStepKind.Cancel);
        s.Report(OrderStatus.Canceled);
        s.Step(5_000).Kind.ShouldBe(PlacementStepKind.Place);
        s.Placed[^1].Quantity.ShouldBe(0.4m);
        s.Working.Stage.ShouldBe(WorkingStage.Resting);
    }

    [Fact]
    public void Without_patience_each_slice_takes_within_the_bound()
    {
        var s = new PlacementScene(LimitFirst with { Style = PlacementStyle.Taker }, slices: PlacementScene.Quarters());
        s.Step();
        s.Placed[0].ShouldBe(new OrderRequest("t/main/momentum/1-1", "BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Ioc, 0.25m, 100.2m, false));
        s.Report(OrderStatus.Expired);
        s.Step(10_000).Kind.ShouldBe(PlacementStepKind.Place);
        s.Placed[^1].Quantity.ShouldBe(0.5m);
    }

    [Fact]
    public void What_the_horizon_leaves_of_an_entry_is_given_up_and_an_exit_takes_it()
    {
        foreach (var isExit in new[] { false, true })
        {
            var s = new PlacementScene(LimitFirst with { TimeoutMs = 60_000 }, OrderSide.Sell, isExit: isExit, slices: PlacementScene.Quarters(OrderSide.Sell));
            s.Rest();
            s.Step(40_000).Kind.ShouldBe(PlacementStepKind.Cancel);
            s.Report(OrderStatus.Canceled);
            s.Step().Kind.ShouldBe(isExit ? PlacementStepKind.Place : PlacementStepKind.End);
            if (isExit) (s.Placed[^1].Type, s.Placed[^1].Quantity).ShouldBe((OrderType.Market, 1m));
        }
    }

    [Fact]
    public void Hastened_it_is_whole_again_and_stopped_it_ends()
    {
        var s = new PlacementScene(LimitFirst, OrderSide.Sell, isExit: true, slices: PlacementScene.Quarters(OrderSide.Sell));
        s.Rest();
        s.Working.Hasten("a stop was reached");
        s.Step().Kind.ShouldBe(PlacementStepKind.Cancel);
        s.Report(OrderStatus.Canceled);
        s.Step();
        s.Placed[^1].Quantity.ShouldBe(1);

        var stopped = new PlacementScene(LimitFirst, slices: PlacementScene.Quarters());
        stopped.Working.Stop("enough");
        stopped.Step().Kind.ShouldBe(PlacementStepKind.End);
        stopped.Placed.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_restored_with_its_schedule()
    {
        var s = new PlacementScene(LimitFirst, slices: PlacementScene.Quarters());
        s.Rest();
        s.Report(OrderStatus.PartiallyFilled, 0.1m);
        var writer = new SnapshotWriter();
        s.Working.Write(writer);
        var reader = new SnapshotReader(writer.ToArray());
        var back = WorkingOrder.Read(ref reader);
        var again = new SnapshotWriter();
        back.Write(again);
        again.ToArray().ShouldBe(writer.ToArray());
        back.Slices!.Filled.ShouldBe(0.1m);
    }
}
