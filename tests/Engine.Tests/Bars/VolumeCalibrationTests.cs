using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Bars;
using Granary.Engine.Market;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

public sealed class VolumeCalibrationTests
{
    private const long Day = VolumeCalibration.DayMs;

    [Fact]
    public void The_threshold_is_that_of_the_days_before_and_knows_nothing_of_the_day_itself()
    {
        var calibration = new VolumeCalibration(2, 4, 0.5m);
        calibration.DayStartMs.ShouldBeNull();
        calibration.Add(Trade(1, quantity: 10m, timeMs: 100 * Day)).ShouldBeTrue();
        calibration.Add(Trade(2, quantity: 6m, timeMs: (101 * Day) - 1)).ShouldBeFalse();
        calibration.Add(Trade(3, quantity: 8m, timeMs: 101 * Day)).ShouldBeTrue();
        calibration.Threshold.ShouldBeNull();
        calibration.Add(Trade(4, quantity: 900m, timeMs: 102 * Day)).ShouldBeTrue();
        calibration.Threshold.ShouldBe(3m);
        calibration.Add(Trade(5, quantity: 900m, timeMs: (102 * Day) + 5)).ShouldBeFalse();
        calibration.Threshold.ShouldBe(3m);
        (calibration.DayVolume, calibration.DayStartMs).ShouldBe((1_800m, 102 * Day));
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("2.5", "2")]
    [InlineData("2.50000001", "3")]
    [InlineData("3.5", "4")]
    [InlineData("0.2", "1")]
    [InlineData("0", "1")]
    public void Halves_go_to_the_even_step_and_there_is_at_least_one(string volume, string threshold)
    {
        var calibration = new VolumeCalibration(1, 1, 1m);
        calibration.SetDay(0, Number(volume));
        calibration.Threshold.ShouldBe(Number(threshold));
    }

    [Fact]
    public void A_day_without_trades_between_days_with_trades_counts_as_nothing()
    {
        var calibration = new VolumeCalibration(3, 1, 1m);
        calibration.Add(Trade(1, quantity: 9m, timeMs: 5 * Day));
        calibration.Add(Trade(2, quantity: 1m, timeMs: 8 * Day));
        calibration.Threshold.ShouldBe(3m);
        calibration.Add(Trade(3, quantity: 1m, timeMs: 1_000 * Day));
        calibration.Threshold.ShouldBe(1m);
    }

    [Fact]
    public void Whole_days_within_a_gap_are_unknown_until_a_candle_tells_them()
    {
        var calibration = new VolumeCalibration(3, 1, 1m);
        for (var day = 0; day < 4; day++) calibration.Add(Trade(day, quantity: 6m, timeMs: day * Day));
        calibration.Threshold.ShouldBe(6m);
        calibration.MarkGap();
        calibration.Add(Trade(9, quantity: 6m, timeMs: 3 * Day)).ShouldBeFalse();
        calibration.Add(Trade(10, quantity: 6m, timeMs: 4 * Day)).ShouldBeTrue();
        calibration.Threshold.ShouldBe(8m);
        calibration.MarkGap();
        calibration.Add(Trade(20, quantity: 6m, timeMs: 6 * Day)).ShouldBeTrue();
        calibration.Threshold.ShouldBeNull();
        calibration.SetDay(5 * Day, 9m);
        calibration.Threshold.ShouldBe(9m);
        calibration.SetDay(4 * Day, 0m);
        calibration.Threshold.ShouldBe(7m);
        calibration.SetDay(2 * Day, 1_000_000m);
        calibration.Threshold.ShouldBe(7m);
    }

    [Fact]
    public void Seven_candles_give_the_threshold_of_the_day_in_any_order()
    {
        foreach (var order in (int[][])[[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [3, 6, 0, 1, 5, 2, 4]])
        {
            var calibration = new VolumeCalibration();
            foreach (var day in order)
            {
                calibration.Threshold.ShouldBeNull();
                calibration.SetDay((20_000 + day) * Day, 300_000m + (day * 1_000m));
            }
            calibration.Threshold.ShouldBe(202m);
            calibration.DayStartMs.ShouldBe(20_007 * Day);
            calibration.Add(Trade(1, quantity: 1m, timeMs: (20_007 * Day) + 1)).ShouldBeFalse();
            calibration.Threshold.ShouldBe(202m);
        }
    }

    [Fact]
    public void Days_after_the_last_candle_that_nobody_watched_are_unknown()
    {
        var calibration = new VolumeCalibration(3, 1, 1m);
        for (var day = 0; day < 3; day++) calibration.SetDay(day * Day, 6m);
        calibration.Add(Trade(1, timeMs: 5 * Day)).ShouldBeTrue();
        calibration.Threshold.ShouldBeNull();
        calibration.SetDay(4 * Day, 3m);
        calibration.Threshold.ShouldBeNull();
        calibration.SetDay(3 * Day, 3m);
        calibration.Threshold.ShouldBe(4m);
    }

    [Fact]
    public void A_threshold_is_never_more_than_a_builder_takes()
    {
        var calibration = new VolumeCalibration(1, 1, 0.001m);
        calibration.SetDay(0, 4_000_000_000_000_000_000m);
        new VolumeBarBuilder(calibration.Threshold!.Value).Threshold.ShouldBe(46_116_860_184.273m);
    }

    [Fact]
    public void Thresholds_are_those_of_the_formula_and_restored_is_uninterrupted()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(0, 600).ToArbitrary(), (seed, dayCount, cut) =>
        {
            var trades = Walk(seed, 600).Select((trade, i) => trade with { TimeMs = i * Day / 25 }).ToArray();
            var calibration = new VolumeCalibration(dayCount, 7, 0.01m);
            var volumes = trades.GroupBy(trade => trade.TimeMs / Day).ToDictionary(day => day.Key, day => day.Sum(trade => trade.Quantity));
            for (var i = 0; i < trades.Length; i++)
            {
                if (i == cut) calibration = SnapshotChecks.Read(SnapshotChecks.Bytes(calibration.Write), VolumeCalibration.Read);
                calibration.Add(trades[i]);
                var day = trades[i].TimeMs / Day;
                var mean = Enumerable.Range(1, dayCount).Sum(back => volumes.GetValueOrDefault(day - back)) / dayCount / 7;
                decimal? expected = day < dayCount ? null : Math.Max(0.01m, Math.Round(mean, 2, MidpointRounding.ToEven));
                calibration.Threshold.ShouldBe(expected);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_by_its_exception()
    {
        var calibration = new VolumeCalibration(3, 1, 1m);
        for (var day = 0; day < 6; day++) calibration.Add(Trade(day, quantity: 6m, timeMs: day * Day));
        SnapshotChecks.Damage(SnapshotChecks.Bytes(calibration.Write), VolumeCalibration.Read);
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Should.Throw<ArgumentException>(() => new VolumeCalibration(dayCount: 0)).Message.ShouldContain("dayCount");
        Should.Throw<ArgumentException>(() => new VolumeCalibration(barsPerDay: 0)).Message.ShouldContain("barsPerDay");
        Should.Throw<ArgumentException>(() => new VolumeCalibration(step: 0)).Message.ShouldContain("above 0");
        Should.Throw<ArgumentException>(() => new VolumeCalibration().SetDay(1, 1m)).Message.ShouldContain("dayStartMs");
        Should.Throw<ArgumentException>(() => new VolumeCalibration().SetDay(0, -1m)).Message.ShouldContain("volume");
        Should.Throw<ArgumentException>(() => new VolumeCalibration().SetDay(0, 0.000000001m)).Message.ShouldContain("decimals");
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
