using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Execution.Slicing;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Execution.Slicing;

public sealed class IntradayVolumeCurveTests
{
    private const long DayMs = VolumeCurveOptions.DayMs;
    private const long HourMs = 3_600_000;
    private static readonly VolumeCurveOptions _hours =
        new() { BucketMs = (int)HourMs, SpanDays = 3, DaysMin = 1, SmoothingBuckets = 0, SilenceMsMax = 2 * (int)HourMs };

    [Fact]
    public void A_day_is_learned_when_it_is_over()
    {
        var curve = new IntradayVolumeCurve(_hours);
        Day(curve, 0, hour => hour == 8 ? 77 : 1);
        (curve.IsReady, curve.Share(0, HourMs), curve.ExpectedVolume(0, HourMs), curve.DayVolume).ShouldBe((false, null, null, null));
        curve.OnTime(DayMs);
        curve.Share(8 * HourMs, 9 * HourMs)!.Value.ShouldBe(0.77, 1e-15);
        curve.Share(DayMs, 2 * DayMs).ShouldBe(1);
        curve.Share((8 * HourMs) + (HourMs / 2), 9 * HourMs)!.Value.ShouldBe(0.385, 1e-12);
        curve.Share(0, 3 * DayMs).ShouldBe(3);
        curve.Share(23 * HourMs, 25 * HourMs)!.Value.ShouldBe(0.02, 1e-15);
        curve.DayVolume.ShouldBe(100);
        curve.ExpectedVolume(8 * HourMs, 9 * HourMs)!.Value.ShouldBe(77, 1e-9);
    }

    [Fact]
    public void The_running_day_changes_nothing_until_it_is_over()
    {
        var curve = new IntradayVolumeCurve(_hours);
        Day(curve, 0, _ => 1);
        curve.OnTime(DayMs);
        var before = curve.Share(0, 5 * HourMs);
        Day(curve, 1, hour => hour == 3 ? 1_000 : 1);
        curve.Share(0, 5 * HourMs).ShouldBe(before);
        curve.OnTime((2 * DayMs) - 1);
        curve.Share(0, 5 * HourMs).ShouldBe(before);
        curve.OnTime(2 * DayMs);
        curve.Share(0, 5 * HourMs)!.Value.ShouldBeGreaterThan(before!.Value);
    }

    [Fact]
    public void Newer_days_weigh_more()
    {
        var curve = new IntradayVolumeCurve(_hours);
        Day(curve, 0, hour => hour == 0 ? 1 : 0);
        Day(curve, 1, hour => hour == 1 ? 3 : 0);
        curve.OnTime(2 * DayMs);
        // A span of three: each older day weighs half.
        curve.Share(HourMs, 2 * HourMs)!.Value.ShouldBe(2.0 / 3, 1e-15);
        curve.DayVolume!.Value.ShouldBe((3 + 0.5) / 1.5, 1e-12);
    }

    [Fact]
    public void A_day_with_a_hole_is_scaled_to_what_the_curve_leaves_for_the_hole()
    {
        var curve = new IntradayVolumeCurve(_hours);
        Day(curve, 0, hour => hour < 12 ? 3 : 1);
        // Twice as much, but the hours 3 and 4 were not seen.
        for (var hour = 0; hour < 24; hour++)
            if (hour is not (3 or 4)) Hour(curve, 1, hour, hour < 12 ? 6 : 2);
        curve.OnGap(DayMs + (3 * HourMs), DayMs + (5 * HourMs));
        curve.OnTime(2 * DayMs);
        (curve.Days, curve.DaysLeftOut).ShouldBe((2, 0));
        curve.Share(3 * HourMs, 4 * HourMs)!.Value.ShouldBe(3.0 / 48, 1e-15);
        curve.Share(20 * HourMs, 21 * HourMs)!.Value.ShouldBe(1.0 / 48, 1e-15);
        curve.DayVolume!.Value.ShouldBe((96 + (0.5 * 48)) / 1.5, 1e-9);
    }

