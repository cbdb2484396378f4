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
        Add("PUT", "/fapi/v1/order", _ => 1, Amend, isOrder: true);
        Add("GET", "/fapi/v1/orderAmendment", _ => 1, Amendments);
        Add("GET", "/fapi/v1/allOrders", _ => 5, AllOrders);
        Add("POST", "/fapi/v1/countdownCancelAll", _ => 10, Countdown);
        Add("POST", "/fapi/v1/order/test", _ => 0, Test);
        Add("GET", "/fapi/v1/userTrades", _ => 5, UserTrades);

        void Add(string method, string path, Func<RequestParameters, int> weight, Action<RestRequestContext> answer, bool isOrder = false) =>
            routes.Add((method, path), new RestRoute(RestSecurity.Signed, weight, isOrder, answer));
    }

    private static void Place(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var wantsResult = OrderRequestParser.WantsResult(c.Parameters);
        var order = c.Exchange.Place(c.Account.Name, OrderRequestParser.Parse(c.Parameters, symbol, c.NowMs));
        if (!wantsResult) order = Acknowledged(order);
        OrderJson.Write(c.Writer, symbol, order, hasTime: false);
    }

    /// <summary>An acknowledgement says that the order was taken, not what became of it, even where that is known already.</summary>
    public static ExchangeOrder Acknowledged(ExchangeOrder order) => order with
    {
        Status = OrderStatus.New,
        ExecutedQuantity = 0,
        ExecutedQuote = 0,
        UpdatedMs = order.CreatedMs,
        Terms = order.Terms with { EndedInMatch = false },
    };

    /// <summary>Reads an amendment.</summary>
    /// <exception cref="ExchangeException">A parameter is missing or malformed.</exception>
    public static OrderAmendRequest ParseAmend(RequestParameters parameters, SymbolFormat symbol)
    {
        var (orderId, clientOrderId) = OrderIds(parameters);
        var side = OrderRequestParser.Side(parameters.Require("side"));
        var match = OrderRequestParser.Match(parameters);
        return new OrderAmendRequest(
            symbol.Symbol, orderId, clientOrderId, side, OrderRequestParser.Quantity(parameters, symbol), OrderRequestParser.Price(parameters, symbol, match), match);
    }

    private static void Amend(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        OrderJson.Write(c.Writer, symbol, c.Exchange.Amend(c.Account.Name, ParseAmend(c.Parameters, symbol)), hasTime: false, isAmended: true);
    }

    /// <summary>The order's checks that need no market; nothing is placed.</summary>
    private static void Test(RestRequestContext c)
    {
        OrderRequestParser.Parse(c.Parameters, c.RequireSymbol(), c.NowMs);
        c.Writer.BeginObject().EndObject();
    }

    /// <summary>Newest first, as the venue answers them.</summary>
    private static void Amendments(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var limit = c.Parameters.Limit(50, 100);
        var (orderId, clientOrderId) = (c.Parameters.FindLong("orderId"), c.Parameters.Find("origClientOrderId"));
        var (startMs, endMs) = (c.Parameters.FindLong("startTime") ?? 0, c.Parameters.FindLong("endTime") ?? long.MaxValue);
        c.Writer.BeginArray();
        foreach (var each in c.Exchange.GetAmendments(c.Account.Name, symbol.Symbol).Reverse().Where(a => (orderId is null || a.OrderId == orderId)
            && (clientOrderId is null || a.ClientOrderId == clientOrderId) && a.TimeMs >= startMs && a.TimeMs <= endMs).Take(limit))
        {
            c.Writer.BeginObject().Name("amendmentId"u8).Number(each.AmendmentId).Name("symbol"u8).Text(symbol.Symbol).Name("pair"u8).Text(symbol.Symbol)
                .Name("orderId"u8).Number(each.OrderId).Name("clientOrderId"u8).Text(each.ClientOrderId).Name("time"u8).Number(each.TimeMs)
                .Name("amendment"u8).BeginObject().Name("price"u8).BeginObject().Name("before"u8).Decimal(each.PriceBefore, symbol.PriceScale)
                .Name("after"u8).Decimal(each.PriceAfter, symbol.PriceScale).EndObject()
                .Name("origQty"u8).BeginObject().Name("before"u8).Decimal(each.QuantityBefore, symbol.QuantityScale)
                .Name("after"u8).Decimal(each.QuantityAfter, symbol.QuantityScale).EndObject().Name("count"u8).Number((long)each.Count).EndObject()
                .Name("priceMatch"u8).Value(VenueWords.Quoted(each.PriceMatch)).EndObject();
        }
        c.Writer.EndArray();
    }

    /// <summary>From an id the next ones; otherwise the latest of seven days, or the first ones of the given time. Oldest first.</summary>
    private static void AllOrders(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var limit = c.Parameters.Limit(500, PageMax);
        var (orderId, startMs, endMs) = (c.Parameters.FindLong("orderId"), c.Parameters.FindLong("startTime"), c.Parameters.FindLong("endTime"));
        if (startMs is { } s && endMs is { } e && e - s > WeekMs) throw VenueErrors.InvalidParameter("endTime");
        var orders = c.Exchange.GetAllOrders(c.Account.Name, symbol.Symbol).Where(order => orderId is { } id ? order.OrderId >= id
            : order.CreatedMs >= (startMs ?? (endMs ?? c.Exchange.MarketTimeMs) - WeekMs) && order.CreatedMs <= (endMs ?? long.MaxValue));
        c.Writer.BeginArray();
        foreach (var order in orderId is null && startMs is null ? orders.TakeLast(limit) : orders.Take(limit))
        {
            OrderJson.Write(c.Writer, symbol, order, hasTime: true);
        }
        c.Writer.EndArray();
    }

    private static void Countdown(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var countdownMs = c.Parameters.RequireLong("countdownTime");
        if (countdownMs < 0) throw VenueErrors.InvalidParameter("countdownTime");
        c.Exchange.ArmCountdown(c.Account.Name, symbol.Symbol, countdownMs);
        c.Writer.BeginObject().Name("symbol"u8).Text(symbol.Symbol)
            .Name("countdownTime"u8).Text(countdownMs.ToString(System.Globalization.CultureInfo.InvariantCulture)).EndObject();
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
                .Name("commissionAsset"u8).Text(symbol.FeeAssetOf(fill)).Name("time"u8).Number(fill.TimeMs)
                .Name("positionSide"u8).Value(VenueWords.Quoted(fill.PositionSide))
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
