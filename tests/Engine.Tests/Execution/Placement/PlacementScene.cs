using Granary.Engine.Execution.Placement;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Execution.Placement;

/// <summary>One order being worked at a price of 100, with a tick of 0.1, and a venue that does as it is told.</summary>
internal sealed class PlacementScene
{
    public const long T0 = 1_704_067_200_000;

    private long _venueId = 100;
    private long _tradeId = 1_000;

    public PlacementScene(PlacementPolicy policy, OrderSide side = OrderSide.Buy, decimal quantity = 1, bool isExit = false)
    {
        Working = new WorkingOrder(Approve(side, quantity, isExit), policy, 100, T0);
        Quote(99.9m, 100.1m);
    }

    public static SymbolRules Rules { get; } = new(
        "BTCUSDT", "TRADING", TickSize: 0.1m, StepSize: 0.001m, QuantityMin: 0.001m, QuantityMax: 1_000, MarketQuantityMax: 500, NotionalMin: 5, PriceMin: 1,
        PriceMax: 100_000, MultiplierUp: 1.05m, MultiplierDown: 0.95m, OrdersMax: 200, PricePrecision: 1, QuantityPrecision: 3);

    public WorkingOrder Working { get; set; }

    public OrderTracker Tracker { get; } = new("BTCUSDT");

    public long NowMs { get; set; } = T0;

    public List<OrderRequest> Placed { get; } = [];

    public List<decimal> Amended { get; } = [];

    public TrackedOrder Newest => Tracker.TryGet(Placed[^1].ClientOrderId, out var order) ? order : throw new InvalidOperationException("nothing was placed");

    public static Approved<Order> Approve(OrderSide side = OrderSide.Buy, decimal quantity = 1, bool isExit = false) => new(new Order(
        new OrderRequest("t/main/momentum/1", "BTCUSDT", side, OrderType.Market, TimeInForce.Gtc, quantity, null, isExit), "main", "momentum", "intent/1",
        isExit ? ProposalKind.Exit : ProposalKind.Entry, 2, null, T0));

    public void Quote(decimal bid, decimal ask) => Working.OnQuote(bid, ask, 0);

    /// <summary>Does the next step; the venue has not answered it yet.</summary>
    public PlacementStep Step(long laterMs = 0)
    {
        NowMs += laterMs;
        var step = Working.Next(Rules, NowMs);
        switch (step.Kind)
        {
            case PlacementStepKind.Place:
                var part = Working.Place(step, NowMs).Value;
                Placed.Add(part.Request);
                Tracker.Register(part, NowMs);
                break;
            case PlacementStepKind.Amend:
                Amended.Add(step.Price!.Value);
                Working.Amend(NowMs);
                Tell(Tracker.MarkPendingAmend(Newest.ClientOrderId));
                break;
            case PlacementStepKind.Cancel:
                Tell(Tracker.MarkPendingCancel($"t/main/momentum/1-{step.Child}"));
                break;
            case PlacementStepKind.End:
                Working.Close();
                break;
        }
        return step;
    }

    /// <summary>Places a part and has it rest.</summary>
    public void Rest()
    {
        Step().Kind.ShouldBe(PlacementStepKind.Place);
        Report(OrderStatus.New);
    }

    public void Report(OrderStatus status, decimal fill = 0, decimal? price = null)
    {
        var order = Newest;
        var id = order.VenueOrderId > 0 ? order.VenueOrderId : ++_venueId;
        var (executed, at) = (order.ExecutedQuantity + fill, price ?? order.Request.Price ?? 100);
        var made = fill > 0
            ? new Fill("BTCUSDT", ++_tradeId, order.ClientOrderId, id, order.Request.Side, at, fill, 0, "USDT", 0, true, NowMs)
            : null;
        Tell(Tracker.Apply(new OrderReport(
            "BTCUSDT", order.ClientOrderId, id, status, order.Request.Side, order.Request.Type, order.Request.TimeInForce, order.Request.Quantity,
            price ?? order.Request.Price ?? 0, executed, 0, order.Request.ReduceOnly, ++NowMs, made)));
    }

    public void Reject(int code = -5022) => Tell(Tracker.MarkRejected(Newest.ClientOrderId, code, "no", NowMs));

    public void Lose() => Tell(Tracker.MarkUnknown(Newest.ClientOrderId));

    public void Gone() => Tell(Tracker.MarkGone(Newest.ClientOrderId, NowMs));

    public void Tell(OrderChange? change)
    {
        if (change is not null) Working.OnChild(change.Order, change.NewFills, NowMs);
    }
}