    [Fact]
    public void Days_with_too_many_holes_without_volume_or_begun_late_are_left_out()
    {
        var curve = new IntradayVolumeCurve(_hours);
        // The engine starts at noon: there is no curve yet that could fill the morning.
        for (var hour = 12; hour < 24; hour++) Hour(curve, 0, hour, 5);
        curve.OnTime(DayMs);
        (curve.Days, curve.DaysLeftOut).ShouldBe((0, 1));
        Day(curve, 1, _ => 1);
        // Silent from 9 to 20: found out without being told.
        for (var hour = 0; hour < 9; hour++) Hour(curve, 2, hour, 100);
        for (var hour = 20; hour < 24; hour++) Hour(curve, 2, hour, 100);
        Day(curve, 3, _ => 0);
        curve.OnTime(4 * DayMs);
        (curve.Days, curve.DaysLeftOut, curve.DayVolume).ShouldBe((1, 2, 24));
    }

    [Fact]
    public void A_hole_across_midnight_belongs_to_both_days_whoever_tells_of_it()
    {
        var (told, found) = (new IntradayVolumeCurve(_hours), new IntradayVolumeCurve(_hours));
        foreach (var curve in new[] { told, found })
        {
            Day(curve, 0, hour => hour + 1);
            for (var hour = 0; hour < 21; hour++) Hour(curve, 1, hour, 7);
            if (curve == told) curve.OnTime(2 * DayMs);
            for (var hour = 2; hour < 24; hour++) Hour(curve, 2, hour, 7);
            curve.OnTime(3 * DayMs);
        }
        Bytes(told).ShouldBe(Bytes(found));
        told.Days.ShouldBe(3);
        // Both holes are the first day's share.
        told.Share(22 * HourMs, 23 * HourMs)!.Value.ShouldBeGreaterThan(told.Share(10 * HourMs, 11 * HourMs)!.Value);
        told.Share(0, HourMs)!.Value.ShouldBeLessThan(told.Share(10 * HourMs, 11 * HourMs)!.Value);
    }

    [Fact]
    public void Smoothing_goes_over_midnight_and_keeps_the_sum()
    {
        var curve = new IntradayVolumeCurve(_hours with { SmoothingBuckets = 1 });
        Day(curve, 0, hour => hour == 0 ? 4 : 0);
        curve.OnTime(DayMs);
        curve.Share(0, HourMs)!.Value.ShouldBe(0.5, 1e-15);
        curve.Share(HourMs, 2 * HourMs)!.Value.ShouldBe(0.25, 1e-15);
        curve.Share(23 * HourMs, 24 * HourMs)!.Value.ShouldBe(0.25, 1e-15);
    }

    [Fact]
    public void One_bucket_is_even_and_bars_of_several_buckets_are_spread()
    {
        var one = new IntradayVolumeCurve(_hours with { BucketMs = (int)DayMs });
        one.OnBar(0, DayMs - 1, 10 * Fixed8.One).ShouldBeTrue();
        one.OnTime(DayMs);
        one.Share(0, HourMs)!.Value.ShouldBe(1.0 / 24, 1e-15);
        var spread = new IntradayVolumeCurve(_hours);
        // From 23:30 to 00:30 the day after, odd to divide.
        Day(spread, 0, _ => 1);
        spread.OnBar(DayMs + (23 * HourMs) + (HourMs / 2), (2 * DayMs) + (HourMs / 2) - 1, 7);
        spread.OnTrade(5, 1).ShouldBeFalse("its day is closed");
        spread.Days.ShouldBe(1);
    }

    [Fact]
    public void Volume_beyond_the_fixed_range_is_summed_and_an_outlier_fades()
    {
        var options = _hours with { SpanDays = 1 };
        var (curve, clean) = (new IntradayVolumeCurve(options), new IntradayVolumeCurve(options));
        for (var i = 0; i < 24; i++)
            for (var j = 0; j < 4; j++) curve.OnTrade(i * HourMs, Fixed8.Max);
        curve.OnTime(DayMs);
        curve.DayVolume!.Value.ShouldBe(96.0 * Fixed8.Max / Fixed8.One, 1e6);
        Day(curve, 1, hour => hour + 1);
        curve.OnTime(2 * DayMs);
        Day(clean, 1, hour => hour + 1);
        clean.OnTime(2 * DayMs);
        (curve.DayVolume, curve.Share(0, 7 * HourMs)).ShouldBe((clean.DayVolume, clean.Share(0, 7 * HourMs)));
    }

