using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Which results count for a strategy: the losing streak and the Kelly window know its own trades only.</summary>
public sealed class StrategyTradeTests
{
    private readonly GateScene _scene = new();
    private long _tradeId = 50_000;

    [Fact]
    public void A_losing_trade_of_a_strategy_counts()
    {
        _scene.Trade(-1);
        _scene.Gate.View().LossStreak.ShouldBe(1);
        _scene.Trade(1);
        _scene.Gate.View().LossStreak.ShouldBe(0);
    }

    [Fact]
    public void A_trade_made_by_hand_counts_for_nobody()
    {
        Foreign("web_1", OrderSide.Buy, 1, 100, TrackedOrder.External);
        Foreign("web_2", OrderSide.Sell, 1, 90, TrackedOrder.External);
        Foreign("web_3", OrderSide.Buy, 1, 100, "");
        Foreign("web_4", OrderSide.Sell, 1, 90, "");
        _scene.Gate.View().LossStreak.ShouldBe(0);
        Multiplier().ShouldBe(1);
        _scene.Gate.View().DayRealizedPnl.ShouldBe(-20, "it is a loss of the day all the same");
    }

    [Theory]
    [InlineData("autoclose-1717200000000-1")]
    [InlineData("adl_autoclose")]
    [InlineData("settlement_autoclose-1")]
    public void What_the_venue_closes_by_itself_counts_for_nobody(string id)
    {
        _scene.Open(1);
        Foreign(id, OrderSide.Sell, 0.4m, 80, TrackedOrder.External);
        Foreign(id, OrderSide.Sell, 0.6m, 80, TrackedOrder.External);
        _scene.Gate.View().LossStreak.ShouldBe(0);

        // The next trade is the strategy's own again.
        _scene.Trade(-1);
        _scene.Gate.View().LossStreak.ShouldBe(1);
    }

    [Fact]
    public void What_is_added_by_hand_leaves_the_strategys_result_alone()
    {
        _scene.Open(1);
        Foreign("web_1", OrderSide.Buy, 3, 110, TrackedOrder.External);
        var exit = _scene.Approve(_scene.Exit(1));
        _scene.Fill(exit, price: 105);

        // Bought at 100 and sold at 105: a win, though the position's average was far above.
        _scene.Gate.View().LossStreak.ShouldBe(0);
        Foreign("web_2", OrderSide.Sell, 3, 90, TrackedOrder.External);
        _scene.Gate.View().LossStreak.ShouldBe(0);
        _scene.Open(1);
        Foreign("web_3", OrderSide.Buy, 3, 80, TrackedOrder.External);
        _scene.Fill(_scene.Approve(_scene.Exit(1)), price: 99);
        _scene.Gate.View().LossStreak.ShouldBe(1);
    }

    [Fact]
    public void A_stop_that_rested_at_the_venue_is_the_strategys_own_although_no_order_of_it_is_in_flight_here()
    {
        _scene.Open(1);
        Foreign("g/main/momentum/9.1", OrderSide.Sell, 1, 99, "momentum");
        _scene.Gate.View().LossStreak.ShouldBe(1);
    }

    [Fact]
    public void A_position_that_nothing_explains_ends_the_trade_uncounted()
    {
        _scene.Open(1);
        _scene.Gate.OnAdopt(new PositionReport("BTCUSDT", 0, 0, 0, 0, 0, _scene.Now));
        _scene.Open(2);
        _scene.Gate.OnAdopt(new PositionReport("BTCUSDT", 1, 100, 0, 0, 0, _scene.Now));
        _scene.Fill(_scene.Approve(_scene.Exit(1)), fee: 5);
        _scene.Gate.View().LossStreak.ShouldBe(0);
    }

    [Fact]
    public void The_running_trade_survives_a_restart()
    {
        _scene.Open(1);
        Foreign("web_1", OrderSide.Sell, 0.5m, 90, TrackedOrder.External);
        _scene.Restart();
        _scene.Fill(_scene.Approve(_scene.Exit(0.5m)), price: 90);
        _scene.Gate.View().LossStreak.ShouldBe(0, "somebody else closed a part of it");
        _scene.Open(1);
        _scene.Restart();
        _scene.Fill(_scene.Approve(_scene.Exit()), price: 99);
        _scene.Gate.View().LossStreak.ShouldBe(1);
    }

    private decimal Multiplier() => _scene.Gate.View().SizeMultiplier;

    private void Foreign(string id, OrderSide side, decimal quantity, decimal price, string owner) => _scene.Gate.OnFill(
        new Fill("BTCUSDT", ++_tradeId, id, 7_000 + _tradeId, side, price, quantity, 0, "USDT", 0, IsMaker: false, ++_scene.Now), owner).ShouldBeTrue();
}
