using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Orders and fills of the account that asks.</summary>
internal static class RestOrderEndpoints
{
    private const long WeekMs = 7 * 86_400_000L;
    private const int MoneyScale = 8;
    private const int PageMax = 1000;

    public static void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        Add("POST", "/fapi/v1/order", _ => 0, Place, isOrder: true);
        Add("DELETE", "/fapi/v1/order", _ => 1, Cancel);
        Add("GET", "/fapi/v1/order", _ => 1, c => Query(c, isOpenOnly: false));
        Add("GET", "/fapi/v1/openOrder", _ => 1, c => Query(c, isOpenOnly: true));
        Add("GET", "/fapi/v1/openOrders", p => p.Find("symbol") is null ? 40 : 1, OpenOrders);
        Add("DELETE", "/fapi/v1/allOpenOrders", _ => 1, CancelAll);
        Add("GET", "/fapi/v1/userTrades", _ => 5, UserTrades);

        void Add(string method, string path, Func<RequestParameters, int> weight, Action<RestRequestContext> answer, bool isOrder = false) =>
            routes.Add((method, path), new RestRoute(RestSecurity.Signed, weight, isOrder, answer));
    }

    private static void Place(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var wantsResult = OrderRequestParser.WantsResult(c.Parameters);
        var order = c.Exchange.Place(c.Account.Name, OrderRequestParser.Parse(c.Parameters, symbol));
        // An acknowledgement says that the order was taken, not what became of it, even where that is known already.
        if (!wantsResult) order = order with { Status = OrderStatus.New, ExecutedQuantity = 0, ExecutedQuote = 0, UpdatedMs = order.CreatedMs };
        OrderJson.Write(c.Writer, symbol, order, hasTime: false);
    }

    private static void Cancel(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var (orderId, clientOrderId) = OrderIds(c.Parameters);
        OrderJson.Write(c.Writer, symbol, c.Exchange.Cancel(c.Account.Name, symbol.Symbol, orderId, clientOrderId), hasTime: false);
    }

    private static void Query(RestRequestContext c, bool isOpenOnly)
    {
        var symbol = c.RequireSymbol();
        var (orderId, clientOrderId) = OrderIds(c.Parameters);
        var order = c.Exchange.GetOrder(c.Account.Name, symbol.Symbol, orderId, clientOrderId);
        if (isOpenOnly && order.Status is not (OrderStatus.New or OrderStatus.PartiallyFilled)) throw VenueErrors.OrderNotFound();
        OrderJson.Write(c.Writer, symbol, order, hasTime: true);
    }

    private static void OpenOrders(RestRequestContext c)
    {
        var symbol = c.FindSymbol();
        c.Writer.BeginArray();
        foreach (var order in c.Exchange.GetOpenOrders(c.Account.Name, symbol?.Symbol))
        {
            OrderJson.Write(c.Writer, c.Symbols.Get(order.Symbol), order, hasTime: true);
        }
        c.Writer.EndArray();
    }

    private static void CancelAll(RestRequestContext c)
    {
        c.Exchange.CancelAll(c.Account.Name, c.RequireSymbol().Symbol);
        c.Writer.BeginObject().Name("code"u8).Number(200).Name("msg"u8).Text("The operation of cancel all open order is done.").EndObject();
    }

    private static void UserTrades(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var limit = c.Parameters.Limit(500, PageMax);
        var (fromId, startMs, endMs) = (c.Parameters.FindLong("fromId"), c.Parameters.FindLong("startTime"), c.Parameters.FindLong("endTime"));
        if (fromId is not null && (startMs is not null || endMs is not null)) throw VenueErrors.NotRequired(startMs is null ? "endTime" : "startTime");
        c.Writer.BeginArray();
        foreach (var fill in Select(c, symbol, fromId, startMs, endMs, limit))
        {
            c.Writer.BeginObject().Name("symbol"u8).Text(symbol.Symbol).Name("id"u8).Number(fill.TradeId).Name("orderId"u8).Number(fill.OrderId)
                .Name("side"u8).Value(VenueWords.Quoted(fill.Side)).Name("price"u8).Decimal(fill.Price, symbol.PriceScale)
                .Name("qty"u8).Decimal(fill.Quantity, symbol.QuantityScale).Name("realizedPnl"u8).Decimal(fill.RealizedPnl, MoneyScale)
                .Name("quoteQty"u8).Decimal(fill.Price * fill.Quantity, symbol.AverageScale).Name("commission"u8).Decimal(fill.Fee, MoneyScale)
                .Name("commissionAsset"u8).Text(symbol.QuoteAsset).Name("time"u8).Number(fill.TimeMs).Name("positionSide"u8).Value("\"BOTH\""u8)
                .Name("maker"u8).Bool(fill.IsMaker).Name("buyer"u8).Bool(fill.Side == OrderSide.Buy).EndObject();
        }
        c.Writer.EndArray();
    }

    /// <summary>
    /// From an id: the next ones. From a start: the first ones after it, seven days at most. Otherwise the latest of seven days. Oldest first in all cases.
    /// </summary>
    private static IEnumerable<ExchangeFill> Select(RestRequestContext c, SymbolFormat symbol, long? fromId, long? startMs, long? endMs, int limit)
    {
        var orderId = c.Parameters.FindLong("orderId");
        if (fromId is { } id)
        {
            var first = UserTradePages.Read(c.Exchange, c.Account.Name, symbol.Symbol, Math.Max(0, id));
            return first.Where(fill => orderId is null || fill.OrderId == orderId).Take(limit);
        }
        var end = endMs ?? (startMs is { } s ? s + WeekMs : long.MaxValue);
        var start = startMs ?? (endMs ?? c.Exchange.MarketTimeMs) - WeekMs;
        if (end - start > WeekMs && endMs is not null) throw VenueErrors.InvalidParameter("endTime");
        var within = UserTradePages.Read(c.Exchange, c.Account.Name, symbol.Symbol, 0)
            .Where(fill => fill.TimeMs >= start && fill.TimeMs <= end && (orderId is null || fill.OrderId == orderId));
        return startMs is null ? within.TakeLast(limit) : within.Take(limit);
    }

    private static (long OrderId, string? ClientOrderId) OrderIds(RequestParameters parameters)
    {
        var orderId = parameters.FindLong("orderId") ?? 0;
        var clientOrderId = parameters.Find("origClientOrderId");
        return orderId == 0 && clientOrderId is null ? throw VenueErrors.OrderIdMissing() : (orderId, clientOrderId);
    }
}
