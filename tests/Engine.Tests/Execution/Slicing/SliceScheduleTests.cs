using Granary.Engine.Execution.Slicing;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Execution.Slicing;

public sealed class SliceScheduleTests
{
    private static readonly SliceOrder _twap = new()
    {
        Kind = SliceKind.Twap,
        Side = OrderSide.Buy,
        Quantity = 1m,
        StepSize = 0.001m,
        StartMs = 1_000_000,
        HorizonMs = 300_000,
        IntervalMs = 60_000,
        NotionalMin = 5,
        ParticipationMax = null,
        PauseMs = 1_000,
    };

    [Fact]
    public void A_twap_sends_equal_parts_and_the_remainder_last()
    {
        var schedule = new SliceSchedule(_twap with { Quantity = 1.003m });
        schedule.Next(999_999, 100).ShouldBe(new SliceDecision(SliceAction.Wait, SliceReason.NotDue, 0, 0, 1_000_000));
        var sent = new List<decimal>();
        for (var i = 0; i < 5; i++)
        {
            var decision = schedule.Next(1_000_000 + (i * 60_000), 100);
            (decision.Action, decision.Number, decision.DueMs).ShouldBe((SliceAction.Send, i + 1, 1_060_000 + (i * 60_000)));
            sent.Add(decision.Quantity);
            schedule.Next(1_000_500 + (i * 60_000), 100).Reason.ShouldBe(SliceReason.Working);
            schedule.OnFill(decision.Number, decision.Quantity, 1_000_500 + (i * 60_000));
            if (i < 4) schedule.Next(1_000_600 + (i * 60_000), 100).Reason.ShouldBe(SliceReason.NotDue);
        }
        sent.ShouldBe([0.2m, 0.201m, 0.2m, 0.201m, 0.201m]);
        schedule.Next(1_250_000, 100).ShouldBe(new SliceDecision(SliceAction.Done, SliceReason.Filled, 5, 0, null));
    }

    [Fact]
    public void What_was_not_filled_in_its_interval_is_cancelled_and_caught_up()
    {
        var schedule = new SliceSchedule(_twap);
        schedule.Next(1_000_000, 100).Quantity.ShouldBe(0.2m);
        schedule.OnFill(1, 0.05m, 1_000_100);
        schedule.Next(1_059_999, 100).ShouldBe(new SliceDecision(SliceAction.Wait, SliceReason.Working, 1, 0.15m, 1_060_000));
        schedule.Next(1_060_000, 100).ShouldBe(new SliceDecision(SliceAction.Cancel, SliceReason.IntervalOver, 1, 0.15m, null));
        schedule.Next(1_060_500, 100).Action.ShouldBe(SliceAction.Cancel, "until it is closed");
        schedule.OnClosed(1);
        (schedule.Left, schedule.Working).ShouldBe((0.95m, 0));
        schedule.Next(1_061_000, 100).Quantity.ShouldBe(0.35m);
    }

    [Fact]
    public void A_vwap_follows_the_curve_and_is_even_without_one()
    {
        var curve = new IntradayVolumeCurve(new VolumeCurveOptions { BucketMs = 60_000, SmoothingBuckets = 0, DaysMin = 1 });
        for (var minute = 0; minute < 1440; minute++)
            curve.OnBar(minute * 60_000L, (minute * 60_000L) + 59_999, (minute == 17 ? 6 : 1) * Fixed8.One);
        curve.OnTime(VolumeCurveOptions.DayMs);
        var order = _twap with { Kind = SliceKind.Vwap, StartMs = VolumeCurveOptions.DayMs + (15 * 60_000) };
        Sent(new SliceSchedule(order, curve)).ShouldBe([0.1m, 0.1m, 0.6m, 0.1m, 0.1m]);
        Sent(new SliceSchedule(order, new IntradayVolumeCurve(new VolumeCurveOptions()))).ShouldBe([0.2m, 0.2m, 0.2m, 0.2m, 0.2m]);
        new SliceSchedule(order, curve).IsByCurve.ShouldBeTrue();
        new SliceSchedule(order).IsByCurve.ShouldBeFalse();
    }

