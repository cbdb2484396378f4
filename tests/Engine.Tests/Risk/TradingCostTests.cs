using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

public sealed class TradingCostTests
{
    [Fact]
    public void Fees_and_round_trips()
    {
        var fees = new FeeRates(0.0002m, 0.0004m);
        fees.Fee(100, 2, isMaker: true).ShouldBe(0.04m);
        fees.Fee(100, 2, isMaker: false).ShouldBe(0.08m);
        fees.RoundTrip(entryIsMaker: false, exitIsMaker: true).ShouldBe(0.0006m, "order flow momentum: taker in, maker out");
        fees.RoundTrip(entryIsMaker: true, exitIsMaker: true).ShouldBe(0.0004m, "mean reversion: maker both ways");
    }

    [Theory]
    [InlineData(2, 100, 0.0001, -0.02)]
    [InlineData(-2, 100, 0.0001, 0.02)]
    [InlineData(2, 100, -0.0001, 0.02)]
    [InlineData(0, 100, 0.0001, 0)]
    public void Longs_pay_a_positive_funding_rate(decimal quantity, decimal mark, decimal rate, decimal gain) =>
        FundingDue.Of(quantity, mark, rate).ShouldBe(gain);

    [Fact]
    public void Slippage_has_a_value_once_its_window_is_full_and_uses_the_upper_quartile()
    {
        var estimate = new SlippageEstimate(window: 5);
        foreach (var impact in new[] { -4.0, 1, 2, -3 })
        {
            estimate.OnBar(impact);
            estimate.Of(100, 1).ShouldBeNull();
        }
        estimate.OnBar(0);
        estimate.Impact.ShouldBe(3, "of 0 1 2 3 4, the sign left out");
        estimate.Of(20_000, 0.5m).ShouldBe(2 + 1.5m);
        estimate.OnBar(100);
        estimate.Impact.ShouldBe(3, "of 0 1 2 3 100: the oldest is gone");
        Should.Throw<ArgumentException>(() => estimate.OnBar(double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => new SlippageEstimate(level: 1.1));
        Should.Throw<ArgumentOutOfRangeException>(() => new SlippageEstimate(priceShare: -0.1m));
    }

    [Fact]
    public void Slippage_equals_a_sorted_copy_of_its_window_over_restarts()
    {
        var random = new Random(11);
        var estimate = new SlippageEstimate(50, 0.75, 0.0001m);
        var all = new List<double>();
        for (var i = 0; i < 2_000; i++)
        {
            var impact = random.Next(10) == 0 ? 0 : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 6));
            all.Add(Math.Abs(impact));
            estimate.OnBar(impact);
            if (i % 7 == 0) estimate = Restarted(estimate);
            if (i < 49) continue;
            var sorted = all.TakeLast(50).Order().ToArray();
            estimate.Impact.ShouldBe(sorted[36] + (0.75 * (sorted[37] - sorted[36])), $"bar {i}");
        }
    }

    private static SlippageEstimate Restarted(SlippageEstimate estimate)
    {
        var writer = new SnapshotWriter();
        estimate.Write(writer);
        var restored = new SlippageEstimate(50, 0.75, 0.0001m);
        var reader = new SnapshotReader(writer.Written);
        restored.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return restored;
    }
}
