using Granary.Engine.Features;
using Granary.Engine.Market;
using static Granary.Engine.Tests.Features.PipelineHarness;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Features;

/// <summary>The corners of the definitions, by hand.</summary>
public sealed class FeatureTests
{
    [Fact]
    public void A_bar_of_one_trade_has_its_defaults()
    {
        var features = Run([Trade(1, 100, 5, 1_000)]).ShouldHaveSingleItem().Features;
        features.DurationMs.ShouldBe(0);
        features.TradeIntensity.ShouldBe(1);
        features.RealizedVolatility.ShouldBe(0);
        features.UptickCount.ShouldBe(0);
        features.Ofi.ShouldBe(1);
        features.AvgBuySize.ShouldBe(5);
        features.AvgSellSize.ShouldBe(0);
        features.BuyVwap.ShouldBe(100);
        features.SellVwap.ShouldBeNull();
        features.BuySellVwapDiff.ShouldBeNull();
        features.LogReturn.ShouldBeNull();
        features.Q90.ShouldBeNull();
        features.LargeVolume.ShouldBeNull();
        features.LargeTradeRatio.ShouldBeNull();
        features.TrueRange.ShouldBe(0);
    }

    [Fact]
    public void Ticks_look_back_into_the_bar_before_and_unchanged_prices_are_none()
    {
        var bars = Run([Trade(1, 100, 5), Trade(2, 101, 1), Trade(3, 101, 1), Trade(4, 100.5m, 3)]);
        (bars[0].Features.UptickCount, bars[0].Features.DowntickCount).ShouldBe((0, 0));
        (bars[1].Features.UptickCount, bars[1].Features.DowntickCount).ShouldBe((1, 1));
        bars[1].Features.UptickRatio.ShouldBe(1 / 3.0);
    }

    [Fact]
    public void Realized_volatility_sees_the_bars_own_trades_only()
    {
        var bars = Run([Trade(1, 100, 5), Trade(2, 103, 2), Trade(3, 103, 1), Trade(4, 102, 2), Trade(5, 102, 2), Trade(6, 101, 3)]);
        var returns = new[] { 0, Math.Log(102 / 103.0) };
        var mean = returns.Average();
        bars[1].Features.RealizedVolatility.ShouldBe(Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / 1), 1e-16);

        // Two trades make one return: too few.
        bars[2].Features.RealizedVolatility.ShouldBe(0);
    }

    [Fact]
    public void A_steady_drift_has_no_volatility()
    {
        var prices = Enumerable.Range(0, 6).Select(i => 100m * (decimal)Math.Pow(2, i)).ToArray();
        var trades = prices.Select((price, i) => Trade(i + 1, price, i == 5 ? 5 : 0.1m)).ToArray();
        Run(trades).ShouldHaveSingleItem().Features.RealizedVolatility.ShouldBe(0, 1e-16);
    }

    [Fact]
    public void Large_trades_are_measured_by_the_trades_before_the_bar()
    {
        // Twenty trades of 0.25 to 0.5, then a bar that holds one of exactly the quantile, one above, and a giant that must not raise its own threshold.
        var before = Enumerable.Range(1, 20).Select(i => Trade(i, 100, i <= 17 ? 0.25m : 0.5m)).ToArray();
        var bar = new[] { Trade(21, 100, 0.5m), Trade(22, 100, 0.51m), Trade(23, 100, 40m) };
        var options = Short with { VolumeThreshold = before.Sum(trade => trade.Quantity) };
        var features = Run(new SymbolPipeline(options), [.. before, .. bar])[1].Features;
        features.Q90.ShouldBe(0.5m);
        features.LargeVolume.ShouldBe(40.51m);
        features.LargeTradeRatio!.Value.ShouldBe(40.51 / 41.01, 1e-15);
    }

    [Fact]
    public void True_range_includes_the_gap_from_the_close_before()
    {
        var bars = Run([Trade(1, 100, 5), Trade(2, 103, 1), Trade(3, 104, 4), Trade(4, 100, 1), Trade(5, 99, 4)]);
        bars.Select(bar => bar.Features.TrueRange).ShouldBe([0, 4, 5]);
    }

    [Fact]
    public void Rolling_values_start_when_their_window_is_full()
    {
        var bars = Run(Walk(21, 3_000));
        First(bars, f => f.RollingVwap).ShouldBe(Short.VwapWindow - 1);
        First(bars, f => f.VwapDeviation).ShouldBe(Short.VwapWindow - 1);
        First(bars, f => f.Atr).ShouldBe(Short.AtrWindow - 1);
        First(bars, f => f.Vpin).ShouldBe(Short.VpinWindow - 1);
        First(bars, f => f.KyleLambda).ShouldBe(Short.KyleWindow);
        First(bars, f => f.LogReturn).ShouldBe(1);
        First(bars, f => f.ZScores[ZFeature.Ofi, 8]).ShouldBe(7);
        First(bars, f => f.ZScores[ZFeature.KyleLambda, 3]).ShouldBe(Short.KyleWindow + 2);
        First(bars, f => f.ZScores[ZFeature.VwapDeviation, 8]).ShouldBe(Short.VwapWindow - 1 + 7);
    }

    [Fact]
    public void Values_that_do_not_vary_score_zero_and_have_no_slope()
    {
        var bars = Run([.. Enumerable.Range(1, 100).Select(i => Trade(i, 100, 5, i * 1_000))]);
        var last = bars[^1].Features;
        foreach (var feature in Enum.GetValues<ZFeature>()) last.ZScores[feature, 8].ShouldBe(0, feature.ToString());
        last.KyleLambda.ShouldBe(0);
        last.KyleLambdaNoIntercept.ShouldBe(0);
    }

    [Fact]
    public void An_outlier_leaves_nothing_behind_in_a_z_score()
    {
        var calm = Walk(31, 4_000);
        var shaken = calm.ToArray();
        shaken[500] = shaken[500] with { QuantityE8 = 4_000_000_000 * Fixed8.One };
        var expected = Run(calm);
        var got = Run(shaken);
        var last = got[^1].Features;
        var twin = expected.Single(bar => bar.Bar.LastId == got[^1].Bar.LastId).Features;
        foreach (var feature in Enum.GetValues<ZFeature>())
        {
            foreach (var window in Short.ZWindows) last.ZScores[feature, window]!.Value.ShouldBe(twin.ZScores[feature, window]!.Value, 1e-12, $"{feature} {window}");
        }
        last.Atr.ShouldBe(twin.Atr);
        last.Vpin.ShouldBe(twin.Vpin);
        last.RollingVwap.ShouldBe(twin.RollingVwap);
    }

    [Fact]
    public void Z_scores_are_found_by_feature_and_window()
    {
        var scores = Run(Walk(1, 200))[^1].Features.ZScores;
        scores.Windows.ShouldBe([3, 8]);
        Should.Throw<ArgumentOutOfRangeException>(() => scores[ZFeature.Ofi, 20]).Message.ShouldContain("configured are 3, 8");
        Should.Throw<ArgumentOutOfRangeException>(() => scores[(ZFeature)15, 3]);
    }

    private static int First(List<FeatureBar> bars, Func<BarFeatures, double?> value) => bars.FindIndex(bar => value(bar.Features) is not null);
}
