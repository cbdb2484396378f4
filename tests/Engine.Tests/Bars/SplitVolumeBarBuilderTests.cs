using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Tests.Golden;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

public sealed class SplitVolumeBarBuilderTests
{
    [Fact]
    public void A_trade_is_cut_where_a_bar_is_full()
    {
        var builder = new SplitVolumeBarBuilder(5m);
        builder.Add(Trade(1, 100, 2m, 10)).ShouldBeFalse();
        builder.TryTake(out _).ShouldBeFalse();
        builder.Add(Trade(2, 101, 14m, 20, true)).ShouldBeTrue();
        builder.OpenVolume.ShouldBe(16m);
        builder.TryTake(out var bar).ShouldBeTrue();
        bar.ShouldBe(new Bar(0, 1, 2, 10, 20, 100, 101, 100, 101, 5, 200 + 303, 2, 2, 3, 200, 303, 1, 1, true));
        builder.TryTake(out bar).ShouldBeTrue();
        bar.ShouldBe(new Bar(1, 2, 2, 20, 20, 101, 101, 101, 101, 5, 505, 1, 0, 5, 0, 505, 0, 1, true));
        builder.TryTake(out bar).ShouldBeTrue();
        builder.TryTake(out bar).ShouldBeFalse();
        bar.ShouldBeNull();
        (builder.OpenVolume, builder.OpenTradeCount, builder.BarCount).ShouldBe((1m, 1, 3L));
    }

    [Fact]
    public void A_trade_that_fills_a_bar_leaves_nothing_for_the_next()
    {
        var builder = new SplitVolumeBarBuilder(2m);
        builder.Add(Trade(1, 100, 4m)).ShouldBeTrue();
        builder.TryTake(out _).ShouldBeTrue();
        builder.TryTake(out _).ShouldBeTrue();
        builder.TryTake(out _).ShouldBeFalse();
        builder.OpenTradeCount.ShouldBe(0);
    }

    [Fact]
    public void Volumes_are_equal_and_sums_exact()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(1, 2_000).ToArbitrary(), Gen.Choose(1, 3_000_000).ToArbitrary(), (seed, count, size) =>
        {
            var trades = Walk(seed, count);
            var threshold = 0.2m + (size * 0.00000123m);
            var builder = new SplitVolumeBarBuilder(threshold);
            var bars = BarTables.SplitBars(builder, trades);
            bars.ShouldAllBe(bar => bar.Volume == threshold && bar.BuyVolume + bar.SellVolume == threshold);
            ((bars.Count * threshold) + builder.OpenVolume).ShouldBe(trades.Sum(trade => trade.Quantity));
            (bars.Sum(bar => bar.QuoteVolume) + builder.OpenQuoteVolume).ShouldBe(trades.Sum(trade => trade.Price * trade.Quantity));
            bars.Count.ShouldBe((int)(trades.Sum(trade => trade.Quantity) / threshold));

            // A bar begins with the trade the one before it ended with, or with the next one.
            for (var i = 1; i < bars.Count; i++) (bars[i].FirstId - bars[i - 1].LastId).ShouldBeInRange(0, 1);
            bars.ShouldAllBe(bar => bar.TradeCount == bar.LastId - bar.FirstId + 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Restored_is_uninterrupted_between_two_trades_and_between_two_bars_of_one_trade()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, 2_000).ToArbitrary(), (seed, cut) =>
        {
            var trades = Walk(seed, 1_000);
            var whole = new SplitVolumeBarBuilder(0.777m);
            var expected = BarTables.SplitBars(whole, trades);
            var builder = new SplitVolumeBarBuilder(0.777m);
            var bars = new List<Bar>();
            var steps = 0;
            foreach (var trade in trades)
            {
                Restart();
                builder.Add(trade);
                while (builder.TryTake(out var bar))
                {
                    bars.Add(bar);
                    Restart();
                }
            }
            bars.ShouldBe(expected);
            SnapshotChecks.Bytes(builder.Write).ShouldBe(SnapshotChecks.Bytes(whole.Write));

            void Restart()
            {
                if (steps++ == cut) builder = SnapshotChecks.Read(SnapshotChecks.Bytes(builder.Write), SplitVolumeBarBuilder.Read);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void A_threshold_waits_for_the_next_bar_even_within_a_trade()
    {
        var builder = new SplitVolumeBarBuilder(4m);
        builder.Add(Trade(1, 100, 9m)).ShouldBeTrue();
        builder.Threshold = 5m;
        builder.TryTake(out var bar).ShouldBeTrue();
        bar!.Volume.ShouldBe(4m);
        builder.TryTake(out bar).ShouldBeTrue();
        bar!.Volume.ShouldBe(5m);
    }

    [Fact]
    public void A_tiny_threshold_against_a_huge_trade_is_refused_and_changes_nothing()
    {
        var builder = new SplitVolumeBarBuilder(0.00000001m);
        var before = SnapshotChecks.Bytes(builder.Write);
        Should.Throw<ArgumentException>(() => builder.Add(Trade(77, 100, 1_000_000m)))
            .Message.ShouldContain("trade 77 of 1000000 would close more than 1000000 bars of 0.00000001; raise it");
        SnapshotChecks.Bytes(builder.Write).ShouldBe(before);
        builder.Add(Trade(78, 100, 0.01m)).ShouldBeTrue();
        var count = 0;
        while (builder.TryTake(out _)) count++;
        count.ShouldBe(1_000_000);
    }

    [Fact]
    public void Closed_bars_must_be_taken_before_the_next_trade()
    {
        var builder = new SplitVolumeBarBuilder(1m);
        builder.Add(Trade(1)).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => builder.Add(Trade(2)));
        builder.TryTake(out _).ShouldBeTrue();
        builder.Add(Trade(2)).ShouldBeTrue();
    }

    [Fact]
    public void A_gap_marks_the_running_bar_only()
    {
        var builder = new SplitVolumeBarBuilder(2m);
        builder.Add(Trade(1));
        builder.MarkGap();
        builder.Add(Trade(3, quantity: 3m)).ShouldBeTrue();
        builder.TryTake(out var bar).ShouldBeTrue();
        bar!.IsComplete.ShouldBeFalse();
        builder.TryTake(out bar).ShouldBeTrue();
        bar!.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_by_its_exception()
    {
        var builder = new SplitVolumeBarBuilder(3m);
        BarTables.SplitBars(builder, Walk(1, 500));
        builder.Add(Trade(501, 100, 10m)).ShouldBeTrue();
        SnapshotChecks.Damage(SnapshotChecks.Bytes(builder.Write), SplitVolumeBarBuilder.Read);
    }
}
