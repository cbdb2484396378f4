using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Conditional orders of the account that asks.</summary>
internal static class RestAlgoEndpoints
{
    private const long WeekMs = 7 * 86_400_000L;

    public static void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        Add("POST", "/fapi/v1/algoOrder", _ => 0, Place, isOrder: true);
        Add("DELETE", "/fapi/v1/algoOrder", _ => 1, Cancel);
        Add("DELETE", "/fapi/v1/algoOpenOrders", _ => 1, CancelAll);
        Add("GET", "/fapi/v1/algoOrder", _ => 1, Query);
        Add("GET", "/fapi/v1/openAlgoOrders", p => p.Find("symbol") is null ? 40 : 1, Open);
        Add("GET", "/fapi/v1/allAlgoOrders", _ => 5, All);

        void Add(string method, string path, Func<RequestParameters, int> weight, Action<RestRequestContext> answer, bool isOrder = false) =>
            routes.Add((method, path), new RestRoute(RestSecurity.Signed, weight, isOrder, answer));
    }

    private static void Place(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        AlgoJson.Write(c.Writer, symbol, c.Exchange.PlaceConditional(c.Account.Name, AlgoRequestParser.Parse(c.Parameters, symbol, c.NowMs)), isQuery: false);
    }

    private static void Cancel(RestRequestContext c)
    {
        var (id, clientId) = Ids(c.Parameters);
        var order = c.Exchange.CancelConditional(c.Account.Name, id, clientId);
        c.Writer.BeginObject().Name("algoId"u8).Number(order.AlgoId).Name("clientAlgoId"u8).Text(order.ClientAlgoId)
            .Name("code"u8).Value("\"200\""u8).Name("msg"u8).Value("\"success\""u8).EndObject();
    }

    private static void CancelAll(RestRequestContext c)
    {
        c.Exchange.CancelAllConditionals(c.Account.Name, c.RequireSymbol().Symbol);
        c.Writer.BeginObject().Name("code"u8).Number(200).Name("msg"u8).Text("The operation of cancel all open order is done.").EndObject();
    }

    private static void Query(RestRequestContext c)
    {
        var (id, clientId) = Ids(c.Parameters);
        var orders = c.Exchange.GetConditionals(c.Account.Name);
        var order = orders.LastOrDefault(each => id != 0 ? each.AlgoId == id : each.ClientAlgoId == clientId) ?? throw VenueErrors.OrderNotFound();
        AlgoJson.Write(c.Writer, c.Symbols.Get(order.Request.Symbol), order, isQuery: true);
    }

    private static void Open(RestRequestContext c)
    {
        if (c.Parameters.Find("algoType") is not (null or "CONDITIONAL")) throw VenueErrors.InvalidParameter("algoType");
        var symbol = c.FindSymbol();
        var id = c.Parameters.FindLong("algoId");
        Write(c, c.Exchange.GetConditionals(c.Account.Name).Where(order => order.IsWaiting
            && (symbol is null || order.Request.Symbol == symbol.Symbol) && (id is null || order.AlgoId == id)));
    }

    /// <summary>From an id the next ones; otherwise the latest of seven days, or of the given time.</summary>
    private static void All(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var limit = c.Parameters.Limit(500, 1000);
        var id = c.Parameters.FindLong("algoId");
        var startMs = c.Parameters.FindLong("startTime");
        var endMs = c.Parameters.FindLong("endTime") ?? long.MaxValue;
        if (startMs is { } start && endMs != long.MaxValue && endMs - start >= WeekMs) throw VenueErrors.InvalidParameter("endTime");
        var orders = c.Exchange.GetConditionals(c.Account.Name).Where(order => order.Request.Symbol == symbol.Symbol
            && (id is null || order.AlgoId >= id) && order.CreatedMs >= (startMs ?? 0) && order.CreatedMs <= endMs);
        Write(c, id is null && startMs is null ? orders.TakeLast(limit) : orders.Take(limit));
    }

    private static void Write(RestRequestContext c, IEnumerable<ConditionalOrder> orders)
    {
        c.Writer.BeginArray();
        foreach (var order in orders) AlgoJson.Write(c.Writer, c.Symbols.Get(order.Request.Symbol), order, isQuery: true);
        c.Writer.EndArray();
    }

    private static (long AlgoId, string? ClientAlgoId) Ids(RequestParameters parameters)
    {
        var id = parameters.FindLong("algoId") ?? 0;
        var clientId = parameters.Find("clientAlgoId");
        return id == 0 && clientId is null ? throw VenueErrors.AlgoIdMissing() : (id, clientId);
    }
}
