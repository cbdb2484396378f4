using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class RollingWindowTests
{
    [Fact]
    public void The_newest_items_are_contiguous_and_oldest_first()
    {
        var window = new RollingWindow(5);
        for (var i = 1; i <= 23; i++)
        {
            window.Push(i);
            window.Count.ShouldBe(Math.Min(i, 5));
            for (var n = 0; n <= window.Count; n++) window.Newest(n).ToArray().ShouldBe(Enumerable.Range(i - n + 1, n).Select(value => (double)value));
        }
    }

    [Fact]
    public void An_item_without_a_value_blanks_every_window_that_holds_it()
    {
        var window = new RollingWindow(4);
        foreach (var value in (double[])[1, 2, double.NaN, 3, 4]) window.Push(value);
        window.HasValues(2).ShouldBeTrue();
        window.HasValues(3).ShouldBeFalse();
        window.Push(5);
        window.Push(6);
        window.HasValues(4).ShouldBeTrue();
        window.HasValues(5).ShouldBeFalse();
    }

    [Fact]
    public void Equality_is_told_by_the_values()
    {
        var window = new RollingWindow(3);
        foreach (var value in (double[])[0.1, 0.1, 0.1]) window.Push(value);
        window.AreEqual(3).ShouldBeTrue();
        window.Push(0.1 + 1e-18);
        window.AreEqual(3).ShouldBeTrue();
        window.Push(0.2);
        window.AreEqual(1).ShouldBeTrue();
        window.AreEqual(2).ShouldBeFalse();
        window.Push(double.NaN);
        window.AreEqual(1).ShouldBeFalse();
    }

    [Fact]
    public void More_items_than_held_are_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new RollingWindow(3).Newest(1).Length);

    [Fact]
    public void A_capacity_below_one_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new RollingWindow(0));

    [Fact]
    public void A_snapshot_brings_back_items_and_runs()
    {
        var window = new RollingWindow(4);
        foreach (var value in (double[])[7, 7, 7, 7, 7, 7]) window.Push(value);
        var copy = Copy(window, new RollingWindow(4));
        copy.AreEqual(4).ShouldBeTrue();
        copy.Newest(4).ToArray().ShouldBe([7, 7, 7, 7]);
        Should.Throw<InvalidDataException>(() => Copy(window, new RollingWindow(5))).Message.ShouldContain("4 items, expected 5");
    }

    private static RollingWindow Copy(RollingWindow from, RollingWindow to)
    {
        var writer = new SnapshotWriter();
        from.Write(writer);
        var reader = new SnapshotReader(writer.Written);
        to.Restore(ref reader);
        return to;
    }
}
