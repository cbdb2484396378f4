using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class SplitTests
{
    [Fact]
    public void Walk_forward_drops_an_incomplete_last_window()
    {
        TimeSplits.WalkForward(0, 44, 30, 7, 7).ShouldBe([new IndexFold(0, 30, 30, 37), new IndexFold(7, 37, 37, 44)]);
        TimeSplits.WalkForward(0, 36, 30, 7, 7).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => TimeSplits.WalkForward(0, 10, 1, 1, 0));
    }

    [Fact]
    public void Growing_windows_leave_the_odd_rows_at_the_beginning()
    {
        TimeSplits.Growing(11, 3).ShouldBe([new IndexFold(0, 5, 5, 7), new IndexFold(0, 7, 7, 9), new IndexFold(0, 9, 9, 11)]);
        Should.Throw<ArgumentOutOfRangeException>(() => TimeSplits.Growing(3, 3));
    }

    [Fact]
    public void No_sample_is_learnt_from_whose_label_touches_the_fold()
    {
        long[] starts = [.. Enumerable.Range(0, 100).Select(i => (long)i)], ends = [.. starts.Select(s => s + 4)];
        var folds = PurgedFolds.Make(starts, ends, 7, 3);
        folds.Sum(f => f.TestTo - f.TestFrom).ShouldBe(100);
        foreach (var fold in folds)
        {
            var (first, last) = (starts[fold.TestFrom], ends[fold.TestTo - 1]);
            fold.Train.ShouldAllBe(i => ends[i] < first || starts[i] > last + 3);
            fold.Train.ShouldBeInOrder();
        }
        Should.Throw<ArgumentException>(() => PurgedFolds.Make([1, 0], [1, 1], 2, 0)).Message.ShouldContain("sort");
        Should.Throw<ArgumentException>(() => PurgedFolds.Make([1, 2], [0, 2], 2, 0)).Message.ShouldContain("span 0");
    }

    [Fact]
    public void Ranks_of_ties_are_their_mean()
    {
        Sample.RankCorrelation([1, 2, 3, 4], [10, 20, 30, 40]).ShouldBe(1);
        Sample.RankCorrelation([1, 2, 3, 4], [4, 3, 2, 1]).ShouldBe(-1);
        Sample.RankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])!.Value.ShouldBe(0.9486832980505138, 1e-12);
        Sample.RankCorrelation([1, 1], [1, 2]).ShouldBeNull();
    }
}