    [Fact]
    public void Parts_below_the_minimum_are_merged_and_no_dust_is_left()
    {
        // 0.02 a minute at 100 are 2, the venue wants 5: every third minute, and the tail is taken along.
        var schedule = new SliceSchedule(_twap with { Quantity = 0.1m });
        Sent(schedule).ShouldBe([0.1m]);
        var longer = new SliceSchedule(_twap with { Quantity = 0.2m, HorizonMs = 600_000 });
        Sent(longer).ShouldBe([0.06m, 0.06m, 0.08m]);
        longer.Hindrance.ShouldBe(SliceReason.BelowMinimum);
    }

    [Fact]
    public void A_whole_order_below_the_minimum_remains_and_says_so()
    {
        var schedule = new SliceSchedule(_twap with { Quantity = 0.01m });
        Sent(schedule).ShouldBeEmpty();
        schedule.Next(1_300_000, 100).ShouldBe(new SliceDecision(SliceAction.Done, SliceReason.HorizonOver, 0, 0.01m, null));
        schedule.Hindrance.ShouldBe(SliceReason.BelowMinimum);
        // A reduction has no smallest notional.
        Sent(new SliceSchedule(_twap with { Quantity = 0.01m, NotionalMin = 0 })).Sum().ShouldBe(0.01m);
    }

    [Fact]
    public void The_cap_waits_for_the_market_and_names_what_remains()
    {
        var schedule = new SliceSchedule(_twap with { ParticipationMax = 0.1m });
        schedule.Next(1_000_000, 100).ShouldBe(new SliceDecision(SliceAction.Wait, SliceReason.Participation, 0, 0, 1_001_000));
        schedule.OnTrade(999_999, 100 * Fixed8.One);
        schedule.Next(1_000_100, 100).Reason.ShouldBe(SliceReason.Participation, "what traded before the start does not count");
        schedule.OnTrade(1_000_200, 1 * Fixed8.One);
        schedule.Next(1_000_300, 100).Quantity.ShouldBe(0.1m);
        schedule.OnFill(1, 0.1m, 1_000_400);
        schedule.OnTrade(1_000_500, 5 * Fixed8.One);
        schedule.Next(1_000_900, 100).Reason.ShouldBe(SliceReason.Pause);
        schedule.Next(1_001_300, 100).Quantity.ShouldBe(0.1m, "behind its plan by no more than that");
        schedule.OnFill(2, 0.1m, 1_001_400);
        schedule.Next(1_240_000, 100).Quantity.ShouldBe(0.4m);
        schedule.OnFill(3, 0.4m, 1_240_001);
        schedule.Next(1_299_999, 100).Reason.ShouldBe(SliceReason.Participation);
        schedule.Next(1_300_000, 100).ShouldBe(new SliceDecision(SliceAction.Done, SliceReason.HorizonOver, 3, 0.4m, null));
        (schedule.Hindrance, schedule.MarketVolume).ShouldBe((SliceReason.Participation, 6));
    }

    [Fact]
    public void A_market_that_went_quiet_is_not_caught_up_with_old_volume()
    {
        var schedule = new SliceSchedule(_twap with { ParticipationMax = 0.1m, ParticipationWindowMs = 16_000 });
        schedule.OnTrade(1_000_000, 100 * Fixed8.One);
        schedule.Next(1_000_001, 100).Quantity.ShouldBe(0.2m);
        schedule.OnFill(1, 0.2m, 1_000_002);
        schedule.Next(1_060_000, 100).Reason.ShouldBe(SliceReason.Participation);
        schedule.OnTrade(1_060_500, 1 * Fixed8.One);
        schedule.Next(1_061_000, 100).Quantity.ShouldBe(0.1m);
    }

