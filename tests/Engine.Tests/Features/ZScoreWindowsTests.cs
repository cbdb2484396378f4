using Granary.Engine.Features;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Features;

public sealed class ZScoreWindowsTests
{
    private static readonly int[] Lengths = [2, 3, 7, 20, 100, 500];

    [Fact]
    public void Scores_are_those_of_the_window_summed_afresh()
    {
        var windows = new ZScoreWindows(Lengths);
        var rows = new List<double[]>();
        for (var i = 0; i < 2_300; i++)
        {
            rows.Add(Row(i));
            windows.Push(rows[^1]);
            for (var w = 0; w < Lengths.Length; w++)
            {
                for (var feature = 0; feature < ZScores.FeatureCount; feature++)
                {
                    var score = windows.Scores[(w * ZScoreWindows.RowLength) + feature];
                    var window = rows.TakeLast(Lengths[w]).Select(row => row[feature]).ToArray();
                    if (window.Length < Lengths[w] || window.Any(double.IsNaN)) score.ShouldBe(double.NaN);
                    else if (window.All(value => value == window[0])) score.ShouldBe(0);
                    else score.ShouldBe(Exact(window), 1e-10 * Math.Max(1, Math.Abs(score)), $"bar {i}, window {Lengths[w]}, feature {feature}");
                }
            }
        }
    }

    [Fact]
    public void Every_no_value_has_the_same_bits()
    {
        var windows = new ZScoreWindows([2]);
        windows.Push(Row(0));
        foreach (var score in windows.Scores) BitConverter.DoubleToInt64Bits(score).ShouldBe(BitConverter.DoubleToInt64Bits(double.NaN));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(1_234)]
    public void A_snapshot_continues_bit_for_bit(int at)
    {
        var windows = new ZScoreWindows(Lengths);
        for (var i = 0; i < at; i++) windows.Push(Row(i));
        var writer = new SnapshotWriter();
        windows.Write(writer);
        var copy = new ZScoreWindows(Lengths);
        var reader = new SnapshotReader(writer.Written);
        copy.Restore(ref reader);
        reader.AtEnd.ShouldBeTrue();
        for (var i = at; i < at + 1_100; i++)
        {
            windows.Push(Row(i));
            copy.Push(Row(i));
            copy.Scores.ShouldBe(windows.Scores);
        }
    }

    [Fact]
    public void Another_longest_window_is_refused()
    {
        var writer = new SnapshotWriter();
        new ZScoreWindows([3]).Write(writer);
        var bytes = writer.ToArray();
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(bytes);
            new ZScoreWindows([4]).Restore(ref reader);
        }).Message.ShouldContain("up to 3 bars, expected 4");
    }

    /// <summary>
    /// Features of every kind: noise, large offsets, values that stand still, late starters, and giants that pass through, one of them as a block's first.
    /// </summary>
    private static double[] Row(int bar)
    {
        var random = new Random(bar);
        var row = new double[ZScoreWindows.RowLength];
        for (var feature = 0; feature < ZScores.FeatureCount; feature++)
        {
            var noise = random.NextDouble() - 0.5;
            row[feature] = feature switch
            {
                0 => noise,
                1 => noise * 1e9,
                2 => 1e6 + noise,
                3 => bar / 150,
                4 => 7,
                5 => bar < 130 ? double.NaN : noise,
                6 => bar < 200 ? double.NaN : noise * 1e-12,
                7 => bar is 500 or 777 ? 1e18 : noise,
                8 => bar == 701 ? -1e15 : bar,
                9 => random.Next(10) == 0 ? noise : 0,
                _ => noise * feature,
            };
        }
        return row;
    }

    /// <summary>In decimals, of the distances from the first item: they are exact where an offset would cost a decimal's digits, and the score is the same.</summary>
    private static double Exact(double[] items)
    {
        var scale = items.Max(Math.Abs);
        if (scale > 1e9) return Moments.ZScore(items);
        var factor = scale < 1e-6 ? 1e12 : 1;
        var values = items.Select(item => (decimal)((item - items[0]) * factor)).ToArray();
        var mean = values.Sum() / values.Length;
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        return (double)(values[^1] - mean) / Math.Sqrt((double)variance);
    }
}
