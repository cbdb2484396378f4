using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>The venue's rules on one order. Illegal numbers are denied by name, never rounded here.</summary>
internal static class OrderChecks
{
    internal static Refusal? Check(in OrderDraft draft, MarketContext market) =>
        Kind(in draft) ?? Quantity(draft.Quantity, draft.Type, market.Rules, IsPlacedInParts(in draft)) ?? Price(in draft, market) ?? Crossing(in draft, market)
            ?? Notional(in draft, market);

    /// <summary>An exit at market may be larger than the venue's largest order: it is placed in parts (<see cref="ParentOrder"/>), each within it.</summary>
    private static bool IsPlacedInParts(in OrderDraft draft) => draft.ReduceOnly && draft.Type == OrderType.Market;

    internal static Refusal? Quantity(decimal quantity, OrderType type, SymbolRules rules, bool isPlacedInParts = false)
    {
        var max = type == OrderType.Market ? rules.MarketQuantityMax : rules.QuantityMax;
        if (quantity <= 0 || quantity < rules.QuantityMin)
            return new Refusal(RefusalReason.QuantityBelowMin, $"quantity={Number.Text(quantity)} min={Number.Text(rules.QuantityMin)}");
        if (quantity > max && !isPlacedInParts) return new Refusal(RefusalReason.QuantityAboveMax, $"quantity={Number.Text(quantity)} max={Number.Text(max)}");
        if (quantity % rules.StepSize != 0)
            return new Refusal(RefusalReason.QuantityStep, $"quantity={Number.Text(quantity)} step={Number.Text(rules.StepSize)}");
        return IsPrinted(quantity, rules.QuantityPrecision)
            ? null
            : new Refusal(RefusalReason.QuantityPrecision, $"quantity={Number.Text(quantity)} decimals_max={rules.QuantityPrecision}");
    }

    /// <summary>Whether a number has no more decimals than the venue prints (-1111).</summary>
    internal static bool IsPrinted(decimal value, int decimals) => decimals >= 28 || decimal.Round(value, Math.Max(decimals, 0)) == value;

    /// <summary>A market order has no time in force: the venue takes none, so one that means something is a mistake.</summary>
    private static Refusal? Kind(in OrderDraft draft)
    {
        var isKnown = draft.Side is OrderSide.Buy or OrderSide.Sell && draft.Type switch
        {
            OrderType.Limit => draft.TimeInForce is TimeInForce.Gtc or TimeInForce.Ioc or TimeInForce.Fok or TimeInForce.Gtx,
            OrderType.Market => draft.TimeInForce is TimeInForce.Gtc or TimeInForce.Ioc,
            _ => false,
        };
        return isKnown ? null : new Refusal(RefusalReason.OrderTypeUnsupported, $"side={draft.Side} type={draft.Type} tif={draft.TimeInForce}");
    }

    private static Refusal? Price(in OrderDraft draft, MarketContext market)
    {
        if (draft.Type == OrderType.Market) return null;
        var rules = market.Rules;
        if (draft.Price is not { } price) return new Refusal(RefusalReason.PriceTick, $"price=none tick={Number.Text(rules.TickSize)}");
        if (price <= 0 || price < rules.PriceMin || price > rules.PriceMax)
            return new Refusal(RefusalReason.PriceRange, $"price={Number.Text(price)} min={Number.Text(rules.PriceMin)} max={Number.Text(rules.PriceMax)}");
        if (price % rules.TickSize != 0) return new Refusal(RefusalReason.PriceTick, $"price={Number.Text(price)} tick={Number.Text(rules.TickSize)}");
        if (!IsPrinted(price, rules.PricePrecision))
            return new Refusal(RefusalReason.PricePrecision, $"price={Number.Text(price)} decimals_max={rules.PricePrecision}");
        if (market.MarkPrice is not { } mark) return null;
        var isBuy = draft.Side == OrderSide.Buy;
        var bound = mark * (isBuy ? rules.MultiplierUp : rules.MultiplierDown);
        return (isBuy ? price > bound : price < bound)
            ? new Refusal(RefusalReason.PriceRange, $"price={Number.Text(price)} {(isBuy ? "max" : "min")}={Number.Text(bound)} mark={Number.Text(mark)}")
            : null;
    }

    private static Refusal? Crossing(in OrderDraft draft, MarketContext market)
    {
        if (!draft.IsPostOnly || draft.Price is not { } price) return null;
        if ((draft.Side == OrderSide.Buy ? market.AskPrice : market.BidPrice) is not { } opposite) return null;
        return (int)draft.Side * (price - opposite) >= 0
            ? new Refusal(
                RefusalReason.PostOnlyWouldCross, $"price={Number.Text(price)} {(draft.Side == OrderSide.Buy ? "ask" : "bid")}={Number.Text(opposite)}")
            : null;
    }

    private static Refusal? Notional(in OrderDraft draft, MarketContext market)
    {
        if (draft.ReduceOnly) return null;
        var notional = draft.Quantity * (draft.Price ?? market.MarkPrice ?? market.LastPrice);
        return notional < market.Rules.NotionalMin
            ? new Refusal(RefusalReason.NotionalBelowMin, $"notional={Number.Text(notional)} min={Number.Text(market.Rules.NotionalMin)}")
            : null;
    }
}
