using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Where each of the venue's rules on an order begins: at the bound an order passes, a step beyond it is refused.</summary>
public sealed class VenueBoundsTests
{
    private static readonly RiskLimits Wide = new()
    {
        PositionEquityShareMax = 100,
        DirectionEquityShareMax = 100,
        GrossNotionalEquityMax = 100,
        LeverageMax = 100,
        MarginLeverage = 100,
        NotionalMaxPerOrder = 1_000_000,
        PositionNotionalMax = 1_000_000,
        DistanceFromMarkMax = 1,
    };

    [Theory]
    [InlineData(0.001, null)]
    [InlineData(0.0009, RefusalReason.QuantityBelowMin)]
    [InlineData(0, RefusalReason.QuantityBelowMin)]
    [InlineData(-1, RefusalReason.QuantityBelowMin)]
    public void The_smallest_quantity_holds_for_exits_too(decimal quantity, RefusalReason? expected)
    {
        var s = new GateScene();
        s.Open(1);
        (s.Decide(s.Exit(quantity)).Refusal?.Reason).ShouldBe(expected);
    }

    [Fact]
    public void The_smallest_quantity_may_be_larger_than_the_step()
    {
        var s = new GateScene();
        var coarse = s.Market() with { Rules = GateScene.Rules() with { QuantityMin = 2 } };
        s.Decide(s.Entry(1.999m), coarse).Refusal!.Detail.ShouldBe("quantity=1.999 min=2");
        s.Decide(s.Entry(2), coarse).IsApproved.ShouldBeTrue();
    }

    [Theory]
    [InlineData(OrderType.Market, 500, null)]
    [InlineData(OrderType.Market, 500.001, RefusalReason.QuantityAboveMax)]
    [InlineData(OrderType.Limit, 1000, null)]
    [InlineData(OrderType.Limit, 1000.001, RefusalReason.QuantityAboveMax)]
    public void Market_and_limit_orders_have_largest_quantities_of_their_own(OrderType type, decimal quantity, RefusalReason? expected) =>
        Entry(quantity, type, type == OrderType.Limit ? 100 : null).ShouldBe(expected);

    [Fact]
    public void An_exit_at_market_may_be_larger_than_the_venues_largest_order_because_it_is_placed_in_parts()
    {
        var scene = new GateScene();
        scene.Gate.OnAdopt(new Engine.Positions.PositionReport("BTCUSDT", 1_200.5m, 100, 0, 0, 0, scene.Now));
        var exit = scene.Approve(scene.Exit(1_100.25m));
        (exit.Request.Quantity, exit.Request.ReduceOnly).ShouldBe((1_100.25m, true));

        // It may not be more than is held, nor a limit order that nobody cuts.
        scene.Decide(scene.Exit(200)).Refusal!.Reason.ShouldBe(RefusalReason.OrderInFlight);
        var other = new GateScene();
        other.Gate.OnAdopt(new Engine.Positions.PositionReport("BTCUSDT", 1_200.5m, 100, 0, 0, 0, other.Now));
        other.Decide(other.Exit(1_100) with { OrderType = OrderType.Limit, LimitPrice = 100, TimeInForce = TimeInForce.Gtc }).Refusal!.Reason
            .ShouldBe(RefusalReason.QuantityAboveMax);
    }

    [Theory]
    [InlineData(OrderSide.Buy, 105, null)]
    [InlineData(OrderSide.Buy, 105.1, RefusalReason.PriceRange)]
    [InlineData(OrderSide.Buy, 90, null)]
    [InlineData(OrderSide.Sell, 95, null)]
    [InlineData(OrderSide.Sell, 94.9, RefusalReason.PriceRange)]
    [InlineData(OrderSide.Sell, 110, null)]
    public void The_band_around_the_mark_price_binds_on_the_side_that_would_pay(OrderSide side, decimal price, RefusalReason? expected) =>
        Entry(1, OrderType.Limit, price, side).ShouldBe(expected);

    [Theory]
    [InlineData(1, null)]
    [InlineData(0.9, RefusalReason.PriceRange)]
    [InlineData(100_000, null)]
    [InlineData(100_000.1, RefusalReason.PriceRange)]
    [InlineData(0, RefusalReason.PriceRange)]
    [InlineData(-1, RefusalReason.PriceRange)]
    public void Without_a_mark_price_the_fixed_range_holds(decimal price, RefusalReason? expected) =>
        Entry(6, OrderType.Limit, price, change: market => market with { MarkPrice = null }).ShouldBe(expected);

