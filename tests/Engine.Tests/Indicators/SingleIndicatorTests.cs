using Granary.Engine.Indicators;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Indicators;

/// <summary>The indicators that no table of candles holds, and corners of the others, by hand.</summary>
public sealed class SingleIndicatorTests
{
    [Fact]
    public void A_cusum_event_resets_its_own_side_only_and_needs_more_than_the_threshold()
    {
        var filter = new CusumFilter(1);
        filter.Add(1).ShouldBe(0, "exactly the threshold is no event");
        filter.Add(0.25).ShouldBe(1);
        filter.Add(-0.75).ShouldBe(0);
        filter.Add(-0.5).ShouldBe(-1);
        filter.Add(0.75).ShouldBe(0);
        filter.Add(0.5).ShouldBe(1);

        // The rise of 0.75 stays on the upper side while the fall of 3 fires and empties the lower one.
        var other = new CusumFilter(1);
        other.Add(0.75).ShouldBe(0);
        other.Add(-3).ShouldBe(-1);
        other.Add(0.75).ShouldBe(0);
        other.Add(0.5).ShouldBe(1);
    }

    [Fact]
    public void Bollinger_bands_lie_k_deviations_from_the_mean()
    {
        var bands = new BollingerBands(4, 2);
        foreach (var price in (double[])[1, 2, 3]) bands.Add(price).ShouldBeNull();
        var band = bands.Add(6).ShouldNotBeNull();
        var deviation = Math.Sqrt((4.0 + 1 + 0 + 9) / 3);
        band.Middle.ShouldBe(3);
        band.Upper.ShouldBe(3 + (2 * deviation), 1e-14);
        band.Lower.ShouldBe(3 - (2 * deviation), 1e-14);
        for (var i = 0; i < 3; i++) bands.Add(0.1);
        bands.Add(0.1).ShouldBe(new BollingerBand(0.1, 0.1, 0.1));
        Should.Throw<ArgumentOutOfRangeException>(() => new BollingerBands(1, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => new BollingerBands(20, 0));
    }

    [Fact]
    public void Nothing_of_an_outlier_is_left_once_it_has_passed_through()
    {
        var bands = new BollingerBands(20, 2);
        var average = new SimpleMovingAverage(20);
        bands.Add(1e15);
        average.Add(1e15);
        BollingerBand? band = null;
        for (var i = 0; i < 20; i++)
        {
            band = bands.Add(i % 2 == 0 ? 100.1 : 100.3);
            average.Add(i % 2 == 0 ? 100.1 : 100.3);
        }
        band!.Value.Middle.ShouldBe(100.2, 1e-12);
        average.Value!.Value.ShouldBe(100.2, 1e-12);
        (band.Value.Upper - band.Value.Middle).ShouldBe(2 * 0.1 * Math.Sqrt(20.0 / 19), 1e-11);
    }

    [Fact]
    public void A_mean_of_few_values_leaves_out_what_has_none()
    {
        var average = new SimpleMovingAverage(3, 1);
        average.Add(null).ShouldBeNull();
        average.Add(4).ShouldBe(4);
        average.Add(6).ShouldBe(5);
        average.Add(null).ShouldBe(5);
        average.Add(null).ShouldBe(6);
        average.Add(null).ShouldBeNull();
        var full = new SimpleMovingAverage(2);
        full.Add(1).ShouldBeNull();
        full.Add(2).ShouldBe(1.5);
        full.Add(null).ShouldBeNull();
        full.Add(3).ShouldBeNull();
        full.Add(5).ShouldBe(4);
    }

    [Fact]
    public void Realised_volatility_tells_jumps_from_noise()
    {
        var noise = new RealizedVolatility(100);
        var jumps = new RealizedVolatility(100);
        RealizedVariation? calm = null, jump = null;
        for (var i = 0; i < 100; i++)
        {
            var step = i % 2 == 0 ? 0.001 : -0.001;
            calm = noise.Add(step);
            jump = jumps.Add(i == 50 ? 0.05 : step);
        }
        calm!.Value.Variance.ShouldBe(1e-4, 1e-18);
        calm.Value.Volatility.ShouldBe(0.01, 1e-15);
        calm.Value.AnnualVolatility(525_600 / 100.0).ShouldBe(0.01 * Math.Sqrt(5256), 1e-13);
        calm.Value.BipowerVariance!.Value.ShouldBe(Math.PI / 2 * 1e-4, 1e-17);
        calm.Value.JumpShare.ShouldBe(0);
        jump!.Value.Variance.ShouldBe((99 * 1e-6) + 0.0025, 1e-16);
        jump.Value.JumpShare!.Value.ShouldBeInRange(0.85, 1);

        var single = new RealizedVolatility(1).Add(-0.02).ShouldNotBeNull();
        single.Volatility.ShouldBe(0.02);
        single.BipowerVariance.ShouldBeNull();
        single.JumpShare.ShouldBeNull();
        var still = new RealizedVolatility(2);
        still.Add(0).ShouldBeNull();
        still.Add(0).ShouldBe(new RealizedVariation(0, 0, 0));
    }

    [Fact]
    public void The_Pascal_average_has_weights_of_any_length()
    {
        // 2^1500 is beyond a double; a line is its own symmetric average.
        var average = new PascalMovingAverage(1_501);
        double? value = null;
        for (var i = 0; i <= 1_500; i++) value = average.Add(i);
        value!.Value.ShouldBe(750, 1e-9);
    }

    [Fact]
    public void A_number_that_is_none_is_refused_before_it_stays()
    {
        var ema = SeededExponentialAverage.Ema(2);
        ema.Add(1);
        Should.Throw<ArgumentOutOfRangeException>(() => ema.Add(double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => ema.Add(double.PositiveInfinity));
        ema.Add(3).ShouldBe(2);
        Should.Throw<ArgumentOutOfRangeException>(() => new RelativeStrengthIndex(14).Add(double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => new ForecastOscillator(14).Add(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new CusumFilter(0));
    }

    [Fact]
    public void Snapshots_continue_bit_for_bit()
    {
        var bands = new BollingerBands(5, 2.5);
        var volatility = new RealizedVolatility(7);
        var cusum = new CusumFilter(0.01);
        var random = new Random(9);
        for (var i = 0; i < 40; i++)
        {
            var writer = new SnapshotWriter();
            bands.Write(writer);
            volatility.Write(writer);
            cusum.Write(writer);
            var reader = new SnapshotReader(writer.Written);
            var bandsCopy = new BollingerBands(5, 2.5);
            var volatilityCopy = new RealizedVolatility(7);
            var cusumCopy = new CusumFilter(0.01);
            bandsCopy.Restore(ref reader);
            volatilityCopy.Restore(ref reader);
            cusumCopy.Restore(ref reader);
            reader.AtEnd.ShouldBeTrue();
            var item = random.NextDouble() - 0.5;
            bandsCopy.Add(item).ShouldBe(bands.Add(item));
            volatilityCopy.Add(item).ShouldBe(volatility.Add(item));
            cusumCopy.Add(item / 20).ShouldBe(cusum.Add(item / 20));
        }
        Should.Throw<InvalidDataException>(() =>
        {
            var writer = new SnapshotWriter();
            cusum.Write(writer);
            var reader = new SnapshotReader(writer.ToArray());
            new CusumFilter(0.02).Restore(ref reader);
        }).Message.ShouldContain("threshold");
    }
}
