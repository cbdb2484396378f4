using System.Globalization;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes conditional orders: the algo endpoints' answers and ALGO_UPDATE.</summary>
internal static class AlgoJson
{
    /// <summary>Writes the order as the endpoints answer it.</summary>
    /// <param name="w">Receives the object.</param>
    /// <param name="f">The order's symbol.</param>
    /// <param name="order">What the exchange holds.</param>
    /// <param name="isQuery">Whether the answer tells the placed order: queries do, placement does not.</param>
    public static void Write(WireWriter w, SymbolFormat f, ConditionalOrder order, bool isQuery)
    {
        var request = order.Request;
        w.BeginObject().Name("algoId"u8).Number(order.AlgoId).Name("clientAlgoId"u8).Text(order.ClientAlgoId)
            .Name("algoType"u8).Value("\"CONDITIONAL\""u8).Name("orderType"u8).Value(VenueWords.Quoted(request.Type)).Name("symbol"u8).Text(f.Symbol)
            .Name("side"u8).Value(VenueWords.Quoted(request.Side)).Name("positionSide"u8).Value(VenueWords.Quoted(request.PositionSide))
            .Name("timeInForce"u8).Value(VenueWords.Force(request.TimeInForce, request.Terms)).Name("quantity"u8).Decimal(request.Quantity, f.QuantityScale)
            .Name("algoStatus"u8).Value(VenueWords.Quoted(order.Status));
        if (isQuery)
        {
            w.Name("actualOrderId"u8).Text(OrderId(order)).Name("actualPrice"u8).Decimal(Average(f, order), f.AverageScale)
                .Name("actualQty"u8).Decimal(order.ExecutedQuantity, f.QuantityScale);
        }
        w.Name("triggerPrice"u8).Decimal(request.TriggerPrice, f.PriceScale).Name("price"u8).Decimal(request.Price, f.PriceScale)
            .Name("icebergQuantity"u8).Value("null"u8);
        if (isQuery)
        {
            w.Name("tpTriggerPrice"u8).Decimal(0, f.PriceScale).Name("tpPrice"u8).Decimal(0, f.PriceScale).Name("slTriggerPrice"u8).Decimal(0, f.PriceScale)
                .Name("slPrice"u8).Decimal(0, f.PriceScale).Name("tpOrderType"u8).Value("\"\""u8);
        }
        w.Name("selfTradePreventionMode"u8).Value(VenueWords.Quoted(request.Terms.SelfTrade))
            .Name("workingType"u8).Value(VenueWords.Quoted(request.WorkingType)).Name("priceMatch"u8).Value(VenueWords.Quoted(request.Terms.PriceMatch))
            .Name("closePosition"u8).Bool(request.ClosePosition).Name("priceProtect"u8).Bool(request.PriceProtect)
            .Name("reduceOnly"u8).Bool(request.ReduceOnly).Name("activatePrice"u8).Text(Optional(request.ActivatePrice))
            .Name("callbackRate"u8).Text(Optional(request.CallbackRate)).Name("createTime"u8).Number(order.CreatedMs)
            .Name("updateTime"u8).Number(order.UpdatedMs).Name("triggerTime"u8).Number(order.TriggeredMs)
            .Name("goodTillDate"u8).Number(request.Terms.GoodTillMs).EndObject();
    }

    /// <summary>ALGO_UPDATE. What the placed order did is told once there is one, why there is none when there is a reason.</summary>
    public static WireWriter Event(WireWriter w, SymbolFormat f, ConditionalOrder order, long nowMs)
    {
        var request = order.Request;
        w.Reset().BeginObject().Name("e"u8).Value("\"ALGO_UPDATE\""u8).Name("T"u8).Number(order.UpdatedMs).Name("E"u8).Number(nowMs).Name("o"u8).BeginObject()
            .Name("caid"u8).Text(order.ClientAlgoId).Name("aid"u8).Number(order.AlgoId).Name("at"u8).Value("\"CONDITIONAL\""u8)
            .Name("o"u8).Value(VenueWords.Quoted(request.Type)).Name("s"u8).Text(f.Symbol).Name("S"u8).Value(VenueWords.Quoted(request.Side))
            .Name("ps"u8).Value(VenueWords.Quoted(request.PositionSide)).Name("f"u8).Value(VenueWords.Force(request.TimeInForce, request.Terms))
            .Name("q"u8).Decimal(request.Quantity, f.QuantityScale).Name("X"u8).Value(VenueWords.Quoted(order.Status)).Name("ai"u8).Text(OrderId(order));
        if (order.OrderId != 0)
        {
            w.Name("ap"u8).Decimal(Average(f, order), f.AverageScale).Name("aq"u8).Decimal(order.ExecutedQuantity, f.QuantityScale)
                .Name("act"u8).Value(request.Type is ConditionalType.Stop or ConditionalType.TakeProfit ? "\"LIMIT\""u8 : "\"MARKET\""u8);
        }
        w.Name("tp"u8).Decimal(request.TriggerPrice, f.PriceScale).Name("p"u8).Decimal(request.Price, f.PriceScale)
            .Name("V"u8).Value(VenueWords.Quoted(request.Terms.SelfTrade)).Name("wt"u8).Value(VenueWords.Quoted(request.WorkingType))
            .Name("pm"u8).Value(VenueWords.Quoted(request.Terms.PriceMatch)).Name("cp"u8).Bool(request.ClosePosition)
            .Name("pP"u8).Bool(request.PriceProtect).Name("R"u8).Bool(request.ReduceOnly).Name("tt"u8).Number(order.TriggeredMs)
            .Name("gtd"u8).Number(request.Terms.GoodTillMs);
        if (order.Reason is { } reason) w.Name("rm"u8).Text(reason);
        return w.EndObject().EndObject();
    }

    /// <summary>The retired event for a conditional order whose order was refused.</summary>
    public static WireWriter TriggerReject(WireWriter w, SymbolFormat f, ConditionalOrder order, long nowMs) => w.Reset().BeginObject()
        .Name("e"u8).Value("\"CONDITIONAL_ORDER_TRIGGER_REJECT\""u8).Name("E"u8).Number(nowMs).Name("T"u8).Number(order.UpdatedMs).Name("or"u8).BeginObject()
        .Name("s"u8).Text(f.Symbol).Name("i"u8).Number(order.AlgoId).Name("r"u8).Text(order.Reason ?? "").EndObject().EndObject();

    private static string OrderId(ConditionalOrder order) => order.OrderId == 0 ? "" : order.OrderId.ToString(CultureInfo.InvariantCulture);

    private static decimal Average(SymbolFormat f, ConditionalOrder order) => f.AveragePrice(order.ExecutedQuote, order.ExecutedQuantity);

    private static string Optional(decimal value) => value == 0 ? "" : value.ToString("0.########", CultureInfo.InvariantCulture);
}