    [Fact]
    public void A_price_range_names_its_bound()
    {
        var s = new GateScene(Wide);
        s.Decide(s.Entry(1) with { OrderType = OrderType.Limit, LimitPrice = 105.1m }).Refusal!.Detail.ShouldBe("price=105.1 max=105 mark=100");
        s.Decide(s.Entry(1, OrderSide.Sell) with { OrderType = OrderType.Limit, LimitPrice = 94.9m }).Refusal!.Detail.ShouldBe("price=94.9 min=95 mark=100");
    }

    [Fact]
    public void The_smallest_notional_is_that_of_the_orders_own_price_and_no_matter_for_exits()
    {
        Entry(0.051m, OrderType.Limit, 98).ShouldBe(RefusalReason.NotionalBelowMin, "0.051 at 98, not at 100");
        Entry(0.05m, OrderType.Limit, 100).ShouldBeNull();
        Entry(0.05m, OrderType.Market, null, change: market => market with { MarkPrice = 99 }).ShouldBe(RefusalReason.NotionalBelowMin, "a market order at the mark");
        Entry(0.05m, OrderType.Market, null, change: market => market with { MarkPrice = null }).ShouldBeNull("or at the last price");
    }

    [Theory]
    [InlineData(1.0, null)]
    [InlineData(0.9, RefusalReason.TriggerPrice)]
    [InlineData(0.0, RefusalReason.TriggerPrice)]
    public void A_trigger_price_is_in_the_venues_range(decimal trigger, RefusalReason? expected)
    {
        var s = new GateScene();
        s.Open(2);
        (s.Gate.CheckTrigger(new TriggerRequest("BTCUSDT", OrderSide.Sell, TriggerKind.Stop, trigger, 2), s.Market())?.Reason).ShouldBe(expected);
    }

    [Fact]
    public void The_largest_trigger_price_is_right()
    {
        var s = new GateScene();
        s.Open(2);
        s.Gate.CheckTrigger(new TriggerRequest("BTCUSDT", OrderSide.Sell, TriggerKind.TakeProfit, 100_000, 2), s.Market()).ShouldBeNull();
        s.Gate.CheckTrigger(new TriggerRequest("BTCUSDT", OrderSide.Sell, TriggerKind.TakeProfit, 100_000.1m, 2), s.Market())!.Reason
            .ShouldBe(RefusalReason.TriggerPrice);
    }

    [Fact]
    public void A_trigger_is_judged_by_the_mark_price_and_names_it()
    {
        var s = new GateScene();
        s.Open(2);
        var market = s.Market(price: 100) with { MarkPrice = 98 };
        s.Gate.CheckTrigger(new TriggerRequest("BTCUSDT", OrderSide.Sell, TriggerKind.Stop, 99, 2), market)
            .ShouldBe(new Refusal(RefusalReason.TriggerWouldFire, "trigger=99 price=98 side=Sell kind=Stop"));
    }

    [Fact]
    public void Exits_are_cut_to_one_order_of_their_type()
    {
        var s = new GateScene();
        s.Open(5);
        MarketContext Small() => s.Market() with { Rules = GateScene.Rules() with { MarketQuantityMax = 1, QuantityMax = 2 } };
        s.Approve(s.Exit(), Small()).Request.Quantity.ShouldBe(1);
        s.Approve(s.Exit() with { OrderType = OrderType.Limit, LimitPrice = 100 }, Small()).Request.Quantity.ShouldBe(2);
    }

    [Fact]
    public void Sizes_are_cut_to_one_order_of_their_type()
    {
        decimal Size(OrderType type)
        {
            var s = new GateScene();
            var small = s.Market() with { Rules = GateScene.Rules() with { MarketQuantityMax = 1.0005m, QuantityMax = 2.0009m } };
            return s.Approve(s.Entry() with { OrderType = type, LimitPrice = 100 }, small).Request.Quantity;
        }
        (Size(OrderType.Market), Size(OrderType.Limit)).ShouldBe((1m, 2m));
    }

    private static RefusalReason? Entry(
        decimal quantity, OrderType type, decimal? price, OrderSide side = OrderSide.Buy, Func<MarketContext, MarketContext>? change = null)
    {
        var s = new GateScene(Wide, wallet: 100_000);
        return s.Decide(s.Entry(quantity, side) with { OrderType = type, LimitPrice = price }, (change ?? (market => market))(s.Market())).Refusal?.Reason;
    }
}
