using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Granary.Exchange.Protocol;

/// <summary>
/// Binance's requests over a WebSocket (/ws-fapi/v1): {"id":...,"method":"order.place","params":{...}} is answered as the REST endpoint of that name would,
/// wrapped in {"id","status","result" or "error","rateLimits"}. A signature is taken over the parameters in alphabetical order, with their values as they are,
/// as the venue documents it, or percent-encoded, as its own client signs them; the two differ for a client id with a colon or a slash.
/// </summary>
internal sealed class SocketApi(RestProtocol rest, RestOptions options)
{
    private static readonly FrozenDictionary<string, (string Method, string Path)> Methods = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["ping"] = ("GET", "/fapi/v1/ping"),
        ["time"] = ("GET", "/fapi/v1/time"),
        ["depth"] = ("GET", "/fapi/v1/depth"),
        ["ticker.price"] = ("GET", "/fapi/v2/ticker/price"),
        ["ticker.book"] = ("GET", "/fapi/v1/ticker/bookTicker"),
        ["order.place"] = ("POST", "/fapi/v1/order"),
        ["order.modify"] = ("PUT", "/fapi/v1/order"),
        ["order.cancel"] = ("DELETE", "/fapi/v1/order"),
        ["order.status"] = ("GET", "/fapi/v1/order"),
        ["algoOrder.place"] = ("POST", "/fapi/v1/algoOrder"),
        ["algoOrder.cancel"] = ("DELETE", "/fapi/v1/algoOrder"),
        ["account.position"] = ("GET", "/fapi/v2/positionRisk"),
        ["v2/account.position"] = ("GET", "/fapi/v3/positionRisk"),
        ["account.balance"] = ("GET", "/fapi/v2/balance"),
        ["v2/account.balance"] = ("GET", "/fapi/v3/balance"),
        ["account.status"] = ("GET", "/fapi/v2/account"),
        ["v2/account.status"] = ("GET", "/fapi/v3/account"),
        ["userDataStream.start"] = ("POST", "/fapi/v1/listenKey"),
        ["userDataStream.ping"] = ("PUT", "/fapi/v1/listenKey"),
        ["userDataStream.stop"] = ("DELETE", "/fapi/v1/listenKey"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Answers one request.</summary>
    /// <param name="utf8">The client's message.</param>
    /// <param name="clientAddress">Whom its weight is charged to.</param>
    /// <param name="nowMs">Protocol clock.</param>
    /// <returns>The answer; null when the connection is to be cut instead (a fault).</returns>
    public byte[]? Handle(ReadOnlyMemory<byte> utf8, string clientAddress, long nowMs)
    {
        var id = "null";
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Refusal(id, -1102, "The request must be an object.");
            if (root.TryGetProperty("id", out var sent) && sent.ValueKind is JsonValueKind.Number or JsonValueKind.String) id = sent.GetRawText();
            if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
                return Refusal(id, -1102, "Mandatory parameter 'method' was not sent, was empty/null, or malformed.");
            if (!Methods.TryGetValue(method.GetString() ?? "", out var endpoint)) return Refusal(id, -1100, $"Unknown method '{method.GetString()}'.");
            var parameters = Parameters(root);
            var signed = Text(parameters.Where(static pair => pair.Key != "signature"), static value => value);
            var reply = rest.Handle(
                new RestCall(endpoint.Method, endpoint.Path, Text(parameters, Uri.EscapeDataString), "", parameters.GetValueOrDefault("apiKey"), clientAddress)
                {
                    SignedText = signed,
                });
            return reply.IsLost ? null : Wrap(id, reply, nowMs);
        }
        catch (JsonException)
        {
            return Refusal(id, -1102, "The message is not well-formed JSON.");
        }
    }

    private static SortedDictionary<string, string> Parameters(JsonElement root)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!root.TryGetProperty("params", out var sent) || sent.ValueKind != JsonValueKind.Object) return parameters;
        foreach (var member in sent.EnumerateObject())
        {
            var text = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString() ?? "",
                JsonValueKind.Null => null,
                _ => member.Value.GetRawText(),
            };
            if (text is not null) parameters[member.Name] = text;
        }
        return parameters;
    }

    private static string Text(IEnumerable<KeyValuePair<string, string>> parameters, Func<string, string> write) =>
        string.Join('&', parameters.Select(pair => $"{write(pair.Key)}={write(pair.Value)}"));

    private byte[] Wrap(string id, RestReply reply, long nowMs)
    {
        var w = new WireWriter().BeginObject().Name("id"u8).Value(Encoding.UTF8.GetBytes(id)).Name("status"u8).Number((long)reply.Status);
        if (reply.Status == 200) w.Name("result"u8).Value(reply.Body.Span);
        else if (reply.ContentType != "application/json")
        {
            w.Name("error"u8).BeginObject().Name("code"u8).Number(-1000).Name("msg"u8).Text("Bad gateway").EndObject();
        }
        else if (reply.RetryAfterS < 0) w.Name("error"u8).Value(reply.Body.Span);
        else
        {
            // The refusal's own members, and when to come again.
            w.Name("error"u8).Value(reply.Body.Span[..^1]).Raw(",\"data\":{\"serverTime\":"u8).Raw(Encoding.UTF8.GetBytes(Number(nowMs)))
                .Raw(",\"retryAfter\":"u8).Raw(Encoding.UTF8.GetBytes(Number(nowMs + (reply.RetryAfterS * 1000L)))).Raw("}}"u8);
        }
        w.Name("rateLimits"u8).BeginArray();
        Limit(w, "REQUEST_WEIGHT", "MINUTE", 1, options.WeightPerMinuteMax, reply.UsedWeight1m);
        Limit(w, "ORDERS", "SECOND", 10, options.OrdersPer10sMax, reply.OrderCount10s);
        Limit(w, "ORDERS", "MINUTE", 1, options.OrdersPerMinuteMax, reply.OrderCount1m);
        return w.EndArray().EndObject().ToArray();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Limit(WireWriter w, string type, string interval, int number, int limit, int count)
    {
        if (count < 0) return;
        w.BeginObject().Name("rateLimitType"u8).Text(type).Name("interval"u8).Text(interval).Name("intervalNum"u8).Number((long)number)
            .Name("limit"u8).Number((long)(limit == 0 ? int.MaxValue : limit)).Name("count"u8).Number((long)count).EndObject();
    }

    private static byte[] Refusal(string id, int code, string message) => new WireWriter().BeginObject().Name("id"u8).Value(Encoding.UTF8.GetBytes(id))
        .Name("status"u8).Number(400).Name("error"u8).BeginObject().Name("code"u8).Number((long)code).Name("msg"u8).Text(message).EndObject()
        .EndObject().ToArray();
}
