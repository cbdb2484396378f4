using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Selection;

namespace Granary.Engine.Tests.Selection;

public sealed class FilterTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();
    private static readonly Arbitrary<int> Windows = Gen.Choose(1, 40).ToArbitrary();

    [Fact]
    public void The_largest_return_and_the_volume_are_those_of_the_window_at_every_candle()
    {
        Prop.ForAll(Seeds, Windows, (seed, window) =>
        {
            var candles = Candles.Walk(seed, 120);
            var (change, volume) = (new ChgPctMax(window), new Volume(window));
            for (var i = 0; i < candles.Length; i++)
            {
                change.Add(candles[i]);
                volume.Add(candles[i]);
                var from = Math.Max(0, i - window + 1);
                volume.Value.ShouldBe(candles[from..(i + 1)].Sum(candle => candle.QuoteVolume));
                if (i < window) change.Value.ShouldBeNull();
                else change.Value.ShouldBe(Enumerable.Range(from, window).Max(k => (candles[k].Close - candles[k - 1].Close) / candles[k - 1].Close));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_snapshot_at_any_candle_continues_bit_for_bit()
    {
        Prop.ForAll(Seeds, Windows, Gen.Choose(0, 79).ToArbitrary(), (seed, window, cut) =>
        {
            var candles = Candles.Walk(seed, 80);
            Candles.Run(() => new ChgPctMax(window), filter => filter.Value, candles, cut)
                .ShouldBe(Candles.Run(() => new ChgPctMax(window), filter => filter.Value, candles, -1));
            Candles.Run(() => new Volume(window), filter => filter.Value, candles, cut)
                .ShouldBe(Candles.Run(() => new Volume(window), filter => filter.Value, candles, -1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_return_without_a_base_has_no_value_until_it_has_left_the_window()
    {
        var change = new ChgPctMax(3);
        var values = new List<decimal?>();
        for (var i = 0; i < 12; i++)
        {
            change.Add(Candles.Flat(i, i == 5 ? 0 : 100));
            values.Add(change.Value);
        }

        // The close of index 5 is the base of the return at 6, which is in the window until 8.
        for (var i = 3; i < values.Count; i++) (values[i] is null).ShouldBe(i is >= 6 and <= 8, $"candle {i}");
    }

    [Fact]
    public void A_return_as_good_as_infinite_has_no_value()
    {
        var change = new ChgPctMax(1);
        change.Add(Candles.Flat(0, 0.000_000_000_000_000_000_000_1m));
        change.Add(Candles.Flat(1, 70_000_000_000_000_000_000m));
        change.Value.ShouldBeNull();
        change.Add(Candles.Flat(2, 77_000_000_000_000_000_000m));
        change.Value.ShouldBe(0.1m);
    }

    [Fact]
    public void A_rise_of_exactly_the_limit_is_exactly_the_limit()
    {
        // As doubles, 4.92 / 4.1 - 1 is above 0.2.
        var change = new ChgPctMax(1);
        change.Add(Candles.Flat(0, 4.1m));
        change.Add(Candles.Flat(1, 4.92m));
        change.Value.ShouldBe(0.2m);
        ((4.92 / 4.1) - 1).ShouldBeGreaterThan(0.2);
    }

    [Fact]
    public void A_huge_volume_that_has_left_the_window_has_left_no_trace()
    {
        var volume = new Volume(2);
        volume.Add(Candles.Flat(0, 1, 50_000_000_000_000_000_000_000_000_000m));
        volume.Add(Candles.Flat(1, 1, 0.123_456_789m));
        volume.Add(Candles.Flat(2, 1, 0.000_000_001m));
        volume.Value.ShouldBe(0.123_456_790m);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FactorCatalog.WindowMax + 1)]
    public void A_window_out_of_range_is_refused(int window)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ChgPctMax(window));
        Should.Throw<ArgumentOutOfRangeException>(() => new Volume(window));
    }
}
