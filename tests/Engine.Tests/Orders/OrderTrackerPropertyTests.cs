using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Orders;

/// <summary>The same events in any order, any number of times, with snapshots in between, end in the same orders and the same position.</summary>
public sealed class OrderTrackerPropertyTests
{
    private static readonly OrderStatus[] Ends = [OrderStatus.Canceled, OrderStatus.Expired, OrderStatus.Filled, OrderStatus.New];

    [Fact]
    public void Permutation_and_repetition_do_not_matter() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)),
        seed =>
        {
            var random = new Random(seed);
            var (orders, events) = History(random);
            var expected = Run(orders, events, null);
            for (var round = 0; round < 4; round++)
            {
                var shuffled = events.Concat(events.Where(_ => random.Next(3) == 0)).ToArray();
                random.Shuffle(shuffled);
                var got = Run(orders, shuffled, random);
                got.Position.ShouldBe(expected.Position);
                got.Cash.ShouldBe(expected.Cash);
                got.Orders.ShouldBe(expected.Orders);
            }
            expected.Orders.Sum(order => order.FilledQuantity * (int)order.Request.Side).ShouldBe(expected.Position, "every fill belongs to an order");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_goes_backwards() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)),
        seed =>
        {
            var random = new Random(seed);
            var (orders, events) = History(random);
            var shuffled = events.Concat(events).ToArray();
            random.Shuffle(shuffled);
            var tracker = new OrderTracker("BTCUSDT");
            foreach (var order in orders) tracker.Register(order, 1);
            var before = orders.ToDictionary(order => order.Request.ClientOrderId, order => tracker.TryGet(order.Request.ClientOrderId, out var o) ? o : null!);
            var seen = new HashSet<long>();
            foreach (var e in shuffled)
            {
                var change = Apply(tracker, e);
                change?.NewFills.ShouldAllBe(fill => seen.Add(fill.TradeId));
                if (change is not null && random.Next(4) == 0) tracker.MarkUnknown(change.Order.ClientOrderId);
                if (change is not null && random.Next(4) == 0) tracker.MarkRejected(change.Order.ClientOrderId, -1, "", 1);
                foreach (var id in before.Keys.ToArray())
                {
                    tracker.TryGet(id, out var now).ShouldBeTrue();
                    now!.ExecutedQuantity.ShouldBeGreaterThanOrEqualTo(before[id].ExecutedQuantity);
                    now.FilledQuantity.ShouldBeGreaterThanOrEqualTo(before[id].FilledQuantity);
                    if (before[id].Status.IsFinal()) now.Status.ShouldBe(before[id].Status);
                    before[id] = now;
                }
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>What a venue would tell of some orders, own and foreign: consistent reports, fills over the stream and over the history.</summary>
    private static (List<Granary.Engine.Risk.Order> Own, List<object> Events) History(Random random)
    {
        var own = new List<Granary.Engine.Risk.Order>();
        var events = new List<object>();
        long tradeId = 0;
        for (var n = 1; n <= 4; n++)
        {
            var id = n == 4 ? "web_1" : $"g/main/momentum/{n}";
            var side = random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            var order = OrderTrackerTests.Order(id, 10, side);
            if (n < 4) own.Add(order);
            var venueId = 70 + n;
            OrderReport Report(OrderStatus status, decimal executed, Fill? fill = null) => OrderTrackerTests.Report(status, executed, fill) with
            {
                ClientOrderId = id,
                VenueOrderId = venueId,
                Side = side,
                TimeMs = 1000 + tradeId,
            };
            events.Add(Report(OrderStatus.New, 0));
            decimal executed = 0;
            var end = Ends[random.Next(Ends.Length)];
            while (executed < 10 && (end == OrderStatus.Filled || random.Next(3) > 0))
            {
                var quantity = end == OrderStatus.Filled && random.Next(3) == 0 ? 10 - executed : Math.Min(random.Next(1, 5), 10 - executed);
                executed += quantity;
                var fill = new Fill(
                    "BTCUSDT", ++tradeId, id, venueId, side, 100 + random.Next(-9, 9), quantity, 0.01m, "USDT", 0, false, 1000 + tradeId);
                events.Add(Report(executed == 10 ? OrderStatus.Filled : OrderStatus.PartiallyFilled, executed, fill));
                if (random.Next(2) == 0) events.Add(fill with { ClientOrderId = "" });
            }
            if (executed < 10 && end is OrderStatus.Canceled or OrderStatus.Expired && executed < 10) events.Add(Report(end, executed));
        }
        return (own, events);
    }

    private static (decimal Position, decimal Cash, List<TrackedOrder> Orders) Run(
        List<Granary.Engine.Risk.Order> own, IReadOnlyList<object> events, Random? random)
    {
        var tracker = new OrderTracker("BTCUSDT");
        foreach (var order in own) tracker.Register(order, 1);
        var ledger = new PositionLedger();
        decimal cash = 0;
        foreach (var e in events)
        {
            foreach (var fill in Apply(tracker, e)?.NewFills ?? [])
            {
                ledger.Apply(fill);
                cash -= fill.SignedQuantity * fill.Price;
            }
            if (random?.Next(5) == 0) tracker = Restored(tracker);
        }
        var ids = own.Select(order => order.Request.ClientOrderId).Append("web_1");
        return (ledger.Quantity, cash, [.. ids.Select(id => tracker.TryGet(id, out var order) ? order : throw new InvalidOperationException(id))]);
    }

    private static OrderChange? Apply(OrderTracker tracker, object e) => e is Fill fill ? tracker.ApplyFill(fill) : tracker.Apply((OrderReport)e);

    private static OrderTracker Restored(OrderTracker tracker)
    {
        var writer = new SnapshotWriter();
        tracker.Write(writer);
        var restored = new OrderTracker("BTCUSDT");
        var reader = new SnapshotReader(writer.Written);
        restored.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        var again = new SnapshotWriter();
        restored.Write(again);
        again.Written.SequenceEqual(writer.Written).ShouldBeTrue("a restored tracker must be equal bit for bit");
        return restored;
    }
}
