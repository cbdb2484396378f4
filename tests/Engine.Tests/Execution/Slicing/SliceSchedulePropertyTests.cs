using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Execution.Slicing;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Execution.Slicing;

public sealed class SliceSchedulePropertyTests
{
    /// <summary>
    /// A market and a venue at random, every event followed by a restart from a snapshot: what is sent never exceeds the quantity, the cap holds against what
    /// traded at every send, slices are what the venue accepts, nothing is lost, and the restarted schedule does the same.
    /// </summary>
    [Fact]
    public void Whatever_happens_the_bounds_hold_and_a_snapshot_goes_on() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var order = Order(random);
            var schedule = new SliceSchedule(order);
            var twin = new SliceSchedule(order);
            decimal market = 0, filled = 0, open = 0;
            for (var nowMs = order.StartMs - 500; ; nowMs += random.Next(1, 1_500))
            {
                var quantityE8 = random.Next(4) == 0 ? 0 : random.NextInt64(3 * Fixed8.One);
                if (nowMs >= order.StartMs && nowMs < order.EndMs) market += Fixed8.ToDecimal(quantityE8);
                var price = random.Next(50, 200);
                var answer = random.Next(4);
                var part = decimal.Floor(open / order.StepSize * random.Next(1, 4) / 3) * order.StepSize;
                var (isFilled, isClosed) = (part > 0 && answer == 0, open > 0 && answer == 1);
                SliceDecision Play(SliceSchedule one)
                {
                    one.OnTrade(nowMs, quantityE8);
                    if (isFilled) one.OnFill(one.Slices, part, nowMs);
                    if (isClosed) one.OnClosed(one.Slices);
                    return one.Next(nowMs, price);
                }
                if (isFilled) (filled, open) = (filled + part, open - part);
                else if (isClosed) open = 0;
                var decision = Play(schedule);
                Play(twin).ShouldBe(decision);
                twin = Restored(twin);
                if (decision.Action == SliceAction.Send)
                {
                    open.ShouldBe(0);
                    open = decision.Quantity;
                    (open % order.StepSize).ShouldBe(0);
                    (open * price).ShouldBeGreaterThanOrEqualTo(order.NotionalMin);
                    if (order.QuantityMax is { } most) open.ShouldBeLessThanOrEqualTo(most);
                    if (order.ParticipationMax is { } cap) (filled + open).ShouldBeLessThanOrEqualTo(cap * market, $"seed {seed}");
                    (nowMs >= order.StartMs && nowMs < order.EndMs).ShouldBeTrue();
                }
                (schedule.Filled, schedule.Working).ShouldBe((filled, open));
                (filled + open).ShouldBeLessThanOrEqualTo(order.Quantity);
                (filled + open + schedule.Left).ShouldBe(order.Quantity);
                Bytes(twin).ShouldBe(Bytes(schedule));
                if (decision.Action != SliceAction.Done) continue;
                open.ShouldBe(0);
                decision.Quantity.ShouldBe(order.Quantity - filled);
                if (decision.Quantity > 0) (decision.Reason, nowMs >= order.EndMs).ShouldBe((SliceReason.HorizonOver, true));
                return;
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>Never ahead of the plan by more than a merged rest, whoever draws: what is sent by the end of each interval grows to the whole.</summary>
    [Fact]
    public void Everything_is_sent_when_everything_fills() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var order = Order(new Random(seed)) with { ParticipationMax = null, NotionalMin = 0, PauseMs = 0, QuantityMax = null };
            var schedule = new SliceSchedule(order);
            decimal sent = 0;
            // The last millisecond too: a part may fall due in it.
            for (var nowMs = order.StartMs; nowMs < order.EndMs; nowMs = nowMs < order.EndMs - 1 ? Math.Min(nowMs + 50, order.EndMs - 1) : order.EndMs)
            {
                while (schedule.Next(nowMs, 100) is { Action: SliceAction.Send } decision)
                {
                    sent += decision.Quantity;
                    schedule.OnFill(decision.Number, decision.Quantity, nowMs);
                }
                if (order.Kind != SliceKind.Iceberg && order.Seed is null)
                {
                    var interval = (nowMs - order.StartMs) / order.IntervalMs;
                    sent.ShouldBeLessThanOrEqualTo(
                        order.Quantity * Math.Min((interval + 1) * order.IntervalMs, order.HorizonMs) / order.HorizonMs + order.StepSize);
                }
            }
            sent.ShouldBe(order.Quantity, $"seed {seed}");
        }).QuickCheckThrowOnFailure();

    private static SliceOrder Order(Random random)
    {
        var kind = (SliceKind)random.Next(1, 4);
        var step = (decimal)Math.Pow(10, -random.Next(0, 4));
        return new SliceOrder
        {
            Kind = kind,
            Side = random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell,
            Quantity = step * random.Next(1, 2_000),
            StepSize = step,
            StartMs = 1_000_000,
            HorizonMs = random.Next(1_000, 60_000),
            IntervalMs = random.Next(500, 20_000),
            NotionalMin = random.Next(3) * 5,
            QuantityMax = random.Next(3) == 0 ? step * random.Next(50, 500) : null,
            ParticipationMax = random.Next(3) == 0 ? null : random.Next(1, 100) / 100m,
            ParticipationWindowMs = random.Next(16, 60_000),
            PauseMs = random.Next(0, 3_000),
            VisibleQuantity = kind == SliceKind.Iceberg ? step * random.Next(1, 200) : null,
            Seed = random.Next(2) == 0 ? random.NextInt64() : null,
            Jitter = random.Next(0, 9) / 10.0,
        };
    }

    private static SliceSchedule Restored(SliceSchedule schedule)
    {
        var reader = new SnapshotReader(Bytes(schedule));
        var restored = SliceSchedule.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return restored;
    }

    private static byte[] Bytes(SliceSchedule schedule)
    {
        var writer = new SnapshotWriter();
        schedule.Write(writer);
        return writer.ToArray();
    }
}
