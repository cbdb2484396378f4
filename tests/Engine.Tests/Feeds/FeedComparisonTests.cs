using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Feeds;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Feeds;

public sealed class FeedComparisonTests
{
    private const long Price = 60_000_00000000;
    private static readonly FeedComparisonOptions _options = new() { StaleAfterMs = 1000, RecoverAfterMs = 2000, SampleMs = 100, WindowSamples = 10, DivergeBps = 20, AgreeBps = 10 };

    [Fact]
    public void Agrees_after_a_whole_window_and_not_before()
    {
        var comparison = new FeedComparison(_options);
        comparison.Judge(0).ShouldBe(new FeedVerdict(FeedHealth.Unverified, 0, null, null));
        for (var time = 0; time < 1000; time += 100) Add(comparison, time, 0, 0);
        comparison.Judge(999).Health.ShouldBe(FeedHealth.Unverified);
        comparison.Judge(1000).ShouldBe(new FeedVerdict(FeedHealth.Agreeing, 1000, 0, 1));
    }

    [Fact]
    public void Diverges_by_the_mean_of_the_window_and_agrees_again_only_well_inside()
    {
        var comparison = new FeedComparison(_options);
        var time = 0;
        Move(comparison, ref time, 20, 0);
        // Half a window of 30 basis points is a mean of 15, and one spike of 150 is as well.
        Move(comparison, ref time, 5, 30);
        comparison.Judge(time).Health.ShouldBe(FeedHealth.Agreeing);
        Move(comparison, ref time, 5, 30);
        var verdict = comparison.Judge(time);
        (verdict.Health, verdict.DeviationBps).ShouldBe((FeedHealth.Diverging, 30));
        // Between the two limits it stays as it is.
        Move(comparison, ref time, 30, 15);
        comparison.Judge(time).Health.ShouldBe(FeedHealth.Diverging);
        Move(comparison, ref time, 11, -9);
        comparison.Judge(time).Health.ShouldBe(FeedHealth.Agreeing);
        Move(comparison, ref time, 30, 15);
        comparison.Judge(time).Health.ShouldBe(FeedHealth.Agreeing);
        Move(comparison, ref time, 11, -25);
        comparison.Judge(time).Health.ShouldBe(FeedHealth.Diverging);
    }

    [Fact]
    public void A_silent_primary_is_stale_until_it_has_spoken_for_a_while()
    {
        var comparison = new FeedComparison(_options);
        var time = 0;
        Move(comparison, ref time, 20, 0);
        // The primary's last price is from 1900.
        for (; time <= 3000; time += 100) comparison.Add(1, time, Price);
        comparison.Judge(2900).Health.ShouldBe(FeedHealth.Stale);
        var verdict = comparison.Judge(3000);
        (verdict.Health, verdict.SinceMs, verdict.DeviationBps, verdict.BestBackup).ShouldBe((FeedHealth.Stale, 3000, null, 1));
        var back = time;
        while (time < back + 2000) Move(comparison, ref time, 1, 0);
        comparison.Judge(time - 1).Health.ShouldBe(FeedHealth.Stale);
        Move(comparison, ref time, 2, 0);
        comparison.Judge(time).Health.ShouldBe(FeedHealth.Agreeing);
    }

    [Fact]
    public void Silence_of_all_is_no_fault_of_the_primary_and_a_primary_alone_cannot_be_judged()
    {
        var comparison = new FeedComparison(_options);
        var time = 0;
        Move(comparison, ref time, 20, 0);
        comparison.Judge(4000).ShouldBe(new FeedVerdict(FeedHealth.AllStale, 3000, null, null));
        for (time = 4000; time < 8000; time += 100) comparison.Add(0, time, Price);
        comparison.Judge(time).Health.ShouldBe(FeedHealth.Unverified);
    }

    [Fact]
    public void One_wrong_backup_of_three_does_not_count()
    {
        var comparison = new FeedComparison(_options with { Backups = 3 });
        for (var time = 0; time <= 2000; time += 100)
        {
            comparison.Add(0, time, Price);
            comparison.Add(1, time, Price * 2);
            comparison.Add(2, time, Price);
            comparison.Add(3, time, Price);
        }
        comparison.Judge(2000).ShouldBe(new FeedVerdict(FeedHealth.Agreeing, 1000, 0, 1));
    }

