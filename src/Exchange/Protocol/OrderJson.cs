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
    public static void Write(WireWriter w, SymbolFormat f, ExchangeOrder order, bool hasTime)
    {
        w.BeginObject().Name("orderId"u8).Number(order.OrderId).Name("symbol"u8).Text(f.Symbol).Name("status"u8).Value(VenueWords.Quoted(order.Status))
            .Name("clientOrderId"u8).Text(order.ClientOrderId).Name("price"u8).Decimal(order.Price, f.PriceScale)
            .Name("avgPrice"u8).Decimal(f.AveragePrice(order.ExecutedQuote, order.ExecutedQuantity), f.AverageScale)
            .Name("origQty"u8).Decimal(order.Quantity, f.QuantityScale).Name("executedQty"u8).Decimal(order.ExecutedQuantity, f.QuantityScale);
        // The venue tells cumQty of placements and cancellations only.
        if (!hasTime) w.Name("cumQty"u8).Decimal(order.ExecutedQuantity, f.QuantityScale);
        w.Name("cumQuote"u8).Decimal(order.ExecutedQuote, f.AverageScale).Name("timeInForce"u8).Value(VenueWords.Quoted(order.TimeInForce))
            .Name("type"u8).Value(VenueWords.Quoted(order.Type)).Name("reduceOnly"u8).Bool(order.ReduceOnly).Name("closePosition"u8).Bool(false)
            .Name("side"u8).Value(VenueWords.Quoted(order.Side)).Name("positionSide"u8).Value("\"BOTH\""u8).Name("stopPrice"u8).Decimal(0, f.PriceScale)
            .Name("workingType"u8).Value("\"CONTRACT_PRICE\""u8).Name("priceProtect"u8).Bool(false).Name("origType"u8).Value(VenueWords.Quoted(order.Type))
            .Name("priceMatch"u8).Value("\"NONE\""u8).Name("selfTradePreventionMode"u8).Value("\"NONE\""u8).Name("goodTillDate"u8).Number(0);
        if (hasTime) w.Name("time"u8).Number(order.CreatedMs);
        w.Name("updateTime"u8).Number(order.UpdatedMs).EndObject();
    }
}
