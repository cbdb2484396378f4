using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;
using Granary.Engine.Selection;

namespace Granary.Engine.Tests.Selection;

public sealed class CandleMatrixTests
{
    [Fact]
    public void From_scratch_and_candle_by_candle_come_to_the_same() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (symbols, candles, window) = (1 + random.Next(9), 1 + random.Next(60), 1 + random.Next(12));
        var market = Enumerable.Range(0, symbols).Select(s => Candles.Walk(seed + s, candles)).ToArray();
        var matrix = Matrix(market);
        var (factor, change, volume) = (matrix.MtmAtrMean(window), matrix.ChgPctMax(window), matrix.Volume(window));
        for (var s = 0; s < symbols; s++)
        {
            var own = new SymbolFactors(matrix.Symbols[s], [new FactorSpec("MtmAtrMean", true, window)], [new("ChgPctMax", window), new("Volume", window)]);
            foreach (var candle in market[s]) own.Add(candle);
            var row = own.ToRow();
            Same(row.Factors[0], factor[s]);
            Same((double?)row.Filters[0], change[s]);
            Same((double?)row.Filters[1], volume[s]);
            matrix.LastCloses[s].ShouldBe((double)row.Close);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Columns_must_fit_together()
    {
        Should.Throw<ArgumentException>(() => new CandleMatrix([], [], [], [], [])).Message.ShouldContain("one symbol");
        Should.Throw<ArgumentException>(() => new CandleMatrix(["A", "B"], [1], [1], [1], [1])).Message.ShouldContain("no whole number of candles");
        Should.Throw<ArgumentException>(() => new CandleMatrix(["A"], [1], [1, 2], [1, 2], [1, 2])).Message.ShouldContain("2 values");
        Should.Throw<ArgumentOutOfRangeException>(() => Matrix([Candles.Walk(1, 5)]).MtmAtrMean(0));
    }

    private static void Same(double? expected, double got)
    {
        if (expected is { } value) got.ShouldBe(value, (1e-9 * Math.Abs(value)) + 1e-14);
        else double.IsNaN(got).ShouldBeTrue();
    }

    private static CandleMatrix Matrix(Kline[][] market)
    {
        double[] Column(Func<Kline, decimal> of) =>
            [.. Enumerable.Range(0, market[0].Length).SelectMany(candle => market.Select(symbol => (double)of(symbol[candle])))];

        return new CandleMatrix(
            [.. market.Select((_, i) => $"S{i}")], Column(candle => candle.High), Column(candle => candle.Low), Column(candle => candle.Close),
            Column(candle => candle.QuoteVolume));
    }
}
