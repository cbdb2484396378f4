using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class MomentsTests
{
    [Fact]
    public void Sums_and_z_scores_equal_those_of_exact_decimals_at_every_length()
    {
        var random = new Random(3);
        for (var n = 2; n <= 130; n++)
        {
            var exact = Enumerable.Range(0, n).Select(_ => random.Next(-1_000_000, 1_000_000) / 1_000m).ToArray();
            var items = exact.Select(value => (double)value).ToArray();
            Moments.Sum(items).ShouldBe((double)exact.Sum(), 1e-9);
            Moments.ZScore(items).ShouldBe(ExactZScore(exact), 1e-12, $"{n} items");
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public void A_large_common_offset_does_not_spoil_a_z_score(double offset)
    {
        var random = new Random(4);

        // Multiples of 2^-10 are exact in both types; a conversion from decimal would round.
        var parts = Enumerable.Range(0, 100).Select(_ => random.Next(1_000)).ToArray();
        Moments.ZScore([.. parts.Select(part => offset + (part / 1024.0))]).ShouldBe(ExactZScore([.. parts.Select(part => part / 1024m)]), 1e-12);
    }

    [Fact]
    public void Items_that_do_not_vary_score_zero()
    {
        Moments.ZScore([3, 3, 3, 3]).ShouldBe(0);
        Moments.StandardDeviation([0.1, 0.1, 0.1]).ShouldBe(0, 1e-17);
    }

    [Fact]
    public void The_standard_deviation_divides_by_one_less() => Moments.StandardDeviation([1, 2, 3, 4]).ShouldBe(Math.Sqrt(5.0 / 3), 1e-15);

    [Fact]
    public void A_z_score_never_leaves_its_bound()
    {
        Prop.ForAll(Gen.Choose(-1_000, 1_000).ArrayOf(20).ToArbitrary(), values =>
            Math.Abs(Moments.ZScore([.. values.Select(value => (double)value)])) <= (19 / Math.Sqrt(20)) + 1e-9).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Slopes_of_an_exact_line()
    {
        var (withIntercept, throughOrigin) = Moments.Slopes([1, 2, 3], [5, 7, 9]);
        withIntercept.ShouldBe(2, 1e-14);
        throughOrigin.ShouldBe((5 + 14 + 27) / 14.0, 1e-14);
        Moments.Slopes([0, 0], [1, 2]).ShouldBe((0, 0));
    }

    private static double ExactZScore(decimal[] items)
    {
        var mean = items.Sum() / items.Length;
        var variance = items.Sum(value => (value - mean) * (value - mean)) / (items.Length - 1);
        return (double)(items[^1] - mean) / Math.Sqrt((double)variance);
    }
}
