using System.Runtime.Intrinsics;
using Granary.Engine.Market;
using Granary.Engine.Statistics;

namespace Granary.Engine.Tests.Statistics;

public sealed class LogReturnTests
{
    [Fact]
    public void It_is_the_logarithm_of_the_ratio()
    {
        var random = new Random(9);
        for (var i = 0; i < 10_000; i++)
        {
            var previous = random.NextInt64(1, 100_000 * Fixed8.One);
            var price = Math.Max(1, previous + (long)(previous * ((random.NextDouble() - 0.5) / Math.Pow(10, random.Next(8)))));
            LogReturn.Of(price, previous).ShouldBe(Math.Log((double)price / previous), 1e-15);
        }
    }

    [Fact]
    public void Near_one_it_keeps_the_digits_that_a_quotient_loses()
    {
        // ln(1 + 1e-9) = 1e-9 - 5e-19 + ...; the quotient alone would be off by 1e-7 of it.
        LogReturn.Of(1_000_000_001, 1_000_000_000).ShouldBe(9.999999995e-10, 1e-24);
    }

    [Fact]
    public void Both_formulas_meet_where_they_change_over()
    {
        var previous = 1_000_000_000_000L;
        var gap = LogReturn.Of(1_002_002_010_000, previous) - LogReturn.Of(1_002_001_990_000, previous);
        gap.ShouldBe(20_000 / 1.002002e12, 1e-15);
        LogReturn.Of(2, 1).ShouldBe(Math.Log(2));
        LogReturn.Of(5, 5).ShouldBe(0);
    }

    [Fact]
    public void Four_at_once_have_the_bits_of_one_by_one()
    {
        var random = new Random(10);
        for (var i = 0; i < 10_000; i++)
        {
            // Every fourth vector holds a move so large that the logarithm itself is needed.
            var spread = i % 4 == 0 ? 0.5 : 1e-4;
            var previous = Enumerable.Range(0, 4).Select(_ => random.NextInt64(1_000, Fixed8.Max >> random.Next(50))).ToArray();
            var prices = previous.Select(p => Math.Clamp(p + (long)(p * (random.NextDouble() - 0.5) * spread), 1, Fixed8.Max)).ToArray();
            var wanted = Vector256.Create(-1L, i % 3 == 0 ? 0 : -1L, -1L, -1L);
            var expected = prices.Select((price, lane) => wanted[lane] == 0 ? 0 : LogReturn.Of(price, previous[lane])).ToArray();
            var results = LogReturn.Of(Vector256.Create<long>(prices), Vector256.Create<long>(previous), wanted.AsDouble());
            for (var lane = 0; lane < 4; lane++) results[lane].ShouldBe(expected[lane]);
        }
    }

    [Fact]
    public void The_largest_prices_do_not_overflow() => LogReturn.Of(Fixed8.Max, Fixed8.Max - 1).ShouldBeGreaterThan(0);
}