    [Fact]
    public void An_iceberg_shows_its_part_and_refills_when_it_is_filled()
    {
        var schedule = new SliceSchedule(_twap with { Kind = SliceKind.Iceberg, Quantity = 0.75m, VisibleQuantity = 0.3m });
        schedule.Next(1_000_000, 100).Quantity.ShouldBe(0.3m);
        schedule.OnFill(1, 0.1m, 1_000_001);
        schedule.Next(1_200_000, 100).ShouldBe(new SliceDecision(SliceAction.Wait, SliceReason.Working, 1, 0.2m, 1_300_000));
        schedule.OnFill(1, 0.2m, 1_200_001);
        schedule.Next(1_200_001, 100).Quantity.ShouldBe(0.3m);
        // Refused by the venue: not again at once.
        schedule.OnClosed(2);
        schedule.Next(1_200_002, 100).Reason.ShouldBe(SliceReason.Pause);
        schedule.Next(1_201_001, 100).Quantity.ShouldBe(0.3m);
        schedule.OnFill(3, 0.3m, 1_201_002);
        schedule.Next(1_201_003, 100).Quantity.ShouldBe(0.15m);
        schedule.Next(1_300_000, 100).ShouldBe(new SliceDecision(SliceAction.Cancel, SliceReason.HorizonOver, 4, 0.15m, null));
        schedule.OnClosed(4);
        schedule.Next(1_300_001, 100).ShouldBe(new SliceDecision(SliceAction.Done, SliceReason.HorizonOver, 4, 0.15m, null));
        schedule.Hindrance.ShouldBe(SliceReason.IntervalOver);
    }

    [Fact]
    public void A_fill_after_its_slice_was_closed_counts_and_too_much_working_is_taken_back()
    {
        var schedule = new SliceSchedule(_twap with { HorizonMs = 60_000 });
        schedule.Next(1_000_000, 100).Quantity.ShouldBe(1m);
        schedule.OnClosed(1);
        schedule.Next(1_001_000, 100).Quantity.ShouldBe(1m);
        schedule.OnFill(1, 0.4m, 1_001_001);
        (schedule.Filled, schedule.Working, schedule.Left).ShouldBe((0.4m, 1m, 0));
        schedule.Next(1_001_002, 100).ShouldBe(new SliceDecision(SliceAction.Cancel, SliceReason.Excess, 2, 1m, null));
        schedule.OnClosed(2);
        schedule.Next(1_003_000, 100).Quantity.ShouldBe(0.6m);
    }

    [Fact]
    public void A_stopped_schedule_takes_back_what_works()
    {
        var schedule = new SliceSchedule(_twap);
        schedule.Next(1_000_000, 100).Action.ShouldBe(SliceAction.Send);
        schedule.Stop();
        schedule.Next(1_000_001, 100).ShouldBe(new SliceDecision(SliceAction.Cancel, SliceReason.Stopped, 1, 0.2m, null));
        schedule.OnFill(1, 0.2m, 1_000_002);
        schedule.Next(1_000_003, 100).ShouldBe(new SliceDecision(SliceAction.Done, SliceReason.Stopped, 1, 0.8m, null));
    }

    [Fact]
    public void A_seed_draws_the_same_again_and_another_one_differs()
    {
        var order = _twap with { Seed = 7, Jitter = 0.5 };
        var first = Sent(new SliceSchedule(order));
        first.Sum().ShouldBe(1m);
        Sent(new SliceSchedule(order)).ShouldBe(first);
        Sent(new SliceSchedule(order with { Seed = 8 })).ShouldNotBe(first);
        first.ShouldAllBe(size => size > 0.05m && size < 0.4m);
        // The first moment is somewhere in the first half of the interval.
        new SliceSchedule(order).Next(1_000_000, 100).DueMs!.Value.ShouldBeInRange(1_000_001, 1_030_000);
    }

