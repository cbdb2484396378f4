using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Orders;

public sealed class OrderAmendTests
{
    private const string Id = "g/main/momentum/1";
    private readonly OrderTracker _tracker = new("BTCUSDT");

    [Fact]
    public void An_amendment_is_pending_until_the_venue_shows_the_new_terms()
    {
        _tracker.Register(Order(), 1);
        _tracker.MarkPendingAmend(Id).ShouldBeNull("the venue has not shown the order");
        _tracker.Apply(Report(10, 100, 0, 1));
        _tracker.MarkPendingAmend(Id)!.After.ShouldBe(OrderStatus.PendingAmend);
        _tracker.Live.Count.ShouldBe(1);
        _tracker.Apply(Report(10, 100, 2, 2, Fill(1, 2)))!.After.ShouldBe(OrderStatus.PendingAmend, "a fill in between is not the answer");
        var amended = _tracker.Apply(Report(15, 101, 2, 3))!;
        (amended.After, amended.Order.Request.Quantity, amended.Order.Request.Price, amended.Order.RemainingQuantity).ShouldBe((OrderStatus.PartiallyFilled, 15m, 101m, 13m));
        _tracker.Apply(Report(10, 100, 2, 2)).ShouldBeNull("older terms say nothing new");
    }

    [Fact]
    public void A_refused_amendment_leaves_the_order_as_it_was()
    {
        _tracker.Register(Order(), 1);
        _tracker.Apply(Report(10, 100, 0, 1));
        _tracker.MarkPendingAmend(Id);
        var ended = _tracker.MarkAmendEnded(Id, -5027, "No need to modify the order.")!;
        (ended.After, ended.Order.RejectCode, ended.Order.Request.Price).ShouldBe((OrderStatus.New, -5027, 100m));
        _tracker.MarkAmendEnded(Id).ShouldBeNull();
    }

    [Fact]
    public void Fees_and_realised_profit_are_sums_of_the_fills_to_the_last_decimal()
    {
        _tracker.Register(Order(), 1);
        _tracker.ApplyFill(Fill(1, 2) with { Fee = 0.07819010m, RealizedPnl = 1.00000001m });
        _tracker.ApplyFill(Fill(2, 3) with { Fee = 0.1m, RealizedPnl = -0.5m });
        _tracker.ApplyFill(Fill(3, 1) with { Fee = 0.001m, FeeAsset = "BNB" });
        _tracker.TryGet(Id, out var order).ShouldBeTrue();
        (order.Fees, order.RealizedPnl, order.FilledQuantity, order.AveragePrice).ShouldBe((0.1781901m, 0.50000001m, 6m, 100m));
    }

    [Fact]
    public void A_larger_quantity_learned_late_brings_an_order_back_that_seemed_filled()
    {
        _tracker.Register(Order(), 1);
        _tracker.ApplyFill(Fill(1, 10))!.After.ShouldBe(OrderStatus.Filled);
        _tracker.Apply(Report(20, 101, 10, 9))!.After.ShouldBe(OrderStatus.PartiallyFilled);
        _tracker.Live.Single().RemainingQuantity.ShouldBe(10);
    }

    [Fact]
    public void Amendments_fills_and_ends_in_any_order_and_number_end_in_the_same_state() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)),
        seed =>
        {
            var random = new Random(seed);
            var events = History(random);
            var expected = Run(events, null);
            for (var round = 0; round < 6; round++)
            {
                var shuffled = events.Concat(events.Where(_ => random.Next(2) == 0)).ToArray();
                random.Shuffle(shuffled);
                Run(shuffled, random).ShouldBe(expected);
            }
            expected.FilledQuantity.ShouldBe(expected.ExecutedQuantity);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>What a venue tells of one order that is amended between its fills and ends in some way.</summary>
    private static List<object> History(Random random)
    {
        var (quantity, price, executed, timeMs, tradeId) = (10m, 100m, 0m, 10L, 0L);
        var events = new List<object> { Report(quantity, price, 0, timeMs) };
        for (var i = random.Next(1, 8); i > 0 && executed < quantity; i--)
        {
            timeMs += random.Next(0, 3);
            if (random.Next(3) == 0)
            {
                timeMs++;
                (quantity, price) = (executed + random.Next(1, 12), price + random.Next(-2, 3));
                events.Add(Report(quantity, price, executed, timeMs));
                continue;
            }
            var part = Math.Min(random.Next(1, 5), quantity - executed);
            executed += part;
            var fill = Fill(++tradeId, part) with { TimeMs = timeMs, Fee = part * 0.0123m, RealizedPnl = part * 0.7m };
            events.Add(Report(quantity, price, executed, timeMs, fill) with { Status = executed == quantity ? OrderStatus.Filled : OrderStatus.PartiallyFilled });
            if (random.Next(2) == 0) events.Add(fill with { ClientOrderId = "" });
        }
        if (executed < quantity && random.Next(2) == 0) events.Add(Report(quantity, price, executed, timeMs + 1) with { Status = OrderStatus.Canceled });
        return events;
    }

    private static TrackedOrder Run(IEnumerable<object> events, Random? random)
    {
        var tracker = new OrderTracker("BTCUSDT");
        tracker.Register(Order(), 1);
        foreach (var e in events)
        {
            if (e is Fill fill) tracker.ApplyFill(fill);
            else tracker.Apply((OrderReport)e);
            if (random?.Next(4) != 0) continue;
            var writer = new SnapshotWriter();
            tracker.Write(writer);
            tracker = new OrderTracker("BTCUSDT");
            var reader = new SnapshotReader(writer.Written);
            tracker.Read(ref reader);
        }
        return tracker.TryGet(Id, out var order) ? order : throw new InvalidOperationException("forgotten");
    }

    private static Order Order() => new(
        new OrderRequest(Id, "BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Gtx, 10, 100, false), "main", "momentum", "i", ProposalKind.Entry, 2, 97, 1);

    private static OrderReport Report(decimal quantity, decimal price, decimal executed, long timeMs, Fill? fill = null) => new(
        "BTCUSDT", Id, 7, executed > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New, OrderSide.Buy, OrderType.Limit, TimeInForce.Gtx, quantity, price, executed, 0,
        false, timeMs, fill);

    private static Fill Fill(long tradeId, decimal quantity) => new("BTCUSDT", tradeId, Id, 7, OrderSide.Buy, 100, quantity, 0, "USDT", 0, true, 100 + tradeId);
}
