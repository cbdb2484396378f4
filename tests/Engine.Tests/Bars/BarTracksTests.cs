using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Golden;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

public sealed class BarTracksTests
{
    private static readonly BarTrackOptions Options = new() { TradesPerTickBar = 100, BarsKept = 7 };

    [Fact]
    public void The_tracks_are_those_of_the_builders_and_the_last_bars_are_kept()
    {
        var trades = Walk(9, 3_000);
        var tracks = new BarTracks(Options);
        var (ticks, times) = Feed(tracks, trades);
        ticks.ShouldBe(BarTables.Bars(new TickBarBuilder(100), trades));
        times.ShouldBe(BarTables.TimeBars(new TimeBarBuilder([1_000, 5_000, 60_000], 1_000), trades));
        tracks.TickBars(5).ShouldBe(ticks[^5..]);
        tracks.TickBars(50).ShouldBe(ticks[^7..]);
        tracks.TimeBars(5_000, 3).ShouldBe(times.Where(bar => bar.StepMs == 5_000).TakeLast(3));
        tracks.TimeBars(1_000, int.MaxValue).ShouldBe(times.Where(bar => bar.StepMs == 1_000).TakeLast(7));
        tracks.TimeBars(1_000, -1).ShouldBeEmpty();
        tracks.RunningTimeBar(60_000)!.Value.LastId.ShouldBe(3_000);
    }