    /// <summary>What comes later never changes what the curve said: each day's curve is the one of the data cut off at its begin.</summary>
    [Fact]
    public void There_is_no_look_ahead() => Prop.ForAll(
        Gen.Choose(0, 1000).ListOf(24 * 4).ToArbitrary(),
        volumes =>
        {
            var whole = new IntradayVolumeCurve(_hours with { SmoothingBuckets = 2 });
            for (var day = 0; day < 4; day++)
            {
                var cut = new IntradayVolumeCurve(_hours with { SmoothingBuckets = 2 });
                for (var before = 0; before < day; before++) Day(cut, before, hour => volumes[(before * 24) + hour]);
                cut.OnTime(day * DayMs);
                for (var hour = 0; hour < 24; hour++)
                {
                    Hour(whole, day, hour, volumes[(day * 24) + hour]);
                    whole.Share(hour * HourMs, (hour + 5) * HourMs).ShouldBe(cut.Share(hour * HourMs, (hour + 5) * HourMs));
                    whole.DayVolume.ShouldBe(cut.DayVolume);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shares_are_additive_and_a_snapshot_goes_on_bit_for_bit() => Prop.ForAll(
        Gen.Choose(0, 20_000_000).Zip(Gen.Choose(0, 1000)).Zip(Gen.Choose(0, 9)).ListOf().ToArbitrary(),
        events =>
        {
            var (whole, restored) = (new IntradayVolumeCurve(_hours), new IntradayVolumeCurve(_hours));
            var time = 0L;
            foreach (var ((step, volume), kind) in events)
            {
                time += step;
                foreach (var curve in new[] { whole, restored })
                {
                    if (kind == 0) curve.OnGap(time, time + (step / 2));
                    else curve.OnBar(time, time + (kind * 600_000), volume);
                }
                var bytes = Bytes(restored);
                bytes.ShouldBe(Bytes(whole));
                var reader = new SnapshotReader(bytes);
                restored = IntradayVolumeCurve.Read(ref reader, _hours);
                reader.AtEnd.ShouldBeTrue();
                restored.Share(time, time + step).ShouldBe(whole.Share(time, time + step));
            }
            if (whole.IsReady)
                (whole.Share(1, 30_000_000) + whole.Share(30_000_000, 99_999_999))!.Value.ShouldBe(whole.Share(1, 99_999_999)!.Value, 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Damage_and_wrong_values_are_named()
    {
        var curve = new IntradayVolumeCurve(_hours);
        Day(curve, 0, hour => hour);
        Day(curve, 1, hour => hour);
        Damage.ShouldBeNamed(Bytes(curve), static (ref SnapshotReader reader) => IntradayVolumeCurve.Read(ref reader, _hours));
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(Bytes(curve));
            IntradayVolumeCurve.Read(ref reader, new VolumeCurveOptions());
        }).Message.ShouldContain("3600000");
        Should.Throw<ArgumentOutOfRangeException>(() => curve.OnTrade(-1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.OnTrade(1, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.OnBar(5, 4, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.OnBar(0, DayMs, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.OnGap(5, 4));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.Share(5, 4));
        Should.Throw<ArgumentException>(() => new VolumeCurveOptions { BucketMs = 7_000 }.Validate()).Message.ShouldContain("BucketMs");
        Should.Throw<ArgumentException>(() => new VolumeCurveOptions { CoverageMin = double.NaN }.Validate()).Message.ShouldContain("CoverageMin");
        Should.Throw<ArgumentException>(() => new VolumeCurveOptions { BucketMs = (int)DayMs }.Validate()).Message.ShouldContain("SmoothingBuckets");
    }

    private static void Day(IntradayVolumeCurve curve, int day, Func<int, int> volume)
    {
        for (var hour = 0; hour < 24; hour++) Hour(curve, day, hour, volume(hour));
    }

    private static void Hour(IntradayVolumeCurve curve, int day, int hour, int volume)
    {
        var openMs = (day * DayMs) + (hour * HourMs);
        curve.OnBar(openMs, openMs + HourMs - 1, volume * Fixed8.One).ShouldBeTrue();
    }

    private static byte[] Bytes(IntradayVolumeCurve curve)
    {
        var writer = new SnapshotWriter();
        curve.Write(writer);
        return writer.ToArray();
    }
}
