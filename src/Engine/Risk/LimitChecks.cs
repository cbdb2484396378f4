using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>The account's limits on an entry: what is held and in flight plus the order may not be above any of them.</summary>
internal static class LimitChecks
{
    internal static Refusal? Check(
        OrderRequest request, decimal price, in ExposureUse use, decimal equity, decimal wallet, int openOrders, int symbolOrders, MarketContext market,
        RiskLimits limits)
    {
        var notional = request.Quantity * price;
        if (notional > limits.NotionalMaxPerOrder) return Over(RefusalReason.NotionalAboveMax, notional, limits.NotionalMaxPerOrder);
        if (Distance(request, market, limits) is { } distance) return distance;
        if (use.Position + notional > limits.PositionEquityShareMax * equity)
            return Over(RefusalReason.PositionLimit, use.Position + notional, limits.PositionEquityShareMax * equity);
        if (use.Direction + notional > limits.DirectionEquityShareMax * equity)
            return Over(RefusalReason.DirectionLimit, use.Direction + notional, limits.DirectionEquityShareMax * equity);
        var gross = use.GrossWith(notional);
        if (gross > limits.GrossNotionalEquityMax * equity) return Over(RefusalReason.GrossNotionalLimit, gross, limits.GrossNotionalEquityMax * equity);
        var own = Math.Min(wallet, equity);
        if (gross > limits.LeverageMax * own) return Over(RefusalReason.LeverageLimit, gross, limits.LeverageMax * own);
        var margin = (gross / limits.MarginLeverage) + (notional * limits.TakerFeeRate);
        if (margin > equity)
            return new Refusal(RefusalReason.MarginInsufficient, $"margin={Number.Text(margin)} equity={Number.Text(equity)}");
        if (openOrders >= limits.OpenOrdersMax) return new Refusal(RefusalReason.OpenOrdersLimit, $"open={openOrders} max={limits.OpenOrdersMax}");
        return Venue(symbolOrders, market);
    }

    /// <summary>The venue's own count of open orders in a symbol; it holds for exits too.</summary>
    internal static Refusal? Venue(int symbolOrders, MarketContext market) => symbolOrders >= market.Rules.OrdersMax
        ? new Refusal(RefusalReason.OpenOrdersLimit, $"open={symbolOrders} max={market.Rules.OrdersMax} symbol={market.Rules.Symbol}")
        : null;

    /// <summary>A price far from the mark: a fat finger, or a book that has come loose. Market orders are judged by the price they would meet.</summary>
    internal static Refusal? Distance(OrderRequest request, MarketContext market, RiskLimits limits)
    {
        if (market.MarkPrice is not > 0) return null;
        var mark = market.MarkPrice.Value;
        var price = request.Price ?? (request.Side == OrderSide.Buy ? market.AskPrice : market.BidPrice) ?? market.LastPrice;
        return Math.Abs(price - mark) > limits.DistanceFromMarkMax * mark
            ? new Refusal(
                RefusalReason.DistanceFromMark, $"price={Number.Text(price)} mark={Number.Text(mark)} share_max={Number.Text(limits.DistanceFromMarkMax)}")
            : null;
    }

    private static Refusal Over(RefusalReason reason, decimal value, decimal max) =>
        new(reason, $"notional={Number.Text(value)} max={Number.Text(max)}");
}