    [Fact]
    public void Trades_summed_for_all_tracks_are_those_of_each_whatever_comes_between()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (seed, tradesPerBar) =>
        {
            var random = new Random(seed);
            var tracks = new BarTracks(Options with { TradesPerTickBar = tradesPerBar, TimeBarGraceMs = 0 });
            var (ticks, times) = (new TickBarBuilder(tradesPerBar), new TimeBarBuilder([1_000, 5_000, 60_000]));
            foreach (var trade in Walk(seed, 1_000))
            {
                var what = random.Next(40);
                if (what == 0)
                {
                    tracks.MarkGap();
                    ticks.MarkGap();
                    times.MarkGap();
                }
                var nowMs = trade.TimeMs + random.Next(-1_500, 1_500);
                if (what is > 0 and < 6) tracks.Advance(nowMs).ShouldBe(times.Advance(nowMs));
                ShouldTakeAlike(tracks, times);
                tracks.Add(trade).ShouldBe(times.Add(trade) | ticks.Add(trade));
                if (tracks.TryTakeTickBar(out var bar)) bar.ShouldBe(ticks.LastBar);
                if (what == 7) tracks.RunningTimeBar(5_000).ShouldBe(times.Running(5_000));
                ShouldTakeAlike(tracks, times);
            }
            tracks.TickBars(1).LastOrDefault().ShouldBe(ticks.LastBar);
            tracks.RunningTimeBar(60_000).ShouldBe(times.Running(60_000));
            tracks.LateTradeCount.ShouldBe(times.LateTradeCount);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Restored_is_uninterrupted()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, 1_000).ToArbitrary(), (seed, cut) =>
        {
            var trades = Walk(seed, 1_000);
            var whole = new BarTracks(Options);
            Feed(whole, trades);
            var first = new BarTracks(Options);
            Feed(first, trades.AsSpan(0, cut));
            var second = SnapshotChecks.Read(SnapshotChecks.Bytes(first.Write), (ref SnapshotReader reader) => BarTracks.Read(Options, ref reader));
            Feed(second, trades.AsSpan(cut));
            SnapshotChecks.Bytes(second.Write).ShouldBe(SnapshotChecks.Bytes(whole.Write));
            second.TickBars(7).ShouldBe(whole.TickBars(7));
            second.TimeBars(5_000, 7).ShouldBe(whole.TimeBars(5_000, 7));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void A_snapshot_of_other_options_or_a_damaged_one_is_refused()
    {
        var tracks = new BarTracks(Options);
        Feed(tracks, Walk(9, 1_000));
        var bytes = SnapshotChecks.Bytes(tracks.Write);
        SnapshotChecks.Damage(bytes, (ref SnapshotReader reader) => BarTracks.Read(Options, ref reader));
        foreach (var other in (BarTrackOptions[])
            [
                Options with { TradesPerTickBar = 101 }, Options with { TradesPerTickBar = null }, Options with { TimeBarStepsMs = [1_000] },
                Options with { TimeBarGraceMs = 1 }, Options with { BarsKept = 8 },
            ])
        {
            Should.Throw<InvalidDataException>(() => SnapshotChecks.Read(bytes, (ref SnapshotReader reader) => BarTracks.Read(other, ref reader)))
                .Message.ShouldContain("snapshot holds bar tracks of tick 100, time 1000 5000 60000, grace 1000, kept 7, expected ");
        }
    }

    [Fact]
    public void Closed_bars_must_be_taken_before_the_next_trade()
    {
        var tracks = new BarTracks(Options with { TradesPerTickBar = 1 });
        tracks.Add(Trade(1, timeMs: 10_000)).ShouldBeTrue();
        tracks.HasClosedBars.ShouldBeTrue();
        tracks.TryTakeTimeBar(out _).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => tracks.Add(Trade(2, timeMs: 11_000)));
        tracks.TryTakeTickBar(out var bar).ShouldBeTrue();
        bar!.FirstId.ShouldBe(1);
        tracks.TryTakeTickBar(out _).ShouldBeFalse();
        tracks.Add(Trade(2, timeMs: 11_000)).ShouldBeTrue();
        tracks.TryTakeTickBar(out _).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => tracks.Add(Trade(3, timeMs: 12_000)));
        tracks.TryTakeTimeBar(out var second).ShouldBeTrue();
        second.FirstId.ShouldBe(1);
        tracks.Add(Trade(3, timeMs: 12_000)).ShouldBeTrue();
        tracks.TryTakeTickBar(out bar).ShouldBeTrue();
        bar!.FirstId.ShouldBe(3);
    }

    [Fact]
    public void A_gap_and_the_clock_reach_every_track()
    {
        var tracks = new BarTracks(Options with { TradesPerTickBar = 2 });
        tracks.Add(Trade(1, timeMs: 10_000)).ShouldBeFalse();
        tracks.Advance(11_999).ShouldBeFalse();
        tracks.Advance(12_000).ShouldBeTrue();
        tracks.TryTakeTimeBar(out var bar).ShouldBeTrue();
        bar.IsComplete.ShouldBeTrue();
        tracks.MarkGap();
        tracks.Advance(90_000).ShouldBeFalse();
        tracks.Add(Trade(5, timeMs: 11_500)).ShouldBeTrue();
        tracks.TryTakeTickBar(out var tickBar).ShouldBeTrue();
        tickBar!.IsComplete.ShouldBeFalse();
        tracks.RunningTimeBar(1_000)!.Value.IsComplete.ShouldBeFalse();
        tracks.Add(Trade(6, timeMs: 10_900)).ShouldBeFalse();
        tracks.LateTradeCount.ShouldBe(1);
    }

    [Fact]
    public void Tracks_may_be_left_out()
    {
        var trades = Walk(1, 500);
        var none = new BarTracks(new BarTrackOptions { TradesPerTickBar = null, TimeBarStepsMs = [] });
        foreach (var trade in trades) none.Add(trade).ShouldBeFalse();
        none.Advance(long.MaxValue).ShouldBeFalse();
        none.TickBars(9).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => none.TimeBars(1_000, 9));
        Should.Throw<ArgumentException>(() => none.RunningTimeBar(1_000));
        var (ticks, times) = Feed(new BarTracks(Options with { TimeBarStepsMs = [] }), trades);
        (ticks.Count, times.Count).ShouldBe((5, 0));
        (ticks, times) = Feed(new BarTracks(Options with { TradesPerTickBar = null }), trades);
        ticks.ShouldBeEmpty();
        times.ShouldNotBeEmpty();
    }

    [Fact]
    public void Trades_that_close_no_bar_allocate_nothing()
    {
        var tracks = new BarTracks(new BarTrackOptions { TradesPerTickBar = 100_000 });
        var trades = Walk(2, 10_000);
        Feed(tracks, trades.AsSpan(0, 10));
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var trade in trades.AsSpan(10))
        {
            if (!tracks.Add(trade)) continue;
            while (tracks.TryTakeTimeBar(out _))
            {
            }
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void An_option_out_of_range_is_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => new BarTracks(Options with { TradesPerTickBar = 0 })).Message.ShouldStartWith("TradesPerTickBar was 0");
        Should.Throw<ArgumentException>(() => new BarTracks(Options with { BarsKept = 0 })).Message.ShouldStartWith("BarsKept was 0");
        Should.Throw<ArgumentException>(() => new BarTracks(Options with { BarsKept = 10_001 })).Message.ShouldStartWith("BarsKept was 10001");
        Should.Throw<ArgumentException>(() => new BarTracks(Options with { TimeBarStepsMs = [5_000, 1_000] })).Message.ShouldContain("StepsMs 5000, 1000");
        Should.Throw<ArgumentException>(() => new BarTracks(Options with { TimeBarStepsMs = null! })).Message.ShouldStartWith("TimeBarStepsMs was none");
        Should.Throw<ArgumentException>(() => new BarTracks(Options with { TimeBarGraceMs = -1 })).Message.ShouldContain("TimeBarGraceMs -1");
    }

    private static void ShouldTakeAlike(BarTracks tracks, TimeBarBuilder times)
    {
        while (times.TryTake(out var expected))
        {
            tracks.TryTakeTimeBar(out var bar).ShouldBeTrue();
            bar.ShouldBe(expected);
        }
        tracks.TryTakeTimeBar(out _).ShouldBeFalse();
    }

    private static (List<Bar> Ticks, List<TimeBar> Times) Feed(BarTracks tracks, ReadOnlySpan<AggTrade> trades)
    {
        var (ticks, times) = (new List<Bar>(), new List<TimeBar>());
        foreach (ref readonly var trade in trades)
        {
            tracks.Add(trade).ShouldBe(tracks.HasClosedBars);
            if (tracks.TryTakeTickBar(out var tick)) ticks.Add(tick);
            while (tracks.TryTakeTimeBar(out var time)) times.Add(time);
        }
        return (ticks, times);
    }
}
