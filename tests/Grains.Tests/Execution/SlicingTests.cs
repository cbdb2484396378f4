using Granary.Engine.Execution.Placement;
using Granary.Engine.Execution.Slicing;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Tests.Support;
using Granary.Journal.Records;

namespace Granary.Grains.Tests.Execution;

/// <summary>Large orders against the volume that the market trades: the curve is learned while the engine runs, and slices follow it.</summary>
public sealed class SlicingTests
{
    private const string Id = "t/main/momentum/1";
    private const string CurveOwner = "execution/main/BTCUSDT/volume";

    private static readonly SlicingOptions Slicing = new()
    {
        RecentMs = 10_000,
        HorizonMsMin = 600_000,
        HorizonMsMax = 600_000,
        IntervalMs = 20_000,
        PauseMs = 0,
        Jitter = 0,
        ParticipationMax = 1,
        PlannedShare = 1,
    };

    [Fact]
    public void The_curve_is_learned_from_what_is_told_and_goes_on_after_a_restart()
    {
        using var bench = new GrainBench().StartActive();
        var expected = new IntradayVolumeCurve(new VolumeCurveOptions());
        var (total, lastMs) = (0m, 0L);
        for (var i = 0; i < 65; i++)
        {
            Tell(bench, total += i);
            var now = bench.Scheduler.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            if (i > 0) expected.OnBar(lastMs, Math.Max(lastMs, now - 1), i * Fixed8.One);
            lastMs = now;
            if (Saved(bench) is { } saved)
            {
                saved.Bytes.ShouldBe(Bytes(expected));
                break;
            }

            bench.Pass(60);
        }

        Saved(bench).ShouldNotBeNull("an hour has passed");
        bench.Crash();
        bench.Pass(300);
        bench.StartActive();
        var first = true;
        for (var i = 0; i < 65; i++)
        {
            Tell(bench, 1_000 + i);
            var now = bench.Scheduler.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            if (first) expected.OnGap(lastMs, now);
            else expected.OnBar(lastMs, Math.Max(lastMs, now - 1), Fixed8.One);
            (first, lastMs) = (false, now);
            if (Saved(bench)!.TimeMs == now) break;
            bench.Pass(60);
        }

        Saved(bench)!.TimeMs.ShouldBe(lastMs);
        Saved(bench)!.Bytes.ShouldBe(Bytes(expected), "five minutes without an engine are a hole, and not a market without trades");
    }

