using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class SortedWindowTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();
    private static readonly Arbitrary<int> Capacities = Gen.Choose(1, 40).ToArbitrary();

    [Fact]
    public void Quantiles_are_those_of_the_last_items_sorted()
    {
        Prop.ForAll(Seeds, Capacities, (seed, capacity) =>
        {
            var random = new Random(seed);
            var window = new SortedWindow(capacity);
            var all = new List<double>();
            for (var i = 0; i < 120; i++)
            {
                all.Add(random.Next(4) == 0 ? random.Next(3) - 1 : random.NextDouble());
                window.Push(all[^1]);
                var level = random.NextDouble();
                var sorted = all.TakeLast(capacity).Order().ToArray();
                var below = (int)(level * (sorted.Length - 1));
                var rest = (level * (sorted.Length - 1)) - below;
                var above = sorted[Math.Min(below + 1, sorted.Length - 1)];
                window.Quantile(level).ShouldBe((sorted[below] * (1 - rest)) + (above * rest), 1e-12);
                window.Quantile(0).ShouldBe(sorted[0]);
                window.Quantile(1).ShouldBe(sorted[^1]);
                window.IsFull.ShouldBe(all.Count >= capacity);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_restored_window_goes_on_bit_for_bit()
    {
        Prop.ForAll(Seeds, Capacities, (seed, capacity) =>
        {
            var random = new Random(seed);
            var window = new SortedWindow(capacity);
            for (var i = random.Next(100); i > 0; i--) window.Push(random.Next(5) - 2);
            var writer = new SnapshotWriter();
            window.Write(writer);
            var reader = new SnapshotReader(writer.Written);
            var copy = new SortedWindow(capacity);
            copy.Restore(ref reader);
            reader.AtEnd.ShouldBeTrue();
            for (var i = 0; i < 60; i++)
            {
                var item = random.Next(3) == 0 ? -0.0 : random.NextDouble() - 0.5;
                window.Push(item);
                copy.Push(item);
                BitConverter.DoubleToInt64Bits(copy.Quantile(0.33)).ShouldBe(BitConverter.DoubleToInt64Bits(window.Quantile(0.33)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void What_has_no_quantile_is_refused()
    {
        var window = new SortedWindow(3);
        Should.Throw<InvalidOperationException>(() => window.Quantile(0.5));
        Should.Throw<ArgumentException>(() => window.Push(double.NaN));
        window.Count.ShouldBe(0);
        window.Push(1);
        Should.Throw<ArgumentOutOfRangeException>(() => window.Quantile(1.01));
        Should.Throw<ArgumentOutOfRangeException>(() => window.Quantile(double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => new SortedWindow(0));
    }

    [Fact]
    public void A_snapshot_with_an_item_without_value_is_refused()
    {
        var rolling = new RollingWindow(3);
        rolling.Push(1);
        rolling.Push(double.NaN);
        var writer = new SnapshotWriter();
        rolling.Write(writer);
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(writer.ToArray());
            new SortedWindow(3).Restore(ref reader);
        }).Message.ShouldContain("without a value");
    }
}
