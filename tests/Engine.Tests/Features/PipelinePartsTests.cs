using Granary.Engine.Bars;
using Granary.Engine.Factors;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Tests.Market;
using static Granary.Engine.Tests.Features.PipelineHarness;

namespace Granary.Engine.Tests.Features;

/// <summary>The threshold of the day, the bars beside the volume bars, and the factors of the minute within one pipeline.</summary>
public sealed class PipelinePartsTests
{
    private const long DayMs = VolumeCalibration.DayMs;

    private static PipelineOptions Whole { get; } = Short with
    {
        Calibration = new VolumeCalibrationOptions { Days = 2, BarsPerDay = 10, Step = 0.5m },
        Tracks = new BarTrackOptions { TradesPerTickBar = 7, TimeBarStepsMs = [1_000, 60_000], BarsKept = 50 },
        Factors = new MinuteFactorOptions { VolWindow = 3, CfoWindow = 3, PwmaWindow = 2, RviWindow = 2, MediumWindow = 4, QuantileWindow = 5 },
    };

    /// <summary>A walk whose trades lie minutes apart now and then, so that it covers several days.</summary>
    private static AggTrade[] Days(int seed, int count)
    {
        var trades = TradeFactory.Walk(seed, count);
        for (var i = 0; i < count; i++) trades[i] = trades[i] with { TimeMs = trades[0].TimeMs + (i * 200_000L) + (trades[i].TimeMs % 777) };
        return trades;
    }

    [Fact]
    public void A_bar_that_begins_on_a_new_day_has_the_threshold_of_that_day_and_a_running_one_keeps_its_own()
    {
        var pipeline = new SymbolPipeline(Whole with { VolumeThreshold = 3m });
        Feed(pipeline, 1, 0, 3m).Volume.ShouldBe(3m);
        pipeline.Add(Trade(2, DayMs, 1m)).ShouldBeFalse();

        // Day 2 begins within a bar: 4 base units on two days, 10 bars a day: 0.2, at least one step of 0.5.
        pipeline.Add(Trade(3, 2 * DayMs, 1m)).ShouldBeFalse();
        pipeline.VolumeThreshold.ShouldBe(0.5m);
        pipeline.Add(Trade(4, 2 * DayMs, 1m)).ShouldBeTrue();
        Feed(pipeline, 5, 2 * DayMs, 0.5m).Volume.ShouldBe(0.5m);

        // A trade that cleaning refuses does not begin a day.
        pipeline.Add(new AggTrade(6, 9 * DayMs, 0, 1, 6, 1, false));
        pipeline.LastVerdict.ShouldBe(TradeReject.Invalid);
        pipeline.VolumeThreshold.ShouldBe(0.5m);
    }

    [Fact]
    public void Days_told_from_outside_size_the_bars_to_come()
    {
        var pipeline = new SymbolPipeline(Whole);
        pipeline.WantedDays((5 * DayMs) + 7).ShouldBe((3 * DayMs, 4 * DayMs));
        pipeline.SetDay(3 * DayMs, 100m);
        pipeline.VolumeThreshold.ShouldBe(5m);
        pipeline.SetDay(4 * DayMs, 60m);
        pipeline.VolumeThreshold.ShouldBe(8m);
        pipeline.WantedDays((5 * DayMs) + 7).ShouldBeNull();
        Feed(pipeline, 1, 5 * DayMs, 8m).Volume.ShouldBe(8m);
        new SymbolPipeline(Short).WantedDays(5 * DayMs).ShouldBeNull();
    }