    [Theory]
    [InlineData(true, 0.33, 0.4)]
    [InlineData(false, 0.45, 0.55)]
    public void Vwap_follows_the_curve_that_was_learned_before_the_restart(bool isLearned, double leastEarly, double mostEarly)
    {
        using var bench = Bench(Slicing, new PlacementPolicy());
        if (isLearned) Learn(bench);
        Warm(bench);

        // From a few seconds past midnight: half of the ten minutes lie in the first bucket. Smoothed with its neighbours it has 2 of 5 parts of the volume.
        Enter(bench);
        var early = 0m;
        Work(bench, () =>
        {
            if (NowMs(bench) - Samples.T0 < 310_000) early = bench.Books.Quantity;
        });
        bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Filled"), o => o.ExecutedQuantity.ShouldBe(1));
        ((double)early).ShouldBeInRange(leastEarly, mostEarly);
        bench.Venue.Count("place").ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Of_an_iceberg_only_a_part_is_ever_shown()
    {
        using var bench = Bench(Slicing with { Kind = SliceKind.Iceberg, VisibleShare = 0.2m, IntervalMs = 5_000 }, new PlacementPolicy { Style = PlacementStyle.LimitFirst, TimeoutMs = 60_000 });
        Warm(bench);
        Enter(bench);
        var shown = 0m;
        Work(bench, () => shown = Math.Max(shown, bench.Books.LiveOrders.Sum(o => o.Quantity - o.ExecutedQuantity)));
        bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Filled"), o => o.ExecutedQuantity.ShouldBe(1));
        shown.ShouldBe(0.2m);
        bench.Venue.Count("place").ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void In_a_market_that_grows_quiet_slices_stay_under_their_share_of_it_and_the_rest_is_given_up()
    {
        const decimal share = 0.02m;
        using var bench = Bench(
            Slicing with { HorizonMsMin = 20_000, HorizonMsMax = 60_000, IntervalMs = 5_000, ParticipationMax = share }, new PlacementPolicy());
        Warm(bench);
        Enter(bench);
        var (traded, seconds) = (12m, new List<(decimal Traded, decimal Executed)>());
        for (var i = 0; i < 100 && bench.Books.Working.Count > 0; i++)
        {
            seconds.Add((traded, bench.Books.Quantity));
            if (bench.Books.LiveOrders.FirstOrDefault() is { Status: OrderStatus.New } part)
                bench.Deliver(bench.Venue.Execute(part.ClientOrderId, part.Quantity, part.Price ?? 100));
            Tell(bench, traded += 0.5m);
            bench.Pass(1);
        }

        var largest = seconds.Zip(seconds.Skip(1), (a, b) => b.Executed - a.Executed).Max();
        for (var i = 10; i < seconds.Count; i++)
            (seconds[i].Executed - seconds[i - 10].Executed).ShouldBeLessThanOrEqualTo((share * (seconds[i].Traded - seconds[i - 10].Traded)) + largest);
        bench.Order(Id)!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Canceled"), o => o.ExecutedQuantity.ShouldBeInRange(0.2m, 0.8m));
        bench.RiskView.ReservedNotional.ShouldBe(0);
    }

    private static GrainBench Bench(SlicingOptions slicing, PlacementPolicy entry) => new GrainBench
    {
        Settings = Samples.Settings with { Placement = new PlacementSettings { Slicing = slicing, Entry = entry } },
    }.StartActive();

    /// <summary>Three days in which the second five minutes have five times the volume of the first; the engine is killed and finds them.</summary>
    private static void Learn(GrainBench bench)
    {
        var curve = new IntradayVolumeCurve(new VolumeCurveOptions { SmoothingBuckets = 0 });
        const long bucketMs = 300_000;
        for (var start = Samples.T0 - (3 * VolumeCurveOptions.DayMs); start < Samples.T0; start += bucketMs)
            curve.OnBar(start, start + bucketMs - 1, (start % VolumeCurveOptions.DayMs == bucketMs ? 500 : 100) * Fixed8.One);
        bench.Tell(() => bench.Journal.AppendAsync([new SnapshotRecord(CurveOwner, Bytes(curve), Samples.T0)], null));
        bench.Crash();
        bench.StartActive();
    }

    private static void Warm(GrainBench bench)
    {
        for (var i = 0; i <= 12; i++)
        {
            Tell(bench, i);
            bench.Pass(1);
        }
    }

    private static void Enter(GrainBench bench)
    {
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1"))).ClientOrderId.ShouldBe(Id);
        bench.Pass(0.3);
        bench.Books.Working.Count.ShouldBe(1);
    }

    /// <summary>Fills every part as it comes, until the order is over.</summary>
    private static void Work(GrainBench bench, Action look)
    {
        for (var i = 13; i < 700 && bench.Books.Working.Count > 0; i++)
        {
            look();
            if (bench.Books.LiveOrders.FirstOrDefault() is { Status: OrderStatus.New } part)
                bench.Deliver(bench.Venue.Execute(part.ClientOrderId, part.Quantity, part.Price ?? 100));
            Tell(bench, i);
            bench.Pass(1);
        }
    }

    private static long NowMs(GrainBench bench) => bench.Scheduler.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    private static void Tell(GrainBench bench, decimal traded) =>
        bench.Tell(() => bench.Execution.OnMarket(new MarketNotice(99.9m, 100.1m, 100, null, "", 0) { Traded = traded }));

    private static SnapshotRecord? Saved(GrainBench bench)
    {
        bench.Pass(0.1);
        return bench.Ask(() => bench.Journal.Reader.GetSnapshotAsync(CurveOwner));
    }

    private static byte[] Bytes(IntradayVolumeCurve curve)
    {
        var writer = new SnapshotWriter();
        curve.Write(writer);
        return writer.ToArray();
    }
}
