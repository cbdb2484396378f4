using Granary.Engine.Bars;
using Granary.Engine.Features;
using Granary.Engine.Tests.Market;
using static Granary.Engine.Tests.Features.PipelineHarness;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Features;

public sealed class SymbolPipelineTests
{
    [Fact]
    public void It_starts_empty()
    {
        var pipeline = new SymbolPipeline(Short);
        (pipeline.NextId, pipeline.TradeCount, pipeline.BarCount, pipeline.LastTradeTimeMs, pipeline.LastPrice).ShouldBe((0L, 0L, 0L, 0L, 0m));
        pipeline.LastBar.ShouldBeNull();
        pipeline.BarDigest.ShouldBe(new string('0', 64));
    }

    [Fact]
    public void Counts_tell_what_became_of_every_trade()
    {
        var pipeline = new SymbolPipeline(Short);
        pipeline.Add(Trade(10, 100, 1, 1_000)).ShouldBeFalse();
        pipeline.Add(Trade(10, 100, 1, 1_000));
        pipeline.LastVerdict.ShouldBe(TradeReject.Duplicate);
        pipeline.Add(Trade(11, 0, 1, 1_001));
        pipeline.Add(Trade(12, 100, 1, 999));
        pipeline.Add(Trade(13, 101, 4, 1_002)).ShouldBeTrue();
        pipeline.LastVerdict.ShouldBe(TradeReject.None);
        (pipeline.TradeCount, pipeline.AcceptedCount, pipeline.NextId, pipeline.BarCount).ShouldBe((4L, 2L, 14L, 1L));
        foreach (var reason in (TradeReject[])[TradeReject.Duplicate, TradeReject.Invalid, TradeReject.TimeReversed]) pipeline.RejectCount(reason).ShouldBe(1);
        pipeline.RejectCount(TradeReject.Outlier).ShouldBe(0);
        (pipeline.LastTradeTimeMs, pipeline.LastPrice).ShouldBe((1_002L, 101m));
        pipeline.LastBar!.Bar.TradeCount.ShouldBe(2);
    }

