using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Execution.Slicing;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Execution.Slicing;

public sealed class RecentVolumeTests
{
    /// <summary>Against the definition: volumes of the slots begun within the window, whatever the order they came in.</summary>
    [Fact]
    public void It_is_the_sum_of_its_slots() => Prop.ForAll(
        Gen.Choose(1, 400).Zip(Gen.Choose(-300, 600).Zip(Gen.Choose(0, 1000)).ListOf()).ToArbitrary(),
        scene =>
        {
            var (windowMs, steps) = scene;
            var slotMs = (windowMs + 15) / 16;
            var volume = new RecentVolume(windowMs);
            var seen = new List<(long Slot, long Quantity)>();
            long time = 10_000, latest = 0;
            foreach (var (step, quantity) in steps)
            {
                time = Math.Max(0, time + step);
                volume.Add(time, quantity);
                latest = Math.Max(latest, time);
                if (time / slotMs > (latest / slotMs) - 16) seen.Add((time / slotMs, quantity));
                var expected = seen.Where(s => s.Slot > (latest / slotMs) - 16).Sum(s => s.Quantity);
                volume.Sum(time).ShouldBe((decimal)expected / Fixed8.One);
                var writer = new SnapshotWriter();
                volume.Write(writer);
                var reader = new SnapshotReader(writer.Written);
                volume = new RecentVolume(windowMs);
                volume.Restore(ref reader);
            }
            volume.Sum(latest + windowMs + 16).ShouldBe(0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_holds_more_than_a_fixed_number_and_refuses_another_window()
    {
        var volume = new RecentVolume(1_000);
        for (var i = 0; i < 4; i++) volume.Add(i, Fixed8.Max);
        volume.Sum(0).ShouldBe(4 * (decimal)Fixed8.Max / Fixed8.One);
        var writer = new SnapshotWriter();
        volume.Write(writer);
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(writer.Written);
            new RecentVolume(2_000).Restore(ref reader);
        });
        Should.Throw<ArgumentOutOfRangeException>(() => new RecentVolume(0));
        Should.Throw<ArgumentOutOfRangeException>(() => volume.Add(-1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => volume.Add(1, -1));
    }
}