    [Fact]
    public void Beside_the_volume_bars_the_tracks_get_the_accepted_trades_and_the_factors_every_minute()
    {
        var trades = Days(5, 2_000);
        var pipeline = new SymbolPipeline(Whole);
        var alone = new BarTracks(Whole.Tracks!);
        var factors = new MinuteFactors(Whole.Factors!);
        MinuteFactorRow? expected = null;
        foreach (var trade in trades)
        {
            pipeline.Add(trade);
            if (pipeline.LastVerdict != TradeReject.None || !alone.Add(trade)) continue;
            alone.TryTakeTickBar(out _);
            while (alone.TryTakeTimeBar(out var bar))
            {
                if (bar.StepMs == 60_000) expected = factors.Add(bar.ToKline());
            }
        }

        pipeline.Tracks!.TickBars(50).ShouldBe(alone.TickBars(50));
        pipeline.Tracks.TimeBars(1_000, 50).ShouldBe(alone.TimeBars(1_000, 50));
        pipeline.Tracks.TimeBars(60_000, 50).ShouldBe(alone.TimeBars(60_000, 50));
        pipeline.LastMinute.ShouldBe(expected);
        expected!.Value.CtaFactor.ShouldBeNull();
        pipeline.AddFunding(new FundingRate(trades[^1].TimeMs, 0.0001m));
        foreach (var trade in Days(5, 2_300).AsSpan(2_000)) pipeline.Add(trade);
        pipeline.LastMinute!.Value.CtaFactor.ShouldNotBeNull();
    }

    [Fact]
    public void The_whole_pipeline_continues_bit_for_bit_from_a_snapshot_at_any_trade()
    {
        var trades = Days(11, 1_600);
        var whole = new SymbolPipeline(Whole);
        var expected = Run(whole, trades);
        foreach (var cut in (int[])[0, 1, 433, 864, 1_599])
        {
            var first = new SymbolPipeline(Whole);
            var bars = Run(first, trades.AsSpan(0, cut));
            var second = Restore(Snapshot(first), Whole);
            second.LastMinute.ShouldBe(first.LastMinute);
            bars.AddRange(Run(second, trades.AsSpan(cut)));
            bars.ShouldBe(expected);
            Snapshot(second).ShouldBe(Snapshot(whole));
        }

        expected.Select(bar => bar.Bar.IsComplete).ShouldAllBe(complete => complete);
        whole.VolumeThreshold.ShouldNotBe(Whole.VolumeThreshold);
    }

    [Fact]
    public void A_hole_leaves_its_mark_on_every_track_and_on_the_calibration()
    {
        var pipeline = new SymbolPipeline(Whole);
        pipeline.Add(Trade(1, 0, 1m));
        pipeline.Add(Trade(9, 3 * DayMs, 1m));
        pipeline.Add(Trade(10, (3 * DayMs) + 60_000, 1m));
        pipeline.Tracks!.TimeBars(60_000, 50)[^1].IsComplete.ShouldBeFalse();

        // Days 1 and 2 lie in the hole: nobody knows what they traded.
        pipeline.WantedDays(0).ShouldBe((DayMs, 2 * DayMs));
    }

    [Fact]
    public void The_clock_closes_the_bars_of_a_silent_market()
    {
        var pipeline = new SymbolPipeline(Whole);
        pipeline.Add(Trade(1, 500, 1m));
        pipeline.Advance(1_999);
        pipeline.Tracks!.TimeBars(1_000, 50).ShouldBeEmpty();
        pipeline.Advance(4_000);
        var bars = pipeline.Tracks.TimeBars(1_000, 50);
        bars.Select(bar => (bar.StartMs, bar.IsEmpty)).ShouldBe([(0, false), (1_000, true), (2_000, true)]);
    }

    [Fact]
    public void Factors_without_time_bars_of_a_minute_are_refused()
    {
        var options = Short with { Factors = new MinuteFactorOptions(), Tracks = new BarTrackOptions { TimeBarStepsMs = [1_000] } };
        Should.Throw<ArgumentException>(() => new SymbolPipeline(options)).Message.ShouldContain("60000 ms");
    }

    private static AggTrade Trade(long id, long timeMs, decimal quantity) => TradeFactory.Trade(id, 100m, quantity, timeMs);

    private static Bar Feed(SymbolPipeline pipeline, long id, long timeMs, decimal quantity)
    {
        pipeline.Add(Trade(id, timeMs, quantity)).ShouldBeTrue();
        return pipeline.LastBar!.Bar;
    }
}