    [Fact]
    public void The_largest_order_of_the_venue_and_the_smallest_step_hold()
    {
        Sent(new SliceSchedule(_twap with { QuantityMax = 0.15m })).ShouldAllBe(size => size <= 0.15m);
        var tiny = new SliceSchedule(_twap with { Quantity = 46_000_000_000m, StepSize = 0.00000001m, NotionalMin = 0 });
        var sent = Sent(tiny);
        (sent.Count, sent.Sum()).ShouldBe((5, 46_000_000_000m));
        var one = new SliceSchedule(_twap with { Quantity = 0.001m, NotionalMin = 0, HorizonMs = 1, IntervalMs = 1 });
        Sent(one).ShouldBe([0.001m]);
    }

    [Theory]
    [InlineData("Quantity"), InlineData("StepSize"), InlineData("HorizonMs"), InlineData("IntervalMs"), InlineData("ParticipationMax")]
    [InlineData("VisibleQuantity")]
    [InlineData("Jitter"), InlineData("QuantityMax"), InlineData("Side"), InlineData("Kind"), InlineData("StartMs"), InlineData("PauseMs")]
    [InlineData("NotionalMin")]
    [InlineData("QuantityMin"), InlineData("ParticipationWindowMs")]
    public void Wrong_orders_are_refused_by_name(string field)
    {
        var order = field switch
        {
            "Quantity" => _twap with { Quantity = 1.0005m },
            "StepSize" => _twap with { StepSize = 0.000000001m },
            "HorizonMs" => _twap with { HorizonMs = 0 },
            "IntervalMs" => _twap with { IntervalMs = 29 },
            "ParticipationMax" => _twap with { ParticipationMax = 0 },
            "VisibleQuantity" => _twap with { Kind = SliceKind.Iceberg },
            "Jitter" => _twap with { Jitter = double.NaN },
            "QuantityMax" => _twap with { QuantityMax = 0.0001m },
            "Side" => _twap with { Side = 0 },
            "Kind" => _twap with { Kind = 0 },
            "StartMs" => _twap with { StartMs = -1 },
            "PauseMs" => _twap with { PauseMs = -1 },
            "NotionalMin" => _twap with { NotionalMin = -1 },
            "QuantityMin" => _twap with { QuantityMin = -1 },
            _ => _twap with { ParticipationWindowMs = 15 },
        };
        Should.Throw<ArgumentException>(() => new SliceSchedule(order)).Message.ShouldContain(field);
    }

    [Fact]
    public void Damage_and_wrong_events_are_named()
    {
        var schedule = new SliceSchedule(_twap with { Seed = 3, ParticipationMax = 0.5m });
        schedule.OnTrade(1_000_000, 100 * Fixed8.One);
        schedule.Next(1_050_000, 100).Action.ShouldBe(SliceAction.Send);
        var writer = new SnapshotWriter();
        schedule.Write(writer);
        Damage.ShouldBeNamed(writer.ToArray(), static (ref SnapshotReader reader) => SliceSchedule.Read(ref reader));
        Should.Throw<ArgumentOutOfRangeException>(() => schedule.OnFill(2, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => schedule.OnFill(0, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => schedule.OnFill(1, 0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => schedule.OnClosed(2));
        Should.Throw<ArgumentOutOfRangeException>(() => schedule.OnTrade(1, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => schedule.Next(1, 0));
    }

    /// <summary>What is sent when every slice is filled at once.</summary>
    private static List<decimal> Sent(SliceSchedule schedule)
    {
        var sent = new List<decimal>();
        for (var nowMs = schedule.Order.StartMs; nowMs < schedule.Order.EndMs; nowMs += 500)
        {
            var decision = schedule.Next(nowMs, 100);
            if (decision.Action != SliceAction.Send) continue;
            sent.Add(decision.Quantity);
            schedule.OnFill(decision.Number, decision.Quantity, nowMs);
        }
        return sent;
    }
}
