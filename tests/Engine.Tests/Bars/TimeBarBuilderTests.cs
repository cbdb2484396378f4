using Granary.Engine.Bars;
using Granary.Engine.Market;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

public sealed class TimeBarBuilderTests
{
    [Fact]
    public void A_trade_on_the_boundary_opens_the_new_bar()
    {
        var builder = new TimeBarBuilder([1_000]);
        builder.Running(1_000).ShouldBeNull();
        builder.Add(Trade(1, 100, 2m, 10_500)).ShouldBeFalse();
        builder.Add(Trade(2, 103, 1m, 10_999, true)).ShouldBeFalse();
        builder.Add(Trade(3, 90, 1m, 11_000)).ShouldBeTrue();
        builder.TryTake(out var bar).ShouldBeTrue();
        (bar.Index, bar.StartMs, bar.EndMs, bar.StepMs, bar.IsEmpty, bar.IsComplete).ShouldBe((0L, 10_000L, 10_999L, 1_000L, false, true));
        (bar.FirstId, bar.LastId, bar.OpenTimeMs, bar.CloseTimeMs, bar.DurationMs).ShouldBe((1L, 2L, 10_500L, 10_999L, 499L));
        (bar.Open, bar.High, bar.Low, bar.Close).ShouldBe((100m, 103m, 100m, 103m));
        (bar.Volume, bar.BuyVolume, bar.SellVolume).ShouldBe((3m, 2m, 1m));
        (bar.QuoteVolume, bar.BuyQuoteVolume, bar.SellQuoteVolume).ShouldBe((303m, 200m, 103m));
        (bar.TradeCount, bar.BuyTradeCount, bar.SellTradeCount).ShouldBe((2, 1, 1));
        builder.TryTake(out _).ShouldBeFalse();
        var running = builder.Running(1_000)!.Value;
        (running.Index, running.StartMs, running.Open, running.TradeCount).ShouldBe((1L, 11_000L, 90m, 1));
    }

    [Fact]
    public void Buckets_without_trades_are_flat_bars()
    {
        var builder = new TimeBarBuilder([1_000]);
        builder.Add(Trade(1, 100, 2m, 10_500));
        builder.Add(Trade(2, 105, 2m, 13_000)).ShouldBeTrue();
        var bars = Drain(builder);
        bars.Select(bar => (bar.Index, bar.StartMs, bar.IsEmpty)).ShouldBe([(0, 10_000, false), (1, 11_000, true), (2, 12_000, true)]);
        var flat = bars[1];
        (flat.Open, flat.High, flat.Low, flat.Close, flat.Volume, flat.QuoteVolume, flat.TradeCount).ShouldBe((100m, 100m, 100m, 100m, 0m, 0m, 0));
        (flat.FirstId, flat.LastId, flat.OpenTimeMs, flat.CloseTimeMs, flat.DurationMs, flat.IsComplete).ShouldBe((null, null, null, null, 0L, true));
    }

    [Fact]
    public void The_clock_closes_a_bar_after_its_end_and_the_grace()
    {
        var builder = new TimeBarBuilder([1_000], 200);
        builder.Advance(50_000).ShouldBeFalse();
        builder.Add(Trade(1, 100, 2m, 10_500));
        builder.Advance(11_199).ShouldBeFalse();
        builder.Advance(11_200).ShouldBeTrue();
        Drain(builder).ShouldHaveSingleItem().StartMs.ShouldBe(10_000);
        builder.Advance(11_200).ShouldBeFalse();
        builder.Advance(10_000).ShouldBeFalse();
        builder.Advance(13_250).ShouldBeTrue();
        Drain(builder).Select(bar => (bar.StartMs, bar.IsEmpty)).ShouldBe([(11_000, true), (12_000, true)]);
        builder.Add(Trade(2, 101, 1m, 13_100)).ShouldBeFalse();
        var running = builder.Running(1_000)!.Value;
        (running.Index, running.StartMs, running.TradeCount, running.IsComplete).ShouldBe((3L, 13_000L, 1, true));
    }

