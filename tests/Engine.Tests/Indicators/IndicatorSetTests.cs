using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Indicators;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Indicators;

public sealed class IndicatorSetTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();
    private static readonly Arbitrary<int> Counts = Gen.Choose(0, 400).ToArbitrary();
    private static readonly Arbitrary<int> Cuts = Gen.Choose(0, 400).ToArbitrary();

    [Fact]
    public void Every_value_is_that_of_the_plain_definition_for_any_windows()
    {
        Prop.ForAll(Seeds, Counts, (seed, count) =>
        {
            var options = Options(seed);
            var candles = CandleFactory.Walk(seed, count);
            var rows = IndicatorTable.Rows(candles, options);
            rows.Count.ShouldBe(count);
            decimal[] closes = [.. candles.Select(candle => candle.Close)];
            double?[] prices = [.. closes.Select(close => (double)close)];
            var rsi = Naive.Rsi(closes, options.RsiWindow);
            var trueRange = Naive.TrueRange(candles);
            var wilder = Naive.Wilder(trueRange, options.AtrWindow);
            var ranges = trueRange.Select((range, k) => (decimal)(range ?? (double)(candles[k].High - candles[k].Low))).ToArray();
            var kama = Naive.Kama(closes, options.KamaWindow);
            var seeded = Naive.SeededEma(prices, options.EmaWindow);
            var fast = Naive.SeededEma(prices, options.MacdFastWindow);
            var slow = Naive.SeededEma(prices, options.MacdSlowWindow);
            double?[] line = [.. fast.Zip(slow, (f, s) => f - s)];
            var signal = Naive.SeededEma(line, options.MacdSignalWindow);
            decimal obv = 0;

            // Rates of price differences carry the rounding of the prices themselves: 4e-12 beside differences of 0.1.
            const double ofPrices = 1e-10;
            for (var i = 0; i < count; i++)
            {
                var row = rows[i];
                Near(row.Cfo, Naive.Cfo(closes, i, options.CfoWindow), 1e-9, i);
                Near(row.Pwma, Naive.Pwma(closes, i, options.PwmaWindow), 1e-12, i);
                Near(row.Rvi, Naive.Rvi(candles, i, options.RviWindow), ofPrices, i);
                Near(row.RviSignal, Naive.RviSignal(candles, i, options.RviWindow), ofPrices, i);
                Near(row.Rsi, rsi[i], 1e-9, i);
                Near(row.TrueRange, trueRange[i], 1e-12, i);
                Near(row.AtrWilder, wilder[i], 1e-12, i);
                Near(row.AtrSimple, Naive.Sma(ranges, i, options.AtrSimpleWindow), 1e-10, i);
                Near(row.Kama, kama[i], 1e-12, i);
                Near(row.Cmf, Naive.Cmf(candles, i, options.CmfWindow), ofPrices, i);
                Near(row.SmaFast, Naive.Sma(closes, i, options.SmaFastWindow), 1e-12, i);
                Near(row.SmaSlow, Naive.Sma(closes, i, options.SmaSlowWindow), 1e-12, i);
                Near(row.EmaSmaSeeded, seeded[i], 1e-12, i);
                Near(row.Macd, line[i], 1e-8, i);
                Near(row.MacdSignal, signal[i], 1e-8, i);
                Near(row.MacdHistogram, line[i] - signal[i], 1e-8, i);
                Near(row.ZScore, Naive.ZScore(closes, i, options.ZScoreWindow), ofPrices, i);
                row.SmaSignal.ShouldBe(i < Math.Max(options.SmaFastWindow, options.SmaSlowWindow) - 1
                    ? null
                    : closes[(i - options.SmaFastWindow + 1)..(i + 1)].Sum() * options.SmaSlowWindow
                        > closes[(i - options.SmaSlowWindow + 1)..(i + 1)].Sum() * options.SmaFastWindow ? 1 : 0);
                obv += i == 0 ? candles[0].Volume : candles[i].Volume * Math.Sign(closes[i] - closes[i - 1]);
                row.Obv.ShouldBe(obv);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_snapshot_at_any_candle_continues_bit_for_bit()
    {
        Prop.ForAll(Seeds, Counts, Cuts, (seed, count, at) =>
        {
            var options = Options(seed);
            var candles = CandleFactory.Walk(seed, count);
            var cut = Math.Min(at, count);
            var whole = new IndicatorSet(options);
            List<IndicatorRow> expected = [.. candles.Select(candle => whole.Add(candle))];

            var first = new IndicatorSet(options);
            List<IndicatorRow> rows = [.. candles[..cut].Select(candle => first.Add(candle))];
            var second = Restore(Snapshot(first), options);
            rows.AddRange(candles[cut..].Select(candle => second.Add(candle)));

            rows.ShouldBe(expected);
            Snapshot(second).ShouldBe(Snapshot(whole));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Later_candles_change_nothing_of_a_row()
    {
        Prop.ForAll(Seeds, Counts, Cuts, (seed, count, at) =>
        {
            var options = Options(seed);
            var cut = Math.Min(at, count);
            var candles = CandleFactory.Walk(seed, count);
            var other = (Kline[])[.. candles[..cut], .. CandleFactory.Walk(seed + 1, count)[cut..]];
            var truncated = IndicatorTable.Rows(candles.AsSpan(0, cut), options);
            IndicatorTable.Rows(candles, options).Take(cut).ShouldBe(truncated);
            IndicatorTable.Rows(other, options).Take(cut).ShouldBe(truncated);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [InlineData("100")]
    [InlineData("0.1")]
    [InlineData("27914.3")]
    public void In_a_market_that_stands_still_nothing_is_rounding_dust(string text)
    {
        var price = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var row = IndicatorTable.Rows(CandleFactory.Still(price, 150), new IndicatorOptions())[^1];
        row.Cfo.ShouldBe(0);
        row.Pwma.ShouldBe((double)price);
        row.Kama.ShouldBe((double)price);
        row.EmaSmaSeeded.ShouldBe((double)price);
        row.Macd.ShouldBe(0);
        row.MacdHistogram.ShouldBe(0);
        row.Rvi.ShouldBe(0);
        row.Rsi.ShouldBe(50);
        row.Cmf.ShouldBe(0);
        row.Obv.ShouldBe(0);
        row.AtrWilder.ShouldBe(0);
        row.AtrSimple.ShouldBe(0);
        row.ZScore.ShouldBe(0);
        row.SmaSignal.ShouldBe(0);
        row.GarchVarianceNext.ShouldNotBeNull().ShouldBeLessThan(new IndicatorOptions().Garch.LongRunVariance);
    }

    [Fact]
    public void A_candle_allocates_nothing()
    {
        var indicators = new IndicatorSet(new IndicatorOptions());
        var candles = CandleFactory.Walk(3, 400);
        foreach (var candle in candles.AsSpan(0, 200)) indicators.Add(candle);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var candle in candles.AsSpan(200)) indicators.Add(candle);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_snapshot_of_other_windows_is_refused()
    {
        var snapshot = Snapshot(new IndicatorSet(new IndicatorOptions()));
        Should.Throw<InvalidDataException>(() => Restore(snapshot, new IndicatorOptions { RsiWindow = 15 })).Message.ShouldContain("14");
        Should.Throw<InvalidDataException>(() => Restore(snapshot, new IndicatorOptions { Garch = new(2e-8, 0.08, 0.91) })).Message.ShouldContain("Beta");
        Should.Throw<InvalidDataException>(() => Restore(snapshot, new IndicatorOptions { KamaFast = 3 })).Message.ShouldContain("fast");
    }

    [Fact]
    public void A_damaged_snapshot_throws_InvalidDataException_and_nothing_else()
    {
        var indicators = new IndicatorSet(Options(8));
        foreach (var candle in CandleFactory.Walk(8, 60)) indicators.Add(candle);
        var snapshot = Snapshot(indicators);
        for (var length = 0; length < snapshot.Length; length++)
            Should.Throw<InvalidDataException>(() => Restore(snapshot[..length], Options(8)), $"cut to {length} of {snapshot.Length} bytes");
        var random = new Random(1);
        for (var i = 0; i < snapshot.Length; i++)
        {
            var damaged = snapshot.ToArray();
            damaged[i] ^= (byte)random.Next(1, 256);
            var refusal = Record.Exception(() => Restore(damaged, Options(8)));
            if (refusal is not null) refusal.ShouldBeOfType<InvalidDataException>($"byte {i}");
        }
    }

    [Fact]
    public void A_wrong_option_is_named()
    {
        Should.Throw<ArgumentException>(() => new IndicatorSet(new IndicatorOptions { RviWindow = 0 })).Message.ShouldContain("RviWindow");
        Should.Throw<ArgumentException>(() => new IndicatorSet(new IndicatorOptions { MacdSlowWindow = 100_001 })).Message.ShouldContain("MacdSlowWindow");
        Should.Throw<ArgumentException>(() => new IndicatorSet(new IndicatorOptions { Garch = new(1e-8, 0.2, 0.8) })).Message.ShouldContain("Alpha + Beta");
        Should.Throw<ArgumentException>(() => new IndicatorSet(new IndicatorOptions { GarchHorizon = 0 })).Message.ShouldContain("GarchHorizon");
    }

    [Fact]
    public void A_candle_that_contradicts_itself_is_refused_by_field_and_time_and_changes_nothing()
    {
        var indicators = new IndicatorSet(new IndicatorOptions());
        var good = CandleFactory.Walk(1, 2);
        indicators.Add(good[0]);
        var before = Snapshot(indicators);
        (Kline Candle, string Field)[] cases =
        [
            (good[1] with { Low = 0 }, "Low"),
            (good[1] with { High = good[1].Low - 1 }, "High"),
            (good[1] with { Open = good[1].High + 1 }, "Open"),
            (good[1] with { Close = good[1].Low - 1 }, "Close"),
            (good[1] with { Volume = -1 }, "Volume"),
            (good[1] with { TakerBuyVolume = good[1].Volume + 1 }, "TakerBuyVolume"),
        ];
        foreach (var (candle, field) in cases)
        {
            var message = Should.Throw<ArgumentException>(() => indicators.Add(candle)).Message;
            message.ShouldContain(field);
            message.ShouldContain("1700000100000");
        }
        Should.Throw<ArgumentException>(() => indicators.Add(good[1] with { Low = 1.000000001m, Close = 1.000000001m })).Message.ShouldContain("decimals");
        Snapshot(indicators).ShouldBe(before);
    }

    private static IndicatorOptions Options(int seed)
    {
        var random = new Random(seed);
        int Window() => random.Next(3) == 0 ? random.Next(1, 4) : random.Next(1, 45);
        return new IndicatorOptions
        {
            CfoWindow = Window(),
            PwmaWindow = Window(),
            RviWindow = Window(),
            RsiWindow = Window(),
            MacdFastWindow = Window(),
            MacdSlowWindow = Window(),
            MacdSignalWindow = Window(),
            AtrWindow = Window(),
            AtrSimpleWindow = Window(),
            KamaWindow = Window(),
            CmfWindow = Window(),
            SmaFastWindow = Window(),
            SmaSlowWindow = Window(),
            EmaWindow = Window(),
            GarchWarmUp = Window(),
            ZScoreWindow = Window(),
        };
    }

    private static byte[] Snapshot(IndicatorSet indicators)
    {
        var writer = new SnapshotWriter();
        indicators.Write(writer);
        return writer.ToArray();
    }

    private static IndicatorSet Restore(byte[] snapshot, IndicatorOptions options)
    {
        var reader = new SnapshotReader(snapshot);
        var indicators = IndicatorSet.Read(ref reader, options);
        reader.AtEnd.ShouldBeTrue();
        return indicators;
    }

    private static void Near(double? got, double? expected, double absolute, int row)
    {
        got.HasValue.ShouldBe(expected.HasValue, $"row {row}");
        if (expected is { } value) got!.Value.ShouldBe(value, (1e-9 * Math.Abs(value)) + absolute, $"row {row}");
    }
}
