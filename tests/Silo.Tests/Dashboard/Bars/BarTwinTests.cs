using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Silo.Dashboard.Bars;

namespace Granary.Silo.Tests.Dashboard.Bars;

public sealed class BarTwinTests
{
    private static readonly PipelineOptions Options = new()
    {
        VolumeThreshold = 5,
        VwapWindow = 3,
        AtrWindow = 2,
        KyleWindow = 3,
        Q90Window = 10,
        Q90Min = 2,
        VpinWindow = 2,
        ZWindows = [3],
    };

    [Fact]
    public void Bars_are_those_of_the_kernel()
    {
        var trades = Trades(1, 400);
        var pipeline = new SymbolPipeline(Options);
        var expected = new List<BarBody>();
        foreach (var trade in trades)
            if (pipeline.Add(trade)) expected.Add(BarBody.From(pipeline.LastBar!));
        var twin = new BarTwin("X", Options, 1_000);

        foreach (var batch in trades.Chunk(7)) twin.Add(batch);

        expected.Count.ShouldBeGreaterThan(50);
        twin.Newest(1_000).Bars.ShouldBe(expected);
        twin.Newest(3).Bars.ShouldBe(expected.TakeLast(3));
        twin.Newest(0).Bars.ShouldBeEmpty();
        twin.Digest.ShouldBe(pipeline.BarDigest);
    }

    [Fact]
    public void Trades_that_are_told_again_count_once()
    {
        var trades = Trades(1, 100);
        var (once, twice) = (new BarTwin("X", Options, 100), new BarTwin("X", Options, 100));
        once.Add(trades);
        twice.Add(trades[..60]);
        twice.Add(trades[20..]);
        twice.Add(trades[..10]);

        twice.Digest.ShouldBe(once.Digest);
        twice.Newest(100).Bars.ShouldBe(once.Newest(100).Bars);
        twice.Newest(0).Running.ShouldBe(once.Newest(0).Running);
    }

    [Fact]
    public void The_running_bar_has_the_range_of_its_own_trades()
    {
        var twin = new BarTwin("X", Options, 10);
        twin.Newest(5).Running.ShouldBeNull();
        twin.Add([Trade(1, 100, 1), Trade(2, 104, 1), Trade(3, 99, 1), Trade(4, 101, 1)]);
        twin.Newest(5).Running.ShouldBe(new RunningBody(0, 1_010, 100, 104, 99, 101, 4, 5));

        twin.Add([Trade(5, 102, 1)]);
        twin.Newest(5).Running.ShouldBeNull();
        twin.Newest(5).Bars.Single().High.ShouldBe(104);

        twin.Add([Trade(6, 103, 2)]);
        twin.Newest(5).Running.ShouldBe(new RunningBody(1, 1_060, 103, 103, 103, 103, 2, 5));
    }

    [Fact]
    public void Only_the_newest_bars_are_kept()
    {
        var twin = new BarTwin("X", Options, 4);
        twin.Add(Trades(1, 400));

        var bars = twin.Newest(100).Bars;

        bars.Count.ShouldBe(4);
        bars.Select(b => b.Index).ShouldBe(Enumerable.Range((int)bars[0].Index, 4).Select(i => (long)i));
    }

    [Fact]
    public void It_goes_on_from_a_snapshot_in_the_midst_of_a_bar()
    {
        var trades = Trades(1, 300);
        var pipeline = new SymbolPipeline(Options);
        foreach (var trade in trades[..148]) pipeline.Add(trade);
        pipeline.OpenTradeCount.ShouldBeGreaterThan(0);
        var whole = new BarTwin("X", Options, 1_000);
        whole.Add(trades);
        var restored = new BarTwin("X", Options, 1_000);

        restored.Restore(Snapshot(pipeline));
        restored.Newest(5).Running.ShouldBeNull();
        restored.Add(trades[100..]);

        restored.Digest.ShouldBe(whole.Digest);
        var bars = restored.Newest(1_000).Bars;
        bars.Count.ShouldBeGreaterThan(10);
        bars.ShouldBe(whole.Newest(bars.Count).Bars);
    }

    [Fact]
    public void A_damaged_snapshot_or_one_of_other_options_begins_anew()
    {
        var other = new SymbolPipeline(Options with { VwapWindow = 4 });
        var bytes = Snapshot(new SymbolPipeline(Options));
        foreach (var snapshot in new[] { [], [1, 2, 3], bytes[..^9], Snapshot(other) })
        {
            var twin = new BarTwin("X", Options, 10);
            twin.Restore(snapshot);
            twin.Add(Trades(1, 50));
            twin.Newest(10).Bars[0].ShouldNotBeNull();
        }
    }

    [Fact]
    public void A_new_threshold_holds_from_the_next_bar()
    {
        var twin = new BarTwin("X", Options, 10);
        twin.Add([Trade(1, 100, 1)]);
        twin.SetThreshold(2);
        twin.SetThreshold(0);
        twin.Add([Trade(2, 100, 4), Trade(3, 100, 2)]);

        twin.Newest(10).Bars.Select(b => b.Volume).ShouldBe([5m, 2m]);
    }

    private static byte[] Snapshot(SymbolPipeline pipeline)
    {
        var writer = new SnapshotWriter();
        writer.Section("symbol", 3);
        writer.Write(7L);
        pipeline.Write(writer);
        return writer.ToArray();
    }

    private static AggTrade Trade(long id, decimal price, decimal quantity) =>
        new(id, 1_000 + (id * 10), (long)(price * 100_000_000), (long)(quantity * 100_000_000), id, 1, id % 2 == 0);

    /// <summary>Prices and quantities that wander without chance.</summary>
    private static AggTrade[] Trades(long first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Trade(first + i, 100 + (i * i % 17 * 0.1m), 0.5m + (i * 7 % 5 * 0.3m)))];
}