    [Fact]
    public void A_trade_that_comes_too_late_is_left_out_counted_and_seen_in_the_running_bar()
    {
        var builder = new TimeBarBuilder([1_000, 60_000]);
        builder.Add(Trade(1, 100, 2m, 10_500));
        builder.Advance(12_100).ShouldBeTrue();
        Drain(builder).Count.ShouldBe(2);
        builder.Add(Trade(2, 105, 4m, 11_900)).ShouldBeFalse();
        builder.LateTradeCount.ShouldBe(1);
        builder.Add(Trade(3, 106, 1m, 12_500)).ShouldBeFalse();

        // The minute still runs and has them all.
        var minute = builder.Running(60_000)!.Value;
        (minute.TradeCount, minute.Volume, minute.Close, minute.IsComplete).ShouldBe((3, 7m, 106m, true));
        builder.Add(Trade(4, 107, 1m, 60_000)).ShouldBeTrue();
        var bars = Drain(builder);
        bars[0].IsComplete.ShouldBeFalse();
        (bars[0].StartMs, bars[0].TradeCount, bars[1].IsComplete).ShouldBe((12_000L, 1, true));
        (bars[^1].StepMs, bars[^1].Volume, bars[^1].High, bars[^1].FirstId, bars[^1].LastId).ShouldBe((60_000L, 7m, 106m, 1L, 3L));
    }

    [Fact]
    public void Nothing_is_made_up_across_a_gap()
    {
        var builder = new TimeBarBuilder([1_000, 10_000]);
        builder.Add(Trade(1, 100, 2m, 10_500));
        builder.Add(Trade(2, 100, 2m, 12_500)).ShouldBeTrue();
        Drain(builder).Count.ShouldBe(2);
        builder.MarkGap();
        builder.Advance(100_000).ShouldBeFalse();
        builder.Running(1_000)!.Value.IsComplete.ShouldBeFalse();
        builder.Add(Trade(9, 120, 1m, 45_300)).ShouldBeTrue();
        var bars = Drain(builder);
        bars.Select(bar => (bar.StepMs, bar.Index, bar.StartMs, bar.IsComplete)).ShouldBe([(1_000, 2, 12_000, false), (10_000, 0, 10_000, false)]);
        builder.Add(Trade(10, 121, 1m, 47_000)).ShouldBeTrue();
        Drain(builder).Select(bar => (bar.Index, bar.StartMs, bar.IsEmpty, bar.IsComplete)).ShouldBe([(3, 45_000, false, false), (4, 46_000, true, true)]);
        builder.Add(Trade(11, 121, 1m, 60_000)).ShouldBeTrue();
        bars = Drain(builder);
        bars.Where(bar => bar.StepMs == 10_000).Select(bar => (bar.Index, bar.StartMs, bar.IsComplete)).ShouldBe([(1, 40_000, false), (2, 50_000, true)]);
    }

