using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class ExponentialAverageTests
{
    [Fact]
    public void It_starts_at_the_first_item_and_is_warm_after_its_span()
    {
        var average = new ExponentialAverage(3);
        average.Push(8).ShouldBe(8);
        average.Push(4).ShouldBe(6);
        average.IsWarm.ShouldBeFalse();
        average.Push(2).ShouldBe(4);
        average.IsWarm.ShouldBeTrue();
    }

    [Fact]
    public void A_snapshot_continues_alike_and_refuses_another_span()
    {
        var average = new ExponentialAverage(3);
        average.Push(0.1);
        average.Push(0.7);
        var writer = new SnapshotWriter();
        average.Write(writer);
        var reader = new SnapshotReader(writer.Written);
        var copy = new ExponentialAverage(3);
        copy.Restore(ref reader);
        copy.Push(0.3).ShouldBe(average.Push(0.3));
        var bytes = writer.ToArray();
        Should.Throw<InvalidDataException>(() =>
        {
            var again = new SnapshotReader(bytes);
            new ExponentialAverage(4).Restore(ref again);
        }).Message.ShouldContain("span 3, expected 4");
    }
}
