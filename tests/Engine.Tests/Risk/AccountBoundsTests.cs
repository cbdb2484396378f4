using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Where the account's limits begin when a book is held: exactly at the bound an order passes, a step beyond it is refused.</summary>
public sealed class AccountBoundsTests
{
    private const decimal Step = 0.001m;

    private static readonly RiskLimits Wide = new()
    {
        PositionEquityShareMax = 100,
        DirectionEquityShareMax = 100,
        GrossNotionalEquityMax = 100,
        LeverageMax = 100,
        MarginLeverage = 100,
        NotionalMaxPerOrder = 1_000_000,
        LiquidationDistanceMin = 0,
    };

    // Limits, side of the order, the largest quantity beside 5 ETHUSDT long at 100, the answer one step beyond.
    public static TheoryData<RiskLimits, OrderSide, decimal, RefusalReason> Bounds => new()
    {
        { Wide with { NotionalMaxPerOrder = 600 }, OrderSide.Sell, 6, RefusalReason.NotionalAboveMax },
        { new RiskLimits { DirectionEquityShareMax = 0.07m }, OrderSide.Buy, 2, RefusalReason.DirectionLimit },
        { new RiskLimits { GrossNotionalEquityMax = 0.06m }, OrderSide.Sell, 1, RefusalReason.GrossNotionalLimit },
        { new RiskLimits { GrossNotionalMax = 600 }, OrderSide.Sell, 1, RefusalReason.GrossNotionalAboveMax },
        { new RiskLimits { NetNotionalMax = 600 }, OrderSide.Buy, 1, RefusalReason.NetNotionalLimit },
        { Wide with { LeverageMax = 0.06m }, OrderSide.Sell, 1, RefusalReason.LeverageLimit },
        { Wide with { LiquidationDistanceMin = 1, MaintenanceRate = 0.25m }, OrderSide.Sell, 75, RefusalReason.LiquidationDistance },
        { Wide with { MarginLeverage = 1, TakerFeeRate = 0, MaintenanceRate = 0 }, OrderSide.Sell, 95, RefusalReason.MarginInsufficient },
        { Wide with { MarginLeverage = 1, TakerFeeRate = 0.01m, MaintenanceRate = 0 }, OrderSide.Sell, 94.059m, RefusalReason.MarginInsufficient },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void An_order_at_the_bound_passes_and_one_step_more_does_not(RiskLimits limits, OrderSide side, decimal quantity, RefusalReason beyond)
    {
        (Beside(limits, side, quantity), Beside(limits, side, quantity + Step)).ShouldBe((null, beyond));
    }

    [Theory]
    [InlineData(OrderSide.Buy, 98.0, null)]
    [InlineData(OrderSide.Buy, 97.9, RefusalReason.DistanceFromMark)]
    [InlineData(OrderSide.Sell, 102.0, null)]
    [InlineData(OrderSide.Sell, 102.1, RefusalReason.DistanceFromMark)]
    public void A_price_is_too_far_from_the_mark_on_either_side(OrderSide side, decimal price, RefusalReason? expected)
    {
        var s = new GateScene();
        (s.Decide(s.Entry(1, side) with { OrderType = OrderType.Limit, LimitPrice = price }).Refusal?.Reason).ShouldBe(expected);
    }

    [Fact]
    public void The_distance_from_the_mark_holds_for_limit_exits_and_not_for_market_exits_or_without_a_mark()
    {
        var s = new GateScene();
        s.Open(1);
        s.Decide(s.Exit() with { OrderType = OrderType.Limit, LimitPrice = 102.1m }).Refusal!.Reason.ShouldBe(RefusalReason.DistanceFromMark);
        s.Approve(s.Exit(0.4m), s.Market() with { BidPrice = 90, AskPrice = 91 });
        s.Approve(s.Exit(0.3m) with { OrderType = OrderType.Limit, LimitPrice = 110 }, s.Market() with { MarkPrice = null });
        s.Approve(s.Exit(0.3m) with { OrderType = OrderType.Limit, LimitPrice = 110 }, s.Market() with { MarkPrice = 0, Rules = GateScene.Rules() with { MultiplierDown = 0 } });
    }

    [Fact]
    public void An_order_is_valued_at_the_higher_of_its_price_and_the_last()
    {
        RefusalReason? At(decimal quantity, decimal price)
        {
            var s = new GateScene();
            return s.Decide(s.Entry(quantity) with { OrderType = OrderType.Limit, LimitPrice = price }).Refusal?.Reason;
        }
        (At(4.9m, 102), At(4.91m, 102)).ShouldBe((null, RefusalReason.PositionLimit));
        (At(5, 99), At(5.001m, 99)).ShouldBe((null, RefusalReason.PositionLimit));
    }

    [Fact]
    public void A_market_orders_limit_price_means_nothing()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry(5) with { LimitPrice = 1_000 });
        (order.Request.Price, s.Gate.View().LongNotional).ShouldBe((null, 500m));
    }

    [Fact]
    public void Data_may_be_as_old_as_the_limit()
    {
        var s = new GateScene();
        s.Decide(s.Entry(1), s.Market() with { DataAgeMs = 5_001 }).Refusal!.Detail.ShouldBe("age_ms=5001 max_ms=5000");
        s.Decide(s.Entry(1), s.Market() with { DataAgeMs = 5_000 }).IsApproved.ShouldBeTrue();
    }

    [Fact]
    public void One_quote_alone_makes_no_spread_and_a_limit_price_no_last_price()
    {
        var s = new GateScene();
        s.Decide(s.Entry(1) with { OrderType = OrderType.Limit, LimitPrice = 100 }, s.Market() with { LastPrice = 0 }).Refusal!.Reason.ShouldBe(RefusalReason.NoPrice);
        s.Decide(s.Entry(1), s.Market() with { LastPrice = -1 }).Refusal!.Reason.ShouldBe(RefusalReason.NoPrice);
        s.Approve(s.Entry(1), s.Market() with { BidPrice = 50 });
        s.Approve(s.Entry(1, symbol: "ETHUSDT"), s.Market(symbol: "ETHUSDT") with { AskPrice = 101 });
    }

    [Fact]
    public void A_stop_below_zero_is_none()
    {
        var s = new GateScene();
        s.Approve(s.Entry(1) with { Atr = 66.6 }).StopPrice.ShouldBe(0.1m);
        s.Approve(s.Entry(1, symbol: "ETHUSDT") with { Atr = 66.7 }).StopPrice.ShouldBeNull("100 - 1.5 * 66.7");
        s.Approve(s.Entry(1, OrderSide.Sell, "SOLUSDT") with { Atr = 66.7 }).StopPrice.ShouldBe(200.0m);
        s.Approve(s.Entry(1, OrderSide.Sell, "XRPUSDT") with { Atr = 0 }).StopPrice.ShouldBeNull();
    }

    [Fact]
    public void A_foreign_order_that_only_reduces_takes_nothing_from_an_exit()
    {
        var s = new GateScene();
        s.Open(2);
        s.Notify(s.Tracker().Apply(new OrderReport(
            "BTCUSDT", "web_1", 9, OrderStatus.New, OrderSide.Sell, OrderType.Limit, TimeInForce.Gtc, 2, 105, 0, 0, true, s.Now, null)));
        s.Approve(s.Exit()).Request.Quantity.ShouldBe(2);
        s.Gate.View().ShortNotional.ShouldBe(0, "orders that only reduce add nothing");
    }

    [Fact]
    public void Nothing_is_decided_for_a_symbol_without_a_name()
    {
        var s = new GateScene();
        s.Gate.Decide(s.Entry(1) with { Symbol = "" }, s.Market() with { Rules = GateScene.Rules("") }).Refusal!.Reason.ShouldBe(RefusalReason.UnknownSymbol);
    }

    [Fact]
    public void A_refusal_carries_the_related_markets_answer_too()
    {
        var s = new GateScene();
        s.Decide(s.Entry(9), s.Market() with { CrossMarketFlow = 0 }).CrossMarketAgrees.ShouldBe(true);
        s.Decide(s.Entry(9, OrderSide.Sell), s.Market() with { CrossMarketFlow = 0.1 }).CrossMarketAgrees.ShouldBe(false);
    }

    [Fact]
    public void An_equity_of_zero_or_less_opens_nothing()
    {
        foreach (var wallet in new[] { 0m, -1 })
        {
            var s = new GateScene(wallet: wallet);
            s.Decide(s.Entry(1)).Refusal.ShouldBe(new Refusal(RefusalReason.EquityUnknown, $"equity={wallet}"));
        }
    }

    private static RefusalReason? Beside(RiskLimits limits, OrderSide side, decimal quantity)
    {
        var s = new GateScene(limits);
        s.Open(5, symbol: "ETHUSDT");
        return s.Decide(s.Entry(quantity, side)).Refusal?.Reason;
    }
}