    [Fact]
    public void A_gap_within_a_bar_or_before_the_first_trade_marks_that_bar()
    {
        var builder = new TimeBarBuilder([1_000]);
        builder.MarkGap();
        builder.Add(Trade(1, timeMs: 10_100)).ShouldBeFalse();
        builder.Add(Trade(2, timeMs: 11_100)).ShouldBeTrue();
        Drain(builder).ShouldHaveSingleItem().IsComplete.ShouldBeFalse();
        builder.Add(Trade(3, timeMs: 12_100)).ShouldBeTrue();
        Drain(builder).ShouldHaveSingleItem().IsComplete.ShouldBeTrue();
        builder.MarkGap();
        builder.Add(Trade(9, timeMs: 12_900)).ShouldBeFalse();
        builder.Add(Trade(10, timeMs: 13_100)).ShouldBeTrue();
        Drain(builder).ShouldHaveSingleItem().IsComplete.ShouldBeFalse();
        builder.Running(1_000)!.Value.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void A_gap_after_the_clock_has_begun_an_empty_bar_leaves_that_bar_out()
    {
        var builder = new TimeBarBuilder([1_000]);
        builder.Add(Trade(1, timeMs: 10_100));
        builder.Advance(12_300).ShouldBeTrue();
        Drain(builder).Count.ShouldBe(2);
        builder.MarkGap();
        builder.Add(Trade(9, timeMs: 20_900)).ShouldBeFalse();
        builder.Add(Trade(10, timeMs: 21_000)).ShouldBeTrue();
        Drain(builder).Select(bar => (bar.Index, bar.StartMs, bar.IsComplete)).ShouldBe([(2, 20_000, false)]);
    }

    [Fact]
    public void A_silent_week_is_taken_bar_by_bar_and_costs_no_memory()
    {
        var builder = new TimeBarBuilder([1_000, 60_000]);
        builder.Add(Trade(1, timeMs: 0));
        builder.Add(Trade(2, timeMs: 7 * 86_400_000L)).ShouldBeTrue();
        SnapshotChecks.Bytes(builder.Write).Length.ShouldBeLessThan(1_000);
        Should.Throw<InvalidOperationException>(() => builder.Add(Trade(3, timeMs: 7 * 86_400_000L)));
        builder.Advance(8 * 86_400_000L).ShouldBeTrue();
        var (count, minutes) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (builder.TryTake(out var bar))
        {
            count++;
            if (bar.StepMs == 60_000) minutes++;
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        (count - minutes, minutes).ShouldBe((604_800, 10_080));
        builder.Add(Trade(3, timeMs: 7 * 86_400_000L)).ShouldBeFalse();
    }

    [Fact]
    public void A_silence_of_more_than_31_days_is_a_gap()
    {
        var builder = new TimeBarBuilder([1_000]);
        builder.Add(Trade(1, timeMs: 0));
        builder.Add(Trade(2, timeMs: TimeBarBuilder.SilenceMsMax + 1_000)).ShouldBeTrue();
        Drain(builder).ShouldHaveSingleItem().IsComplete.ShouldBeFalse();
        builder.Advance(3 * TimeBarBuilder.SilenceMsMax).ShouldBeFalse();
        builder.Add(Trade(3, timeMs: 3 * TimeBarBuilder.SilenceMsMax)).ShouldBeTrue();
        SnapshotChecks.Read(SnapshotChecks.Bytes(builder.Write), TimeBarBuilder.Read).HasClosedBars.ShouldBeTrue();
        Drain(builder).ShouldHaveSingleItem().IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Trades_and_bars_allocate_nothing()
    {
        var trades = Walk(5, 5_000);
        var builder = new TimeBarBuilder([1_000, 5_000, 60_000]);
        builder.Add(trades[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 0;
        foreach (ref readonly var trade in trades.AsSpan(1))
        {
            builder.Add(trade);
            while (builder.TryTake(out _)) count++;
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        count.ShouldBeGreaterThan(800);
    }

    [Fact]
    public void Times_before_the_epoch_have_their_buckets_too()
    {
        var builder = new TimeBarBuilder([1_000]);
        builder.Add(Trade(1, timeMs: -1));
        builder.Add(Trade(2, timeMs: 0)).ShouldBeTrue();
        Drain(builder).ShouldHaveSingleItem().StartMs.ShouldBe(-1_000);
    }

    [Theory]
    [InlineData(new long[0], 0, "0 steps")]
    [InlineData(new long[] { 99 }, 0, "99 ms")]
    [InlineData(new long[] { 1_000, 1_000 }, 0, "step 1")]
    [InlineData(new long[] { 5_000, 1_000 }, 0, "step 1")]
    [InlineData(new[] { 1_000, TimeBarBuilder.StepMsMax + 1 }, 0, "604800001")]
    [InlineData(new long[] { 1_000 }, -1, "grace")]
    [InlineData(new long[] { 1_000 }, 3_600_001, "grace")]
    public void Parameters_out_of_range_are_refused(long[] steps, long grace, string part) =>
        Should.Throw<ArgumentException>(() => new TimeBarBuilder(steps, grace)).Message.ShouldContain(part);

    [Fact]
    public void An_unknown_step_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => new TimeBarBuilder([1_000, 2_000]).Running(3_000)).Message.ShouldContain("3000 ms, only of 1000, 2000");

    private static List<TimeBar> Drain(TimeBarBuilder builder)
    {
        var bars = new List<TimeBar>();
        while (builder.TryTake(out var bar)) bars.Add(bar);
        return bars;
    }
}