    [Fact]
    public void A_hole_in_the_ids_marks_the_bar_of_the_next_trade()
    {
        var pipeline = new SymbolPipeline(Short);
        pipeline.Add(Trade(5_000, quantity: 5)).ShouldBeTrue();
        pipeline.LastBar!.Bar.IsComplete.ShouldBeTrue();
        pipeline.Add(Trade(5_001));
        pipeline.Add(Trade(5_003, quantity: 5)).ShouldBeTrue();
        pipeline.LastBar!.Bar.IsComplete.ShouldBeFalse();
        pipeline.MissingCount.ShouldBe(1);
        pipeline.Add(Trade(5_004, quantity: 5)).ShouldBeTrue();
        pipeline.LastBar!.Bar.IsComplete.ShouldBeTrue();
        pipeline.MarkGap();
        pipeline.Add(Trade(5_005, quantity: 5)).ShouldBeTrue();
        pipeline.LastBar!.Bar.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void A_hole_mark_survives_a_snapshot()
    {
        var pipeline = new SymbolPipeline(Short);
        pipeline.Add(Trade(1));
        pipeline.MarkGap();
        var copy = Restore(Snapshot(pipeline), Short);
        copy.Add(Trade(2, quantity: 5)).ShouldBeTrue();
        copy.LastBar!.Bar.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void The_digest_does_not_depend_on_holes_marked_or_on_duplicates()
    {
        var trades = Walk(3, 500);
        var plain = new SymbolPipeline(Short);
        var disturbed = new SymbolPipeline(Short);
        Run(plain, trades);
        foreach (var trade in trades)
        {
            disturbed.MarkGap();
            disturbed.Add(trade);
            disturbed.Add(trade);
        }
        disturbed.BarDigest.ShouldBe(plain.BarDigest);
        plain.BarDigest.Length.ShouldBe(64);
    }

    [Fact]
    public void Trades_that_close_no_bar_allocate_nothing()
    {
        var pipeline = new SymbolPipeline(Short with { VolumeThreshold = 1_000_000m, Q90Window = 10_000, Q90Min = 1_000 });
        var trades = Walk(8, 40_000);
        foreach (ref readonly var trade in trades.AsSpan(0, 20_000)) pipeline.Add(trade);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var trade in trades.AsSpan(20_000)) pipeline.Add(trade);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        pipeline.BarCount.ShouldBe(0);
        pipeline.AcceptedCount.ShouldBe(40_000);
    }

    [Fact]
    public void Closing_a_bar_allocates_nothing_either()
    {
        var trades = Walk(9, 40_000);
        var pipeline = new SymbolPipeline(Short);
        foreach (ref readonly var trade in trades.AsSpan(0, 20_000)) pipeline.Add(trade);
        var bars = pipeline.BarCount;
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var trade in trades.AsSpan(20_000)) pipeline.Add(trade);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        (pipeline.BarCount - bars).ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void A_symbol_with_default_windows_needs_less_than_a_mebibyte()
    {
        var trades = Walk(10, 60_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var pipeline = new SymbolPipeline(new PipelineOptions { VolumeThreshold = 20m });
        foreach (ref readonly var trade in trades.AsSpan()) pipeline.Add(trade);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
        pipeline.LastBar!.Features.ZScores[ZFeature.KyleLambda, 500].ShouldNotBeNull();
    }

    [Fact]
    public void Another_threshold_waits_for_the_next_bar_and_survives_a_snapshot()
    {
        var pipeline = new SymbolPipeline(Short);
        pipeline.VolumeThreshold.ShouldBe(5m);
        pipeline.Add(Trade(1, quantity: 2)).ShouldBeFalse();
        pipeline.VolumeThreshold = 2m;
        var copy = Restore(Snapshot(pipeline), Short);
        foreach (var each in (SymbolPipeline[])[pipeline, copy])
        {
            each.VolumeThreshold.ShouldBe(2m);
            each.Add(Trade(2, quantity: 2)).ShouldBeFalse();
            each.Add(Trade(3, quantity: 1)).ShouldBeTrue();
            each.Add(Trade(4, quantity: 2)).ShouldBeTrue();
            each.VolumeThreshold = 1m;
            each.Add(Trade(5, quantity: 1)).ShouldBeTrue();
            Should.Throw<ArgumentException>(() => each.VolumeThreshold = 0m);
        }
        copy.LastBar.ShouldBe(pipeline.LastBar);
    }

    [Fact]
    public void The_running_bar_is_known_at_every_trade()
    {
        var pipeline = new SymbolPipeline(Short with { VolumeThreshold = 700m });
        decimal volume = 0, quote = 0;
        var count = 0;
        foreach (var trade in Walk(12, 3_000))
        {
            (volume, quote, count) = pipeline.Add(trade) ? (0, 0, 0) : (volume + trade.Quantity, quote + (trade.Price * trade.Quantity), count + 1);
            (pipeline.OpenVolume, pipeline.OpenQuoteVolume, pipeline.OpenTradeCount).ShouldBe((volume, quote, count));
        }
        pipeline.BarCount.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_thousand_bars_after_a_restore_in_mid_bar_are_those_of_the_run_that_went_on()
    {
        var options = new PipelineOptions { VolumeThreshold = 20m };
        var trades = Walk(13, 90_000);
        var whole = new SymbolPipeline(options);
        foreach (ref readonly var trade in trades.AsSpan(0, 45_003)) whole.Add(trade);
        whole.OpenTradeCount.ShouldBeGreaterThan(0);
        var restored = Restore(Snapshot(whole), options);
        var expected = Run(whole, trades.AsSpan(45_003));
        expected.Count.ShouldBeGreaterThan(1_000);
        Run(restored, trades.AsSpan(45_003)).ShouldBe(expected);
        Snapshot(restored).ShouldBe(Snapshot(whole));
    }

    public static TheoryData<PipelineOptions, string> OtherOptions => new()
    {
        { Short with { VolumeThreshold = 6m }, "VolumeThreshold = 5, configured is 6" },
        { Short with { VwapWindow = 7 }, "VwapWindow = 6, configured is 7" },
        { Short with { AtrWindow = 6 }, "AtrWindow = 5, configured is 6" },
        { Short with { KyleWindow = 8 }, "KyleWindow = 7, configured is 8" },
        { Short with { Q90Window = 61 }, "Q90Window = 60, configured is 61" },
        { Short with { Q90Min = 21 }, "Q90Min = 20, configured is 21" },
        { Short with { Q90Level = 0.95m }, "Q90Level = 0.9, configured is 0.95" },
        { Short with { VpinWindow = 5 }, "VpinWindow = 4, configured is 5" },
        { Short with { ZWindows = [3, 9] }, "ZWindows = 3 8, configured is 3 9" },
    };

    [Theory]
    [MemberData(nameof(OtherOptions))]
    public void A_snapshot_taken_with_other_options_is_refused_by_name(PipelineOptions options, string message)
    {
        var snapshot = Snapshot(new SymbolPipeline(Short));
        Should.Throw<InvalidDataException>(() => Restore(snapshot, options)).Message.ShouldContain(message);
    }

    [Fact]
    public void An_option_written_with_other_zeros_is_the_same_option()
    {
        Restore(Snapshot(new SymbolPipeline(Short)), Short with { VolumeThreshold = 5.000m, Q90Level = 0.90m }).TradeCount.ShouldBe(0);
    }

    [Fact]
    public void A_truncated_snapshot_is_refused()
    {
        var pipeline = new SymbolPipeline(Short);
        Run(pipeline, Walk(1, 200));
        var snapshot = Snapshot(pipeline);
        for (var length = 0; length < snapshot.Length; length += 17)
        {
            var cut = snapshot[..length];
            Should.Throw<InvalidDataException>(() => Restore(cut, Short));
        }
    }

    public static TheoryData<PipelineOptions, string> WrongOptions => new()
    {
        { Short with { VolumeThreshold = 0m }, "VolumeThreshold was 0, expected above 0" },
        { Short with { VolumeThreshold = 0.000000001m }, "VolumeThreshold was 0.000000001" },
        { Short with { VwapWindow = 0 }, "VwapWindow was 0, expected 1 to 100000" },
        { Short with { AtrWindow = 100_001 }, "AtrWindow was 100001" },
        { Short with { KyleWindow = 1 }, "KyleWindow was 1, expected 2 to 100000" },
        { Short with { Q90Min = 61 }, "Q90Min was 61, expected 1 to 60" },
        { Short with { Q90Level = 1.1m }, "Q90Level was 1.1, expected 0 to 1" },
        { Short with { VpinWindow = -1 }, "VpinWindow was -1" },
        { Short with { ZWindows = [1] }, "ZWindows was 1, expected 2 to 100000" },
        { Short with { ZWindows = [20, 20] }, "ZWindows was 20, expected 21 to 100000" },
        { Short with { ZWindows = [2, 3, 4, 5, 6, 7, 8, 9, 10] }, "up to 8 windows" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void An_option_out_of_range_is_named(PipelineOptions options, string message) =>
        Should.Throw<ArgumentException>(() => new SymbolPipeline(options)).Message.ShouldContain(message);
}
