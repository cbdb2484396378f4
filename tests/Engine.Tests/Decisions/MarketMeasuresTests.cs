using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Golden;

namespace Granary.Engine.Tests.Decisions;

/// <summary>What the gate is told of a market: trade intensity against the usual, price impact, and the volatility of minutes.</summary>
public sealed class MarketMeasuresTests
{
    private const long T0 = 1_700_006_400_000;

    private static readonly FeatureBar[] Bars = [.. new GoldenRun(GoldenTrades.Load(Path.Combine(GoldenFolder.Local, "inputs", "aggtrades.csv.gz")), 5m).Bars.Take(600)];

    [Fact]
    public void Intensity_is_held_against_the_mean_of_the_hundred_bars_before()
    {
        var measures = new MarketMeasures(60);
        for (var i = 0; i < 130; i++)
        {
            measures.OnBar(Bars[i]);
            double? expected = i < 100 ? null : Bars[i].Features.TradeIntensity / Bars[(i - 100)..i].Average(b => b.Features.TradeIntensity);
            var share = measures.IntensityShare(Bars[i], 0, Bars[i].Bar.CloseTimeMs + 9_999);
            if (expected is null) share.ShouldBeNull();
            else share!.Value.ShouldBe(expected.Value, 1e-9 * expected.Value);
        }
    }

    [Fact]
    public void In_a_market_that_stands_still_the_open_bar_counts_against_the_clock()
    {
        var measures = new MarketMeasures(60);
        foreach (var bar in Bars[..101]) measures.OnBar(bar);
        var last = Bars[100];
        var mean = Bars[1..101].Average(b => b.Features.TradeIntensity);
        var before = measures.IntensityShare(last, 3, last.Bar.CloseTimeMs + 9_999)!.Value;
        var after = measures.IntensityShare(last, 3, last.Bar.CloseTimeMs + 10_000)!.Value;
        after.ShouldBe(Math.Min(before, 3 / 10_000.0 / mean), 1e-9);
        after.ShouldBeLessThan(before);
        measures.IntensityShare(last, 0, last.Bar.CloseTimeMs + 60_000).ShouldBe(0);
        measures.IntensityShare(last, int.MaxValue, last.Bar.CloseTimeMs + 60_000).ShouldBe(before, "a burst after the bar does not hide that it was thin");
    }

    [Fact]
    public void Price_impact_is_the_three_quarter_quantile_of_five_hundred_bars()
    {
        var measures = new MarketMeasures(60);
        for (var i = 0; i < 560; i++)
        {
            measures.OnBar(Bars[i]);
            if (i < 499)
            {
                measures.PriceImpact.ShouldBeNull();
                continue;
            }

            var sorted = Bars[(i - 499)..(i + 1)].Select(b => Math.Abs(b.Features.PriceImpact)).Order().ToArray();
            var (at, rest) = (374, 0.25);
            measures.PriceImpact!.Value.ShouldBe(sorted[at] + (rest * (sorted[at + 1] - sorted[at])), 1e-12);
        }
    }

    [Fact]
    public void Volatility_is_the_root_of_the_squared_minute_returns_of_a_year()
    {
        var measures = new MarketMeasures(3);
        decimal[] closes = [100, 101, 100.5m, 102, 101];
        double[] returns = [.. closes.Skip(1).Select((close, i) => Math.Log((double)(close / closes[i])))];
        for (var minute = 0; minute < closes.Length; minute++)
        {
            // Only the last mark of a minute counts, and a minute is over with the first mark of the next.
            measures.OnMark(Mark(minute, 90, 1_000));
            measures.Volatility.HasValue.ShouldBe(minute > 3, $"minute {minute}");
            measures.OnMark(Mark(minute, closes[minute], 59_000));
        }

        var expected = Math.Sqrt(returns[..3].Sum(r => r * r) * 365 * 24 * 60 / 3);
        measures.Volatility!.Value.ShouldBe(expected, 1e-9);
        measures.OnMark(Mark(2, 500, 0));
        measures.OnMark(Mark(5, 0, 0));
        measures.OnMark(Mark(5, 101, 0));
        measures.Volatility!.Value.ShouldBe(Math.Sqrt(returns[1..].Sum(r => r * r) * 365 * 24 * 60 / 3), 1e-9, "an old mark and one of 0 are no prices");
    }

    [Fact]
    public void A_minute_without_a_mark_gives_no_return()
    {
        var measures = new MarketMeasures(2);
        foreach (var (minute, mark) in new[] { (0, 100m), (1, 101m), (3, 200m), (4, 202m), (5, 202m) }) measures.OnMark(Mark(minute, mark, 0));
        measures.Volatility!.Value.ShouldBe(Math.Sqrt(2 * Math.Pow(Math.Log(1.01), 2) * 365 * 24 * 60 / 2), 1e-9);
    }

    [Fact]
    public void A_restored_one_goes_on_alike()
    {
        var (whole, first) = (new MarketMeasures(5), new MarketMeasures(5));
        for (var i = 0; i < 550; i++) Feed(i, whole, first);
        var writer = new SnapshotWriter();
        first.Write(writer);
        var second = new MarketMeasures(5);
        var reader = new SnapshotReader(writer.ToArray());
        second.Read(ref reader);
        for (var i = 550; i < 600; i++)
        {
            Feed(i, whole, second);
            (second.Volatility, second.PriceImpact, second.IntensityShare(Bars[i], 1, Bars[i].Bar.CloseTimeMs))
                .ShouldBe((whole.Volatility, whole.PriceImpact, whole.IntensityShare(Bars[i], 1, Bars[i].Bar.CloseTimeMs)));
        }

        static void Feed(int i, params MarketMeasures[] all)
        {
            foreach (var measures in all)
            {
                measures.OnBar(Bars[i]);
                measures.OnMark(Mark(i, 100 + (i % 7), 0));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_081)]
    public void A_volatility_of_a_minute_or_of_more_than_a_week_is_refused(int minutes) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new MarketMeasures(minutes));

    private static MarkPrice Mark(int minute, decimal mark, int ms) => new(T0 + (minute * 60_000L) + ms, mark, mark, 0, 0);
}
