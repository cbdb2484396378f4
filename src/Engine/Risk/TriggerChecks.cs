using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>The rules on protective conditional orders: they only reduce, lie on the tick, and do not fire at once (-2021).</summary>
internal static class TriggerChecks
{
    internal static Refusal? Check(TriggerRequest request, decimal position, SymbolRules rules, MarketContext market) =>
        Reduces(request, position, rules) ?? Price(request.TriggerPrice, rules) ?? Side(request, market);

    private static Refusal? Reduces(TriggerRequest request, decimal position, SymbolRules rules)
    {
        if (position == 0) return new Refusal(RefusalReason.ReduceOnlyNoPosition, $"symbol={request.Symbol}");
        if (Math.Sign(position) != -(int)request.Side)
            return new Refusal(RefusalReason.ReduceOnlyWouldIncrease, $"side={request.Side} position={Number.Text(position)}");
        if (request.Quantity is not { } quantity) return null;
        return quantity > Math.Abs(position)
            ? new Refusal(RefusalReason.ReduceOnlyWouldIncrease, $"quantity={Number.Text(quantity)} position={Number.Text(position)}")
            : OrderChecks.Quantity(quantity, OrderType.Market, rules);
    }

    private static Refusal? Price(decimal price, SymbolRules rules) =>
        price <= 0 || price < rules.PriceMin || price > rules.PriceMax || price % rules.TickSize != 0 || !OrderChecks.IsPrinted(price, rules.PricePrecision)
            ? new Refusal(
                RefusalReason.TriggerPrice,
                $"trigger={Number.Text(price)} tick={Number.Text(rules.TickSize)} min={Number.Text(rules.PriceMin)} max={Number.Text(rules.PriceMax)} "
                + $"decimals_max={rules.PricePrecision}")
            : null;

    private static Refusal? Side(TriggerRequest request, MarketContext market)
    {
        var reference = market.MarkPrice is > 0 ? market.MarkPrice.Value : market.LastPrice;
        if (reference <= 0) return new Refusal(RefusalReason.NoPrice, $"symbol={request.Symbol}");

        // A stop follows the order's side away from the market (a sell stop lies below), a take profit lies against it.
        var above = (int)request.Side * (request.Kind == TriggerKind.Stop ? 1 : -1);
        return above * (request.TriggerPrice - reference) <= 0
            ? new Refusal(
                RefusalReason.TriggerWouldFire,
                $"trigger={Number.Text(request.TriggerPrice)} price={Number.Text(reference)} side={request.Side} kind={request.Kind}")
            : null;
    }
}
