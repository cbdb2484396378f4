using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Book;
using Granary.Engine.Execution.Slippage;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Tests.Execution.Slippage;

public sealed class SlippageForecastTests
{
    private static readonly BookLevel[] _asks = [Level(101, 1), Level(102, 2), Level(104, 1)];
    private static readonly BookLevel[] _bids = [Level(99, 1), Level(98, 2)];

    [Fact]
    public void The_levels_are_walked()
    {
        var buy = SlippageForecast.Of(OrderSide.Buy, 2, 100, _asks, null)!.Value;
        buy.ShouldBe(new SlippageForecast(101.5m, 1.5m, 150, 3, 2));
        SlippageForecast.Of(OrderSide.Sell, 2, 100, _bids, null).ShouldBe(new SlippageForecast(98.5m, 1.5m, 150, 3, 2));
        // Arrived at a price worse than the book: it is a gain.
        SlippageForecast.Of(OrderSide.Buy, 1, 102, _asks, null)!.Value.Move.ShouldBe(-1);
    }

    [Fact]
    public void Beyond_the_levels_the_square_root_goes_on()
    {
        SlippageForecast.Of(OrderSide.Buy, 5, 100, _asks, null).ShouldBeNull();
        SlippageForecast.Of(OrderSide.Buy, 5, 100, _asks, new ImpactInputs(0.04, 0)).ShouldBeNull();
        SlippageForecast.Of(OrderSide.Buy, 5, 100, _asks, new ImpactInputs(double.NaN, 1)).ShouldBeNull();
        SlippageForecast.Of(OrderSide.Buy, 1, 100, [], null).ShouldBeNull();
        // From nothing: two thirds of 100 * 4 % * sqrt(1 / 10,000) = 0.04.
        var law = SlippageForecast.Of(OrderSide.Sell, 1, 100, [], new ImpactInputs(0.04, 10_000))!.Value;
        ((double)law.Move).ShouldBe(0.04 * 2 / 3, 1e-12);
        law.DepthQuantity.ShouldBe(0);
        law.Bps.ShouldBe((double)law.Move * 100, 1e-9);
        // From 4 to 9: the mean of the law between them less the law at 4, on top of the last level.
        var beyond = SlippageForecast.Of(OrderSide.Buy, 9, 100, _asks, new ImpactInputs(0.04, 10_000, 2))!.Value;
        var mean = 8 * ((2.0 / 3 * (27 - 8) / 5) - 2) / 100;
        ((double)beyond.AveragePrice).ShouldBe((101 + 204 + 104 + (5 * (104 + mean))) / 9, 1e-9);
        beyond.DepthQuantity.ShouldBe(4);
    }

    [Fact]
    public void Extremes_stay_numbers()
    {
        SlippageForecast.Of(OrderSide.Sell, 1_000_000, 100, _bids, new ImpactInputs(1e300, 1e-300))!.Value.AveragePrice.ShouldBeInRange(0, 100);
        SlippageForecast.Of(OrderSide.Buy, 0.00000001m, 100, [], new ImpactInputs(0.01, 1e300))!.Value.Move.ShouldBe(0);
        SlippageForecast.Of(OrderSide.Buy, 1, 100, [Level(100, 0)], new ImpactInputs(0, 1))!.Value.Move.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => SlippageForecast.Of(OrderSide.Buy, 0, 100, _asks, null));
        Should.Throw<ArgumentOutOfRangeException>(() => SlippageForecast.Of(OrderSide.Buy, 1, 0, _asks, null));
    }

    [Fact]
    public void Slices_pay_the_book_of_one_and_the_impact_of_all()
    {
        var forecast = SlippageForecast.OfSlices(OrderSide.Buy, 100, 1, 100, _asks, new ImpactInputs(0.04, 10_000))!.Value;
        ((double)forecast.Move).ShouldBe(1 + (2.0 / 3 * 0.4), 1e-12);
        forecast.Quote.ShouldBe(forecast.Move * 100);
        SlippageForecast.OfSlices(OrderSide.Buy, 100, 1, 100, _asks, null).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => SlippageForecast.OfSlices(OrderSide.Buy, 1, 2, 100, _asks, null));
    }

    [Fact]
    public void More_never_fills_better() => Prop.ForAll(
        Gen.Choose(1, 2_000).Zip(Gen.Choose(1, 2_000)).Zip(Gen.Choose(1, 50).Zip(Gen.Choose(0, 40)).ListOf()).ToArbitrary(),
        scene =>
        {
            var ((a, b), steps) = scene;
            foreach (var side in new[] { OrderSide.Buy, OrderSide.Sell })
            {
                var price = 3_000L;
                var levels = steps.Select(s => new BookLevel((price += (int)side * s.Item1) * Fixed8.One, s.Item2 * Fixed8.One / 10)).ToArray();
                var impact = new ImpactInputs(0.05, 1_000);
                var less = SlippageForecast.Of(side, Math.Min(a, b) / 10m, 3_000, levels, impact)!.Value;
                var more = SlippageForecast.Of(side, Math.Max(a, b) / 10m, 3_000, levels, impact)!.Value;
                more.Move.ShouldBeGreaterThanOrEqualTo(less.Move - 1e-12m);
                less.Move.ShouldBeGreaterThanOrEqualTo(0);
            }
        }).QuickCheckThrowOnFailure();

    private static BookLevel Level(long price, long quantity) => new(price * Fixed8.One, quantity * Fixed8.One);
}
