using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class RollingOrderStatisticsTests
{
    private static readonly decimal[] Levels = [0m, 0.1m, 0.5m, 0.9m, 0.95m, 1m];

    [Fact]
    public void Quantiles_equal_those_of_the_sorted_window()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (seed, capacity) =>
        {
            var random = new Random(seed);
            var statistics = new RollingOrderStatistics(capacity);
            var items = new List<long>();
            for (var i = 0; i < 3 * capacity; i++)
            {
                var item = Item(random);
                statistics.Push(item);
                items.Add(item);
                if (i % 7 != 0) continue;
                var sorted = items.TakeLast(capacity).Order().ToArray();
                foreach (var level in Levels) statistics.Quantile(level).ShouldBe(Expected(sorted, level));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_window_of_equal_items_has_one_quantile()
    {
        var statistics = new RollingOrderStatistics(1_000);
        for (var i = 0; i < 2_500; i++) statistics.Push(12_345_678);
        foreach (var level in Levels) statistics.Quantile(level).ShouldBe(12_345_678);
    }

    [Fact]
    public void The_whole_range_of_sizes_is_kept_apart()
    {
        var statistics = new RollingOrderStatistics(200);
        for (var power = 0; power < 63; power++)
        {
            statistics.Push((1L << power) - 1);
            statistics.Push(1L << power);
        }
        statistics.Push(long.MaxValue);
        statistics.Quantile(1).ShouldBe(long.MaxValue);
        statistics.Quantile(0).ShouldBe(0);
        var sorted = Enumerable.Range(0, 63).SelectMany(power => new[] { (1L << power) - 1, 1L << power }).Append(long.MaxValue).Order().ToArray();
        for (var rank = 0; rank < sorted.Length; rank++) statistics.Quantile(rank / (decimal)(sorted.Length - 1)).ShouldBe(sorted[rank], 0.000001m);
    }

    [Fact]
    public void Interpolation_is_decimal()
    {
        var statistics = new RollingOrderStatistics(10);
        foreach (var item in (long[])[10, 20]) statistics.Push(item);
        statistics.Quantile(0.9m).ShouldBe(19m);
        statistics.Quantile(0.35m).ShouldBe(13.5m);
    }

    [Fact]
    public void A_finer_unit_in_mid_window_loses_nothing()
    {
        var random = new Random(5);
        var statistics = new RollingOrderStatistics(400);
        var items = new List<long>();
        foreach (var unit in (long[])[10_000_000_000, 100_000_000, 100_000, 10, 1])
        {
            var batch = Enumerable.Range(0, 300).Select(_ => random.Next(20) == 0 ? random.NextInt64(1_000_000) * unit : random.Next(1, 50) * unit).ToArray();
            statistics.Push(batch);
            items.AddRange(batch);
            var sorted = items.TakeLast(400).Order().ToArray();
            for (var rank = 0; rank < sorted.Length; rank++)
                statistics.Neighbours(rank).ShouldBe((sorted[rank], sorted[Math.Min(rank + 1, sorted.Length - 1)]));
        }
        Should.Throw<ArgumentOutOfRangeException>(() => statistics.Neighbours(400));
        Should.Throw<ArgumentOutOfRangeException>(() => statistics.Neighbours(-1));
    }

    [Fact]
    public void Items_come_one_by_one_or_in_any_batches()
    {
        var random = new Random(6);
        var items = Enumerable.Range(0, 2_000).Select(_ => Item(random)).ToArray();
        var (single, batched) = (new RollingOrderStatistics(90), new RollingOrderStatistics(90));
        for (var from = 0; from < items.Length;)
        {
            var batch = items.AsSpan(from, Math.Min(random.Next(1, 600), items.Length - from));
            foreach (var item in batch) single.Push(item);
            batched.Push(batch);
            from += batch.Length;
            foreach (var level in Levels) batched.Quantile(level).ShouldBe(single.Quantile(level));
        }
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        var statistics = new RollingOrderStatistics(10);
        Should.Throw<InvalidOperationException>(() => statistics.Quantile(0.5m));
        statistics.Push(1);
        Should.Throw<ArgumentOutOfRangeException>(() => statistics.Quantile(1.1m));
        Should.Throw<ArgumentOutOfRangeException>(() => statistics.Quantile(-0.1m));
        Should.Throw<ArgumentOutOfRangeException>(() => new RollingOrderStatistics(0));
    }

    [Fact]
    public void A_snapshot_continues_alike()
    {
        var random = new Random(2);
        var statistics = new RollingOrderStatistics(50);
        for (var i = 0; i < 130; i++) statistics.Push(Item(random));
        var writer = new SnapshotWriter();
        statistics.Write(writer);
        var copy = new RollingOrderStatistics(50);
        var reader = new SnapshotReader(writer.Written);
        copy.Restore(ref reader);
        for (var i = 0; i < 130; i++)
        {
            copy.Quantile(0.9m).ShouldBe(statistics.Quantile(0.9m));
            var item = Item(random);
            copy.Push(item);
            statistics.Push(item);
        }
    }

    private static long Item(Random random) => random.Next(4) switch
    {
        0 => random.Next(10),
        1 => random.Next(1, 50) * 100_000L,
        2 => 5_000_000 + random.Next(3),
        _ => random.NextInt64(long.MaxValue / 4) >> random.Next(62),
    };

    private static decimal Expected(long[] sorted, decimal level)
    {
        var position = level * (sorted.Length - 1);
        var rank = (int)decimal.Floor(position);
        var upper = Math.Min(rank + 1, sorted.Length - 1);
        return sorted[rank] + ((position - rank) * (sorted[upper] - sorted[rank]));
    }
}
