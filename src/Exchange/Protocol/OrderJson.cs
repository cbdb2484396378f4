using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes an order as the order endpoints answer it.</summary>
internal static class OrderJson
{
    /// <summary>Writes the order.</summary>
    /// <param name="w">Receives the object.</param>
    /// <param name="f">The order's symbol.</param>
    /// <param name="order">What the exchange holds.</param>
    /// <param name="hasTime">Whether the creation time is told: by queries, not by placement and cancellation.</param>
    /// <param name="isAmended">Whether the answer is an amendment's, which names pair and modifyId.</param>
    public static void Write(WireWriter w, SymbolFormat f, ExchangeOrder order, bool hasTime, bool isAmended = false)
    {
        w.BeginObject().Name("orderId"u8).Number(order.OrderId).Name("symbol"u8).Text(f.Symbol).Name("status"u8).Value(VenueWords.Status(order))
            .Name("clientOrderId"u8).Text(order.ClientOrderId).Name("price"u8).Decimal(order.Price, f.PriceScale)
            .Name("avgPrice"u8).Decimal(f.AveragePrice(order.ExecutedQuote, order.ExecutedQuantity), f.AverageScale)
            .Name("origQty"u8).Decimal(order.Quantity, f.QuantityScale).Name("executedQty"u8).Decimal(order.ExecutedQuantity, f.QuantityScale);
        // The venue tells cumQty of placements and cancellations only.
        if (!hasTime) w.Name("cumQty"u8).Decimal(order.ExecutedQuantity, f.QuantityScale);
        w.Name("cumQuote"u8).Decimal(order.ExecutedQuote, f.AverageScale).Name("timeInForce"u8).Value(VenueWords.Force(order.TimeInForce, order.Terms))
            .Name("type"u8).Value(VenueWords.Quoted(order.Type)).Name("reduceOnly"u8).Bool(order.ReduceOnly).Name("closePosition"u8).Bool(order.Terms.ClosePosition)
            .Name("side"u8).Value(VenueWords.Quoted(order.Side)).Name("positionSide"u8).Value(VenueWords.Quoted(order.PositionSide))
            .Name("stopPrice"u8).Decimal(order.Terms.StopPrice, f.PriceScale)
            .Name("workingType"u8).Value("\"CONTRACT_PRICE\""u8).Name("priceProtect"u8).Bool(false).Name("origType"u8).Value(VenueWords.OriginalType(order))
            .Name("priceMatch"u8).Value(VenueWords.Quoted(order.Terms.PriceMatch))
            .Name("selfTradePreventionMode"u8).Value(VenueWords.Quoted(order.Terms.SelfTrade)).Name("goodTillDate"u8).Number(order.Terms.GoodTillMs);
        if (isAmended) w.Name("pair"u8).Text(f.Symbol).Name("modifyId"u8).Number((long)order.Terms.Amendments);
        if (hasTime) w.Name("time"u8).Number(order.CreatedMs);
        w.Name("updateTime"u8).Number(order.UpdatedMs).EndObject();
    }
}
