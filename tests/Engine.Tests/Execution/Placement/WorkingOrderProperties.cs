using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;

namespace Granary.Engine.Tests.Execution.Placement;

/// <summary>Whatever the market and the venue do, in whatever order.</summary>
public sealed class WorkingOrderProperties
{
    [Fact]
    public void Never_more_than_approved_never_two_at_once_never_beyond_the_bound_and_it_ends() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1).ArrayOf(60)),
        seed =>
        {
            var isExit = seed[0] % 2 == 0;
            var side = seed[1] % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            var policy = new PlacementPolicy
            {
                Style = seed[2] % 2 == 0 ? PlacementStyle.LimitFirst : PlacementStyle.PostOnly,
                DistanceTicks = seed[3] % 4,
                RepriceMs = 100,
                BoundShare = 0.002m,
                AtTimeout = seed[4] % 2 == 0 ? PlacementTimeout.Cross : PlacementTimeout.Cancel,
            };
            var s = new PlacementScene(policy, side, isExit: isExit);
            foreach (var n in seed.Skip(5))
            {
                Happen(s, n);
                s.Step(n % 7 == 0 ? 500 : 0);
                Check(s, side, isExit);
            }

            // From here on the venue answers everything.
            for (var i = 0; i < 200 && s.Working.Stage != WorkingStage.Over; i++)
            {
                Settle(s);
                s.Step(1_000);
                Check(s, side, isExit);
            }
            s.Working.Stage.ShouldBe(WorkingStage.Over);
            s.Working.Parent.LiveCount.ShouldBe(0);
            var filled = s.Placed.Sum(p => s.Tracker.TryGet(p.ClientOrderId, out var order) ? order.FilledQuantity : 0);
            s.Working.Parent.Executed.ShouldBe(filled);
            s.Working.FilledQuantity.ShouldBe(filled);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void Happen(PlacementScene s, int n)
    {
        var order = s.Placed.Count > 0 ? s.Newest : null;
        var fill = order is null ? 0 : Math.Min(order.RemainingQuantity, (1 + (n % 5)) * 0.1m);
        switch ((n / 16) % 10)
        {
            case 0:
            case 1:
                var bid = 99 + ((n % 21) * 0.1m);
                s.Quote(bid, bid + 0.1m + ((n % 3) * 0.1m));
                break;
            case 2 when order is { IsLive: true } && fill > 0:
                s.Report(fill == order.RemainingQuantity ? OrderStatus.Filled : OrderStatus.PartiallyFilled, fill);
                break;
            case 3 when order is { IsSeenAtVenue: false }:
                s.Reject(n % 3 == 0 ? -5022 : -2019);
                break;
            case 4:
            case 5:
                if (order is { IsLive: true }) s.Report(OrderStatus.New);
                break;
            case 6 when order is not null:
                s.Lose();
                break;
            case 7 when order is { IsLive: true, Status: OrderStatus.PendingCancel or OrderStatus.PendingAmend }:
                s.Report(OrderStatus.Canceled);
                break;
            case 8 when n % 5 == 0:
                s.Working.Hasten("sooner");
                break;
            case 9 when n % 11 == 0:
                s.Working.Stop("enough");
                break;
        }
    }

    private static void Settle(PlacementScene s)
    {
        if (s.Placed.Count == 0 || s.Newest is not { IsLive: true } order) return;
        if (order.Status == OrderStatus.PendingCancel) s.Report(OrderStatus.Canceled);
        else if (order.Request.Type == OrderType.Market) s.Report(OrderStatus.Filled, order.RemainingQuantity);
        else if (order.Request.TimeInForce == TimeInForce.Ioc) s.Report(OrderStatus.Expired);
        else if (order.Status is OrderStatus.PendingNew or OrderStatus.Unknown or OrderStatus.PendingAmend)
        {
            s.Report(OrderStatus.New);
            s.Tell(s.Tracker.MarkAmendEnded(order.ClientOrderId));
        }
    }

    private static void Check(PlacementScene s, OrderSide side, bool isExit)
    {
        var parent = s.Working.Parent;
        parent.Committed.ShouldBeLessThanOrEqualTo(parent.Quantity);
        parent.LiveCount.ShouldBeLessThanOrEqualTo(1);
        foreach (var placed in s.Placed)
        {
            placed.ReduceOnly.ShouldBe(isExit);
            placed.Side.ShouldBe(side);
            if (placed.Price is { } price) ((int)side * (price - 100)).ShouldBeLessThanOrEqualTo(0.2m);
        }
        foreach (var price in s.Amended) ((int)side * (price - 100)).ShouldBeLessThanOrEqualTo(0.2m);
    }
}
