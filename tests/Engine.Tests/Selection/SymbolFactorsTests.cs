using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Selection;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Selection;

public sealed class SymbolFactorsTests
{
    private static readonly FactorSpec Factor = new("MtmAtrMean", true, 7);
    private static readonly FilterSpec[] Filters = [new("ChgPctMax", 5), new("Volume", 4)];

    [Fact]
    public void The_row_is_what_the_statistics_say()
    {
        var (factors, factor, change, volume) = (New(), new MtmAtrMean(7), new ChgPctMax(5), new Volume(4));
        foreach (var candle in Candles.Walk(3, 30))
        {
            factors.Add(candle).ShouldBeTrue();
            factor.Add(candle);
            change.Add(candle);
            volume.Add(candle);
            var row = factors.ToRow();
            (row.Symbol, row.Factors[0], row.Close, row.LastCandleMs).ShouldBe(("XUSDT", factor.Value, candle.Close, candle.OpenTimeMs));
            row.Filters.ShouldBe([change.Value, volume.Value]);
        }
        factors.ToRow().CandleCount.ShouldBe(30);
    }

    [Fact]
    public void A_candle_that_is_not_later_is_ignored()
    {
        var candles = Candles.Walk(3, 20);
        var factors = New();
        foreach (var candle in candles) factors.Add(candle);
        var before = Snapshot(factors);
        factors.Add(candles[^1]).ShouldBeFalse();
        factors.Add(candles[4]).ShouldBeFalse();
        Snapshot(factors).ShouldBe(before);
    }

    [Fact]
    public void A_snapshot_at_any_candle_continues_bit_for_bit()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), (seed, cut) =>
        {
            var candles = Candles.Walk(seed, 40);
            var (whole, first) = (New(), New());
            foreach (var candle in candles) whole.Add(candle);
            foreach (var candle in candles.AsSpan(0, cut)) first.Add(candle);
            var second = Read(Snapshot(first));
            foreach (var candle in candles.AsSpan(cut)) second.Add(candle);
            Snapshot(second).ShouldBe(Snapshot(whole));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_snapshot_of_something_else_is_refused_by_name()
    {
        var bytes = Snapshot(New());
        Message(bytes, "YUSDT", Factor, Filters).ShouldContain("XUSDT, expected YUSDT");
        Message(bytes, "XUSDT", Factor with { Window = 8 }, Filters).ShouldContain("MtmAtrMean_bh_7, configured is MtmAtrMean_bh_8");
        Message(bytes, "XUSDT", Factor, [Filters[0], new("Volume", 5)]).ShouldContain("Volume_fl_4, configured is Volume_fl_5");
        Message(bytes, "XUSDT", Factor, [Filters[0]]).ShouldContain("holds 3 factors and filters, expected 2");

        static string Message(byte[] bytes, string symbol, FactorSpec factor, FilterSpec[] filters) => Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(bytes);
            SymbolFactors.Read(ref reader, symbol, [factor], filters);
        }).Message;
    }

    [Fact]
    public void A_damaged_snapshot_is_invalid_data_and_nothing_else()
    {
        var factors = New();
        var candles = Candles.Walk(8, 40);
        foreach (var candle in candles) factors.Add(candle);
        var bytes = Snapshot(factors);
        for (var length = 0; length < bytes.Length; length++) Should.Throw<InvalidDataException>(() => Read(bytes[..length]));
        for (var place = 0; place < bytes.Length; place++)
        {
            var damaged = bytes.ToArray();
            damaged[place] ^= 0xA5;
            try
            {
                Read(damaged);
            }
            catch (InvalidDataException)
            {
                // Damage that can be seen; damage inside a price cannot.
            }
        }
    }

    private static SymbolFactors New() => new("XUSDT", [Factor], Filters);

    private static byte[] Snapshot(SymbolFactors factors)
    {
        var writer = new SnapshotWriter();
        factors.Write(writer);
        return writer.ToArray();
    }

    private static SymbolFactors Read(byte[] bytes)
    {
        var reader = new SnapshotReader(bytes);
        return SymbolFactors.Read(ref reader, "XUSDT", [Factor], Filters);
    }
}