    [Fact]
    public void A_price_is_not_seen_before_it_was_received()
    {
        var options = _options with { WindowSamples = 1 };
        var comparison = new FeedComparison(options);
        comparison.Add(0, 0, Price);
        comparison.Add(1, 0, Price);
        // Received between two samples: the one at 100 is of before.
        comparison.Add(0, 150, Price * 2);
        comparison.Judge(199).DeviationBps.ShouldBe(0);
        comparison.Judge(200).DeviationBps.ShouldBe(10_000);
    }

    [Theory]
    [InlineData(FeedHealth.Agreeing, 1, FeedPolicy.Pause, 0, true), InlineData(FeedHealth.Unverified, null, FeedPolicy.FallBack, 0, true)]
    [InlineData(FeedHealth.Stale, 1, FeedPolicy.TradeOn, 0, true), InlineData(FeedHealth.Stale, 1, FeedPolicy.Pause, 0, false)]
    [InlineData(FeedHealth.Stale, 2, FeedPolicy.FallBack, 2, true), InlineData(FeedHealth.Diverging, 1, FeedPolicy.FallBack, 1, true)]
    [InlineData(FeedHealth.Diverging, 1, FeedPolicy.Pause, 0, false), InlineData(FeedHealth.AllStale, null, FeedPolicy.FallBack, 0, false)]
    [InlineData(FeedHealth.AllStale, null, FeedPolicy.TradeOn, 0, true)]
    public void The_operator_chooses(FeedHealth health, int? backup, FeedPolicy policy, int feed, bool mayOpen) =>
        FeedDecision.Of(new FeedVerdict(health, 0, null, backup), policy).ShouldBe(new FeedDecision(feed, mayOpen));

    [Fact]
    public void A_snapshot_goes_on_bit_for_bit_whatever_happens() => Prop.ForAll(
        Gen.Choose(0, 2).Zip(Gen.Choose(1, 3000)).Zip(Gen.Choose(0, 400)).ListOf().ToArbitrary(),
        events =>
        {
            var options = _options with { Backups = 2, WindowSamples = 4 };
            var (whole, restored) = (new FeedComparison(options), new FeedComparison(options));
            var time = 0L;
            foreach (var ((feed, price), step) in events)
            {
                time += step;
                whole.Add(feed, time, price);
                var writer = new SnapshotWriter();
                restored.Write(writer);
                var reader = new SnapshotReader(writer.Written);
                restored = FeedComparison.Read(ref reader, options);
                reader.AtEnd.ShouldBeTrue();
                restored.Add(feed, time, price);
                whole.Judge(time).ShouldBe(restored.Judge(time));
            }
            if (events.Count > 0) whole.Judge(time + 10_000).Health.ShouldBe(FeedHealth.AllStale);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Damaged_snapshots_and_impossible_inputs_are_named()
    {
        var comparison = new FeedComparison(_options);
        var time = 0;
        Move(comparison, ref time, 20, 5);
        var writer = new SnapshotWriter();
        comparison.Write(writer);
        var bytes = writer.ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<InvalidDataException>(() =>
            {
                var reader = new SnapshotReader(cut);
                FeedComparison.Read(ref reader, _options);
            });
        }
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(bytes);
            FeedComparison.Read(ref reader, _options with { WindowSamples = 11 });
        });
        Should.Throw<ArgumentOutOfRangeException>(() => comparison.Add(2, 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => comparison.Add(0, 0, 0));
        Should.Throw<ArgumentException>(() => new FeedComparison(_options with { AgreeBps = 21 })).Message.ShouldContain("AgreeBps");
        Should.Throw<ArgumentException>(() => new FeedComparison(_options with { DivergeBps = double.NaN })).Message.ShouldContain("DivergeBps");
    }

    [Fact]
    public void Adding_and_judging_allocate_nothing()
    {
        var comparison = new FeedComparison(_options);
        var time = 0;
        Move(comparison, ref time, 100, 3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            Move(comparison, ref time, 1, 3);
            comparison.Judge(time);
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Move(FeedComparison comparison, ref int timeMs, int samples, int deviationBps)
    {
        for (var i = 0; i < samples; i++, timeMs += 100) Add(comparison, timeMs, deviationBps, 0);
    }

    private static void Add(FeedComparison comparison, long timeMs, int primaryBps, int backupBps)
    {
        comparison.Add(1, timeMs, Price + (Price / 10_000 * backupBps));
        comparison.Add(0, timeMs, Price + (Price / 10_000 * primaryBps));
    }
}
