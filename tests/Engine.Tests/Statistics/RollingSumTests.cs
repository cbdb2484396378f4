using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class RollingSumTests
{
    [Fact]
    public void The_sum_is_that_of_the_last_items_whatever_has_passed()
    {
        var sum = new RollingSum(3);
        var items = new List<Int128>();
        foreach (var item in (Int128[])[5, -7, (Int128)1 << 100, 11, 13, 17, -19])
        {
            items.Add(item);
            sum.Push(item);
            sum.Sum.ShouldBe(items.TakeLast(3).Aggregate((Int128)0, (total, next) => total + next));
            sum.IsFull.ShouldBe(items.Count >= 3);
        }
    }

    [Fact]
    public void A_snapshot_continues_alike()
    {
        var sum = new RollingSum(3);
        for (var i = 0; i < 5; i++) sum.Push(i);
        var writer = new SnapshotWriter();
        sum.Write(writer);
        var copy = new RollingSum(3);
        var reader = new SnapshotReader(writer.Written);
        copy.Restore(ref reader);
        for (var i = 0; i < 5; i++)
        {
            copy.Sum.ShouldBe(sum.Sum);
            sum.Push(100 * i);
            copy.Push(100 * i);
        }
        var bytes = writer.ToArray();
        Should.Throw<InvalidDataException>(() =>
        {
            var again = new SnapshotReader(bytes);
            new RollingSum(4).Restore(ref again);
        }).Message.ShouldContain("3 items, expected 4");
    }
}
