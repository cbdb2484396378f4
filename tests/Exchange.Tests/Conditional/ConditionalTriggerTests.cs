using Granary.Engine.Orders;
using Granary.Exchange.Conditional;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Conditional;

public class ConditionalTriggerTests
{
    [Theory]
    [InlineData(OrderSide.Buy, ConditionalType.StopMarket, 99.9, false)]
    [InlineData(OrderSide.Buy, ConditionalType.StopMarket, 100, true)]
    [InlineData(OrderSide.Sell, ConditionalType.Stop, 100.1, false)]
    [InlineData(OrderSide.Sell, ConditionalType.Stop, 100, true)]
    [InlineData(OrderSide.Buy, ConditionalType.TakeProfit, 100.1, false)]
    [InlineData(OrderSide.Buy, ConditionalType.TakeProfit, 100, true)]
    [InlineData(OrderSide.Sell, ConditionalType.TakeProfitMarket, 99.9, false)]
    [InlineData(OrderSide.Sell, ConditionalType.TakeProfitMarket, 100, true)]
    public void Stops_and_take_profits_look_at_one_price(OrderSide side, ConditionalType type, double price, bool expected) =>
        ConditionalTrigger.IsReached(Waiting(new NewConditionalOrder("S", side, type, 1, 100)), (decimal)price).ShouldBe(expected);

    [Fact]
    public void A_trailing_buy_triggers_when_the_price_comes_back_from_its_low_below_the_activation()
    {
        var order = Waiting(new NewConditionalOrder("S", OrderSide.Buy, ConditionalType.TrailingStopMarket, 1, 0) { ActivatePrice = 95, CallbackRate = 1 });
        Run(100, 96, 98, 95.5m).ShouldBeFalse();
        Run(95, 95.9m).ShouldBeFalse();
        Run(94, 94.93m).ShouldBeFalse();
        Run(94.94m).ShouldBeTrue();
        order.Extreme.ShouldBe(94);

        bool Run(params decimal[] prices)
        {
            var isReached = false;
            foreach (var price in prices)
            {
                order = ConditionalTrigger.Follow(order, price);
                isReached = ConditionalTrigger.IsReached(order, price);
            }
            return isReached;
        }
    }

    [Fact]
    public void A_trailing_sell_without_activation_is_armed_at_once()
    {
        var order = Waiting(new NewConditionalOrder("S", OrderSide.Sell, ConditionalType.TrailingStopMarket, 1, 0) { CallbackRate = 0.5m });
        order = ConditionalTrigger.Follow(ConditionalTrigger.Follow(order, 100), 200);
        ConditionalTrigger.IsReached(order, 199.01m).ShouldBeFalse();
        ConditionalTrigger.IsReached(order, 199).ShouldBeTrue();
    }

    [Theory]
    [InlineData(OrderSide.Buy, 100, true)]
    [InlineData(OrderSide.Buy, 99.9, false)]
    [InlineData(OrderSide.Sell, 100, true)]
    [InlineData(OrderSide.Sell, 100.1, false)]
    public void An_activation_on_the_wrong_side_is_reached_at_once(OrderSide side, double activate, bool expected) => ConditionalTrigger.IsReachedAtOnce(
        new NewConditionalOrder("S", side, ConditionalType.TrailingStopMarket, 1, 0) { ActivatePrice = (decimal)activate, CallbackRate = 1 }, 100).ShouldBe(expected);

    [Fact]
    public void Protection_holds_back_while_mark_and_last_are_apart()
    {
        var request = new NewConditionalOrder("S", OrderSide.Buy, ConditionalType.Stop, 1, 100) { PriceProtect = true };
        ConditionalTrigger.IsHeldBack(request, 100, 115).ShouldBeFalse();
        ConditionalTrigger.IsHeldBack(request, 100, 115.01m).ShouldBeTrue();
        ConditionalTrigger.IsHeldBack(request with { PriceProtect = false }, 100, 200).ShouldBeFalse();
    }

    private static ConditionalOrder Waiting(NewConditionalOrder request) => new(1, "c", request, ConditionalStatus.New, 0, 0);
}
