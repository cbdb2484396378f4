using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Factors;
using Granary.Engine.Market;
using Granary.Engine.Tests.Indicators;
using static Granary.Engine.Tests.Factors.MinuteHarness;

namespace Granary.Engine.Tests.Factors;

/// <summary>What holds for any candles and settlements.</summary>
public sealed class MinuteFactorsProperties
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();
    private static readonly Arbitrary<int> Counts = Gen.Choose(1, 300).ToArbitrary();
    private static readonly Arbitrary<int> Cuts = Gen.Choose(0, 300).ToArbitrary();

    [Fact]
    public void A_snapshot_at_any_minute_continues_bit_for_bit()
    {
        Prop.ForAll(Seeds, Counts, Cuts, (seed, count, at) =>
        {
            var candles = WithHoles(seed, count);
            var funding = Funding(seed, CandleFactory.StartMs, 30);
            var cut = Math.Min(at, count);
            var whole = new MinuteFactors(Short);
            var expected = Run(whole, candles, funding);

            var first = new MinuteFactors(Short);
            var rows = Run(first, candles[..cut], cut == 0 ? [] : funding);
            var second = Restore(Snapshot(first), Short);
            rows.AddRange(Run(second, candles[cut..], cut == 0 ? funding : []));

            rows.ShouldBe(expected);
            Snapshot(second).ShouldBe(Snapshot(whole));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Minute_by_minute_and_as_a_table_the_rows_are_the_same()
    {
        Prop.ForAll(Seeds, Counts, (seed, count) =>
        {
            var candles = WithHoles(seed, count);
            var funding = Funding(seed, CandleFactory.StartMs - 3_600_000, 30);
            var shuffled = funding.ToArray();
            new Random(seed).Shuffle(shuffled);
            var table = CtaTable.Causal(candles, shuffled, Short);
            table.ShouldBe(Run(new MinuteFactors(Short), candles, funding).Where(row => row.IsStarted));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Later_minutes_and_settlements_change_nothing_of_a_row()
    {
        Prop.ForAll(Seeds, Counts, Cuts, (seed, count, at) =>
        {
            var cut = Math.Min(at, count);
            var candles = CandleFactory.Walk(seed, count);
            var other = (Kline[])[.. candles[..cut], .. CandleFactory.Walk(seed + 1, count)[cut..]];
            var funding = Funding(seed, CandleFactory.StartMs - 3_600_000, 30);
            var last = CandleFactory.StartMs + ((cut - 1) * 60_000L);
            FundingRate[] known = [.. funding.Where(record => record.TimeMs <= last)];
            var truncated = CtaTable.Causal(candles.AsSpan(0, cut), known, Short);
            CtaTable.Causal(candles, funding, Short).Take(truncated.Count).ShouldBe(truncated);
            CtaTable.Causal(other, [.. known, .. Funding(seed + 1, last + 1, 10)], Short).Take(truncated.Count).ShouldBe(truncated);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Windows_of_one_and_a_quantile_window_below_the_others_work()
    {
        var tiny = new MinuteFactorOptions
        {
            VolWindow = 2,
            CfoWindow = 1,
            PwmaWindow = 1,
            RviWindow = 1,
            FundingSmoothWindow = 1,
            ShortWindow = 1,
            MediumWindow = 1,
            QuantileWindow = 1,
        };
        var rows = CtaTable.Causal(CandleFactory.Walk(5, 50), Funding(5, CandleFactory.StartMs - 60_000, 5), tiny);
        rows.Count.ShouldBe(50 - 8);
        rows.ShouldAllBe(row => row.Cfo == 0 && row.LowVol == row.RollVol && row.HighVol == row.RollVol && row.ShortWeight == 0.5);
        rows.ShouldAllBe(row => row.SentShort == row.Ofr && row.RollBuySell == row.BuySellDiff && row.CtaFactor != null);
    }

    [Fact]
    public void A_damaged_snapshot_throws_InvalidDataException_and_nothing_else()
    {
        var factors = new MinuteFactors(Short);
        Run(factors, CandleFactory.Walk(3, 40), Funding(3, CandleFactory.StartMs, 4));
        var snapshot = Snapshot(factors);
        for (var length = 0; length < snapshot.Length; length++)
            Should.Throw<InvalidDataException>(() => Restore(snapshot[..length], Short), $"cut to {length} of {snapshot.Length} bytes");
        var random = new Random(1);
        for (var i = 0; i < snapshot.Length; i++)
        {
            var damaged = snapshot.ToArray();
            damaged[i] ^= (byte)random.Next(1, 256);
            var refusal = Record.Exception(() => Restore(damaged, Short));
            if (refusal is not null) refusal.ShouldBeOfType<InvalidDataException>($"byte {i}");
        }
        Should.Throw<InvalidDataException>(() => Restore(snapshot, Short with { AlignedMultiplier = 1.5 })).Message.ShouldContain("AlignedMultiplier");
    }

    [Fact]
    public void A_minute_allocates_nothing()
    {
        var factors = new MinuteFactors(Short);
        var candles = CandleFactory.Walk(3, 400);
        foreach (var candle in candles.AsSpan(0, 200)) factors.Add(candle);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var candle in candles.AsSpan(200)) factors.Add(candle);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    // Every settlement comes ahead of its minute, as from a file.
    private static List<MinuteFactorRow> Run(MinuteFactors factors, Kline[] candles, FundingRate[] funding)
    {
        foreach (var record in funding) factors.Add(record);
        var rows = new List<MinuteFactorRow>();
        foreach (var candle in candles)
        {
            while (factors.IsMissingBefore(candle.OpenTimeMs)) rows.Add(factors.AddMissing());
            rows.Add(factors.Add(candle));
        }
        return rows;
    }
}
