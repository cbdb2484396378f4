using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Conditional;

/// <summary>When a conditional order triggers. Pure: order and prices in, answer out.</summary>
internal static class ConditionalTrigger
{
    /// <summary>Largest difference of mark and last price, a fraction of the mark, at which a protected order triggers (triggerProtect).</summary>
    public const decimal ProtectRatio = 0.15m;

    /// <summary>The order with the extreme that a trailing stop has seen after this price.</summary>
    public static ConditionalOrder Follow(ConditionalOrder order, decimal price)
    {
        if (order.Request.Type != ConditionalType.TrailingStopMarket) return order;
        var isBeyond = order.Extreme == 0 || (order.Request.Side == OrderSide.Buy ? price < order.Extreme : price > order.Extreme);
        return isBeyond ? order with { Extreme = price } : order;
    }

    /// <summary>Whether the order triggers at this price of its working type; a trailing stop must have followed the price first.</summary>
    public static bool IsReached(ConditionalOrder order, decimal price)
    {
        var request = order.Request;
        var buys = request.Side == OrderSide.Buy;
        switch (request.Type)
        {
            case ConditionalType.Stop or ConditionalType.StopMarket:
                return buys ? price >= request.TriggerPrice : price <= request.TriggerPrice;
            case ConditionalType.TakeProfit or ConditionalType.TakeProfitMarket:
                return buys ? price <= request.TriggerPrice : price >= request.TriggerPrice;
            default:
                var isArmed = request.ActivatePrice == 0 || (buys ? order.Extreme <= request.ActivatePrice : order.Extreme >= request.ActivatePrice);
                var callback = request.CallbackRate / 100;
                return isArmed && (buys ? price >= order.Extreme * (1 + callback) : price <= order.Extreme * (1 - callback));
        }
    }

    /// <summary>Whether the trigger would be reached by a price that is there already: such orders are refused (-2021).</summary>
    public static bool IsReachedAtOnce(NewConditionalOrder request, decimal price)
    {
        if (request.Type != ConditionalType.TrailingStopMarket) return IsReached(new ConditionalOrder(0, "", request, ConditionalStatus.New, 0, 0), price);
        return request.ActivatePrice != 0 && (request.Side == OrderSide.Buy ? request.ActivatePrice >= price : request.ActivatePrice <= price);
    }

    /// <summary>Whether the trigger protection holds the order back.</summary>
    public static bool IsHeldBack(NewConditionalOrder request, decimal mark, decimal last) =>
        request.PriceProtect && mark != 0 && last != 0 && Math.Abs(mark - last) > mark * ProtectRatio;
}
