using System.Globalization;
using System.Text.Json;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Several orders in one request: each is an order or a refusal of its own, in the order of the request.</summary>
internal static class RestBatchEndpoints
{
    private const int OrdersMax = 5;
    private const int CancelsMax = 10;

    public static void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        Add("POST", Place, 5, orders: p => Items(p).Count);
        Add("PUT", Amend, 5, orders: p => Items(p).Count);
        Add("DELETE", Cancel, 1, orders: null);

        void Add(string method, Action<RestRequestContext> answer, int weight, Func<RequestParameters, int>? orders) => routes.Add(
            (method, "/fapi/v1/batchOrders"), new RestRoute(RestSecurity.Signed, _ => weight, orders is not null, answer) { OrderCount = orders });
    }

    private static void Place(RestRequestContext c) => Each(c, Items(c.Parameters), item =>
    {
        var symbol = Symbol(c, item);
        var order = c.Exchange.Place(c.Account.Name, OrderRequestParser.Parse(item, symbol, c.NowMs));
        if (!OrderRequestParser.WantsResult(item)) order = RestOrderEndpoints.Acknowledged(order);
        return w => OrderJson.Write(w, symbol, order, hasTime: false);
    });

    private static void Amend(RestRequestContext c) => Each(c, Items(c.Parameters), item =>
    {
        var symbol = Symbol(c, item);
        var order = c.Exchange.Amend(c.Account.Name, RestOrderEndpoints.ParseAmend(item, symbol));
        return w => OrderJson.Write(w, symbol, order, hasTime: false, isAmended: true);
    });

    private static void Cancel(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var ids = Array(c.Parameters, "orderIdList");
        var clientIds = Array(c.Parameters, "origClientOrderIdList");
        if (ids is null && clientIds is null) throw VenueErrors.OrderIdMissing();
        var named = (ids ?? clientIds)!.Value.EnumerateArray().ToArray();
        if (named.Length is 0 or > CancelsMax) throw VenueErrors.InvalidParameter(ids is null ? "origClientOrderIdList" : "orderIdList");
        Each(c, named, item =>
        {
            var order = ids is null
                ? c.Exchange.Cancel(c.Account.Name, symbol.Symbol, 0, item.ToString())
                : c.Exchange.Cancel(c.Account.Name, symbol.Symbol, Id(item), null);
            return w => OrderJson.Write(w, symbol, order, hasTime: false);
        });
    }

    /// <summary>Answers item by item; a refusal of one does not touch the others.</summary>
    private static void Each<T>(RestRequestContext c, IReadOnlyList<T> items, Func<T, Action<WireWriter>> answer)
    {
        c.Writer.BeginArray();
        foreach (var item in items)
        {
            try
            {
                answer(item)(c.Writer);
            }
            catch (ExchangeException refusal)
            {
                c.Writer.BeginObject().Name("code"u8).Number((long)refusal.Code).Name("msg"u8).Text(refusal.Message).EndObject();
            }
        }
        c.Writer.EndArray();
    }

    private static long Id(JsonElement item) =>
        long.TryParse(item.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw VenueErrors.InvalidParameter("orderIdList");

    private static SymbolFormat Symbol(RestRequestContext c, RequestParameters item) =>
        c.Symbols.Find(item.Require("symbol")) ?? throw VenueErrors.InvalidSymbol();

    private static List<RequestParameters> Items(RequestParameters parameters)
    {
        var array = Array(parameters, "batchOrders") ?? throw VenueErrors.MandatoryParameter("batchOrders");
        var items = new List<RequestParameters>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || items.Count == OrdersMax) throw VenueErrors.InvalidParameter("batchOrders");
            // Numbers may come as strings or bare; both have the same text.
            items.Add(new RequestParameters(item.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null).Select(m => (m.Name, m.Value.ToString()))));
        }
        return items.Count == 0 ? throw VenueErrors.InvalidParameter("batchOrders") : items;
    }

    /// <summary>The venue takes the name in lower case too, and published clients send it so.</summary>
    private static JsonElement? Array(RequestParameters parameters, string name)
    {
        if ((parameters.Find(name) ?? parameters.Find(name.ToLowerInvariant())) is not { } text) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.Clone() : throw VenueErrors.InvalidParameter(name);
        }
        catch (JsonException)
        {
            throw VenueErrors.InvalidParameter(name);
        }
    }
}
