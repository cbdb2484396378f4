using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;
using Granary.Engine.Selection;

namespace Granary.Engine.Tests.Selection;

public sealed class MtmAtrMeanTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();
    private static readonly Arbitrary<int> Windows = Gen.Choose(1, 40).ToArbitrary();

    [Fact]
    public void It_is_the_formula_at_every_candle()
    {
        Prop.ForAll(Seeds, Windows, (seed, window) =>
        {
            var candles = Candles.Walk(seed, 150);
            var factor = new MtmAtrMean(window);
            for (var i = 0; i < candles.Length; i++)
            {
                factor.Add(candles[i]);
                var (value, atr) = Slow(candles.AsSpan(0, i + 1), window);
                ShouldBeNear(factor.Value, value, 1e-15);
                ShouldBeNear(factor.Atr, atr, 0);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void The_first_value_is_at_the_candle_of_index_n()
    {
        var factor = new MtmAtrMean(3);
        var values = new List<double?>();
        foreach (var candle in Candles.Walk(1, 5))
        {
            factor.Add(candle);
            values.Add(factor.Value);
        }
        values.Select(value => value is null).ShouldBe([true, true, true, false, false]);
    }

    [Fact]
    public void A_window_of_one_is_the_last_return_times_the_last_true_range()
    {
        var factor = new MtmAtrMean(1);
        factor.Add(Candles.Make(0, 11, 9, 10));
        factor.Add(Candles.Make(1, 13, 11, 12));
        factor.Atr.ShouldBe(3);
        factor.Value!.Value.ShouldBe(0.2 * 3 / 12, 1e-16);
        factor.Add(Candles.Make(2, 12, 12, 12));
        factor.Value.ShouldBe(0);
    }

    [Fact]
    public void A_price_that_stands_still_is_zero_not_nothing()
    {
        var factor = new MtmAtrMean(5);
        for (var i = 0; i < 30; i++) factor.Add(Candles.Flat(i, 100));
        factor.Value.ShouldBe(0);
        factor.Atr.ShouldBe(0);
    }

    [Fact]
    public void An_outlier_leaves_nothing_behind_but_the_memory_of_the_average()
    {
        const int window = 24;
        var candles = Candles.Walk(5, 3_000);
        candles[1_000] = Candles.Make(1_000, 900_000_000_000m, 0.000_000_01m, 500_000_000_000m);
        var factor = new MtmAtrMean(window);
        foreach (var candle in candles) factor.Add(candle);
        var (value, atr) = Slow(candles, window);
        ShouldBeNear(factor.Value, value, 0);
        ShouldBeNear(factor.Atr, atr, 0);
    }

    [Fact]
    public void A_close_of_zero_gives_no_value_while_it_is_a_base_and_no_longer()
    {
        var factor = new MtmAtrMean(3);
        var values = new List<double?>();
        for (var i = 0; i < 20; i++)
        {
            factor.Add(Candles.Flat(i, i == 6 ? 0 : 100));
            values.Add(factor.Value);
        }

        // The close of index 6 is the base of the return at 9, which is in the mean until 11.
        for (var i = 3; i < values.Count; i++) (values[i] is null).ShouldBe(i is >= 9 and <= 11, $"candle {i}");
    }

    [Fact]
    public void The_value_depends_on_the_first_candle_loaded()
    {
        var candles = Candles.Walk(9, 400);
        double? Last(int from)
        {
            var factor = new MtmAtrMean(50);
            foreach (var candle in candles.AsSpan(from)) factor.Add(candle);
            return factor.Value;
        }
        Last(0).ShouldNotBe(Last(100));
        Last(0)!.Value.ShouldBe(Last(100)!.Value, Math.Abs(Last(0)!.Value) * 0.1);
    }

    [Fact]
    public void A_snapshot_at_any_candle_continues_bit_for_bit()
    {
        Prop.ForAll(Seeds, Windows, Gen.Choose(0, 99).ToArbitrary(), (seed, window, cut) =>
        {
            var candles = Candles.Walk(seed, 100);
            Candles.Run(() => new MtmAtrMean(window), factor => (factor.Value, factor.Atr), candles, cut)
                .ShouldBe(Candles.Run(() => new MtmAtrMean(window), factor => (factor.Value, factor.Atr), candles, -1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FactorCatalog.WindowMax + 1)]
    public void A_window_out_of_range_is_refused(int window) => Should.Throw<ArgumentOutOfRangeException>(() => new MtmAtrMean(window));

    private static void ShouldBeNear(double? got, double? expected, double absolute)
    {
        (got is null).ShouldBe(expected is null);
        if (expected is { } value) got!.Value.ShouldBe(value, (1e-12 * Math.Abs(value)) + absolute);
    }

    /// <summary>Formulas §5.1, word for word.</summary>
    private static (double? Value, double? Atr) Slow(ReadOnlySpan<Kline> candles, int n)
    {
        var i = candles.Length - 1;
        if (i < n) return (null, null);
        double atr = 0, sumTrueRange = 0;
        for (var k = 1; k <= i; k++)
        {
            var (high, low, previous) = (candles[k].High, candles[k].Low, candles[k - 1].Close);
            var trueRange = (double)Math.Max(high - low, Math.Max(Math.Abs(high - previous), Math.Abs(low - previous)));
            if (k <= n) sumTrueRange += trueRange;
            if (k == n) atr = sumTrueRange / n;
            else if (k > n) atr = ((atr * (n - 1)) + trueRange) / n;
        }
        var from = Math.Max(n, i - n + 1);
        double returns = 0, closes = 0;
        for (var k = from; k <= i; k++) returns += (double)((candles[k].Close - candles[k - n].Close) / candles[k - n].Close);
        for (var k = i - n + 1; k <= i; k++) closes += (double)candles[k].Close;
        return (returns / (i - from + 1) * atr / (closes / n), atr);
    }
}
