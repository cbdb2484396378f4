using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class CompensatedSumTests
{
    [Fact]
    public void Small_items_are_not_lost_beside_large_ones()
    {
        CompensatedSum.Of([1, 1e100, 1, -1e100]).ShouldBe(2);
        CompensatedSum.Of([1e16, 1, 1, 1, 1, -1e16]).ShouldBe(4);
        CompensatedSum.OfSquares([1e8, 1e-1, 1e-1]).ShouldBe(1e16 + 0.02);
    }

    [Fact]
    public void Nothing_adds_up_to_zero()
    {
        CompensatedSum.Of([]).ShouldBe(0);
        CompensatedSum.OfSquares([]).ShouldBe(0);
    }

    [Fact]
    public void It_equals_the_exact_sum()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var items = Enumerable.Range(0, 300).Select(_ => random.Next(-1_000_000, 1_000_000) / 1000m).ToArray();
            var sum = CompensatedSum.Of(Array.ConvertAll(items, item => (double)item));
            sum.ShouldBe((double)items.Sum(), 1e-11);
        }
    }
}
