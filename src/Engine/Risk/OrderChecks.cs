using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>The venue's rules on one order. Illegal numbers are denied by name, never rounded here.</summary>
internal static class OrderChecks
{
    internal static Refusal? Check(OrderRequest request, SymbolRules rules, MarketContext market) =>
        Quantity(request, rules) ?? Price(request, rules, market) ?? Notional(request, rules, market);

    private static Refusal? Quantity(OrderRequest request, SymbolRules rules)
    {
        var quantity = request.Quantity;
        var max = request.Type == OrderType.Market ? rules.MarketQuantityMax : rules.QuantityMax;
        if (quantity <= 0 || quantity < rules.QuantityMin)
            return new Refusal(RefusalReason.QuantityBelowMin, $"quantity={Number.Text(quantity)} min={Number.Text(rules.QuantityMin)}");
        if (quantity > max) return new Refusal(RefusalReason.QuantityAboveMax, $"quantity={Number.Text(quantity)} max={Number.Text(max)}");
        if (quantity % rules.StepSize != 0)
            return new Refusal(RefusalReason.QuantityStep, $"quantity={Number.Text(quantity)} step={Number.Text(rules.StepSize)}");
        return null;
    }

    private static Refusal? Price(OrderRequest request, SymbolRules rules, MarketContext market)
    {
        if (request.Type == OrderType.Market) return null;
        if (request.Price is not { } price) return new Refusal(RefusalReason.PriceTick, $"price= tick={Number.Text(rules.TickSize)}");
        if (price <= 0 || price < rules.PriceMin || price > rules.PriceMax)
            return new Refusal(RefusalReason.PriceRange, $"price={Number.Text(price)} min={Number.Text(rules.PriceMin)} max={Number.Text(rules.PriceMax)}");
        if (price % rules.TickSize != 0) return new Refusal(RefusalReason.PriceTick, $"price={Number.Text(price)} tick={Number.Text(rules.TickSize)}");
        if (market.MarkPrice is not { } mark) return null;
        var isBuy = request.Side == OrderSide.Buy;
        var bound = mark * (isBuy ? rules.MultiplierUp : rules.MultiplierDown);
        return (isBuy ? price > bound : price < bound)
            ? new Refusal(RefusalReason.PriceRange, $"price={Number.Text(price)} {(isBuy ? "max" : "min")}={Number.Text(bound)} mark={Number.Text(mark)}")
            : null;
    }

    private static Refusal? Notional(OrderRequest request, SymbolRules rules, MarketContext market)
    {
        if (request.ReduceOnly) return null;
        var notional = request.Quantity * (request.Price ?? market.MarkPrice ?? market.LastPrice);
        return notional < rules.NotionalMin
            ? new Refusal(RefusalReason.NotionalBelowMin, $"notional={Number.Text(notional)} min={Number.Text(rules.NotionalMin)}")
            : null;
    }
}
