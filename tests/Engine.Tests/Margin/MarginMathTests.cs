using Granary.Engine.Margin;
using Granary.Engine.Orders;

namespace Granary.Engine.Tests.Margin;

public sealed class MarginMathTests
{
    [Fact]
    public void The_venues_example_of_the_cost_to_open_comes_out()
    {
        MarginMath.Initial(9_253.30m, 20).ShouldBe(462.665m);
        MarginMath.OpenLoss(OrderSide.Buy, 1, 9_253.30m, 9_259.84m).ShouldBe(0);
        MarginMath.OpenLoss(OrderSide.Sell, 1, 9_253.30m, 9_259.84m).ShouldBe(6.54m);
        MarginMath.CostToOpen(OrderSide.Buy, 1, 9_253.30m, 9_259.84m, 20).ShouldBe(462.665m);
        MarginMath.CostToOpen(OrderSide.Sell, 1, 9_253.30m, 9_259.84m, 20).ShouldBe(469.205m);
    }

    [Fact]
    public void The_assumed_price_of_a_sell_is_the_highest_of_three()
    {
        MarginMath.AssumedPrice(OrderSide.Buy, 99, 100, 101).ShouldBe(99);
        MarginMath.AssumedPrice(OrderSide.Buy, null, 100, 101).ShouldBe(100.05m);
        MarginMath.AssumedPrice(OrderSide.Sell, 99, 100, 100).ShouldBe(100.15m);
        MarginMath.AssumedPrice(OrderSide.Sell, 99, 100, 101).ShouldBe(101);
        MarginMath.AssumedPrice(OrderSide.Sell, 102, 100, 101).ShouldBe(102);
        MarginMath.AssumedPrice(OrderSide.Sell, null, 100, 99).ShouldBe(100.15m);
    }

    [Fact]
    public void Open_orders_are_netted_with_the_position()
    {
        MarginMath.NettedNotional(100, 50, 30).ShouldBe(150);
        MarginMath.NettedNotional(100, 0, 250).ShouldBe(150);
        MarginMath.NettedNotional(-100, 50, 30).ShouldBe(130);
        MarginMath.NettedNotional(0, 0, 0).ShouldBe(0);
    }

    [Fact]
    public void Available_ratio_and_distance()
    {
        MarginMath.Available(1_000, -100, 300, 200).ShouldBe(400);
        MarginMath.Available(100, -100, 300, 200).ShouldBe(0);
        MarginMath.Ratio(50, 200).ShouldBe(0.25m);
        MarginMath.Ratio(50, 0).ShouldBeNull();
        MarginMath.LiquidationDistance(1_000, 50, 2_000).ShouldBe(0.475m);
        MarginMath.LiquidationDistance(40, 50, 100).ShouldBe(-0.1m);
        MarginMath.LiquidationDistance(40, 0, 0).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => MarginMath.Initial(1, 0.5m));
    }
}
