using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>The checks of an order that need no book and no wallet: symbol filters and the shape of the client id.</summary>
internal static class OrderChecks
{
    public const int ClientIdLengthMax = 36;

    /// <summary>Throws the venue's refusal for the first filter that the order breaks.</summary>
    /// <param name="rules">The symbol's filters.</param>
    /// <param name="order">The order.</param>
    /// <param name="mark">Mark price; 0 when there is none yet, then price bands are not checked.</param>
    /// <exception cref="ExchangeException">-4140, -1100, -4015, -1111, -4001 to -4005, -4013, -4014, -4016, -4023, -4024, -4164.</exception>
    public static void Filters(SymbolRules rules, NewOrder order, decimal mark)
    {
        if (!rules.IsTrading) throw Refusals.NotTrading();
        ClientId(order.ClientOrderId);
        Quantity(rules, order);
        var isLimit = order.Type == OrderType.Limit;
        if (isLimit) Price(rules, order, mark);
        if (order.ReduceOnly || AccountOrder.Reduces(order.PositionSide, order.Side)) return;
        var reference = isLimit ? order.Price : mark;
        if (reference != 0 && reference * order.Quantity < rules.NotionalMin) throw Refusals.NotionalTooSmall(rules.NotionalMin);
    }

    private static void ClientId(string? id)
    {
        if (id is null) return;
        if (id.Length > ClientIdLengthMax) throw Refusals.ClientIdTooLong();
        if (id.Length == 0) throw Refusals.BadClientIdCharacters();
        foreach (var c in id)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or ':' or '/' or '_' or '-')) throw Refusals.BadClientIdCharacters();
    }

    private static void Quantity(SymbolRules rules, NewOrder order)
    {
        var quantity = order.Quantity;
        if (quantity <= 0) throw Refusals.QuantityNotPositive();
        if (quantity < rules.QuantityMin) throw Refusals.QuantityBelowMin();
        if (quantity > (order.Type == OrderType.Market ? rules.MarketQuantityMax : rules.QuantityMax)) throw Refusals.QuantityAboveMax();
        if (decimal.Round(quantity, rules.QuantityPrecision) != quantity) throw Refusals.Precision();
        if (quantity % rules.StepSize != 0) throw Refusals.QuantityOffStep();
    }

    private static void Price(SymbolRules rules, NewOrder order, decimal mark)
    {
        var price = order.Price;
        if (price <= 0) throw Refusals.PriceNotPositive();
        if (price > rules.PriceMax) throw Refusals.PriceAboveMax();
        if (price < rules.PriceMin) throw Refusals.PriceBelowMin();
        if (decimal.Round(price, rules.PricePrecision) != price) throw Refusals.Precision();
        if (price % rules.TickSize != 0) throw Refusals.PriceOffTick();
        if (mark == 0) return;
        var top = mark * rules.MultiplierUp;
        var bottom = mark * rules.MultiplierDown;
        if (order.Side == OrderSide.Buy && price > top) throw Refusals.PriceAboveBand(rules.FloorPrice(top));
        if (order.Side == OrderSide.Sell && price < bottom) throw Refusals.PriceBelowBand(rules.CeilingPrice(bottom));
    }
}
