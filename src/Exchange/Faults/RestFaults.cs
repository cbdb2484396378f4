using System.Text;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Faults;

/// <summary>Puts faults before, around and after the execution of requests.</summary>
internal sealed class RestFaults(FaultPlan plan)
{
    private const int StaleMax = 4096;
    private const string InfoRequest = "GET /fapi/v1/exchangeInfo";

    private static readonly FaultKind[] Before =
    [
        FaultKind.LostBefore, FaultKind.UnknownBefore, FaultKind.BadGateway, FaultKind.Overloaded, FaultKind.RateLimited, FaultKind.Banned, FaultKind.Refused,
    ];

    private static readonly FaultKind[] After = [FaultKind.LostAfter, FaultKind.UnknownAfter, FaultKind.NotJson];
    private static readonly FaultKind[] Disguises = [FaultKind.FieldAdded, FaultKind.ValueUnknown, FaultKind.BalanceEmpty];
    private static readonly FaultKind[] Halts = [FaultKind.Halted];

    private static readonly FaultKind[] Late = [FaultKind.Delay];
    private static readonly FaultKind[] Skew = [FaultKind.ClockSkew];
    private static readonly FaultKind[] Stale = [FaultKind.StaleDepth];
    private static readonly FaultKind[] StaleAnswers = [FaultKind.StaleAnswer];

    private static readonly byte[] s_page = "<html><head><title>200 OK</title></head></html>"u8.ToArray();

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _depths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RestReply> _answers = new(StringComparer.Ordinal);

    /// <summary>How far the venue's clock is off for this request, milliseconds.</summary>
    public long SkewMs(string request, string? account, string? symbol, long nowMs) => plan.OnRequest(Skew, request, account, symbol, nowMs)?.Value ?? 0;

    /// <summary>The reply of a request that is not executed, or null.</summary>
    public RestReply? OnArrival(string request, string? account, string? symbol, long nowMs)
    {
        if (ChangesOrders(request) && plan.OnRequest(Halts, request, account, symbol, nowMs) is not null)
            return Refusal(400, -4140, "Invalid symbol status for opening position.");
        return plan.OnRequest(Before, request, account, symbol, nowMs) switch
        {
            null => null,
            { Kind: FaultKind.Refused, Value: var code } => Refusal(400, (int)-code, "Refused by a fault."),
            { Kind: FaultKind.LostBefore } => new RestReply(0, ReadOnlyMemory<byte>.Empty) { IsLost = true },
            { Kind: FaultKind.UnknownBefore } => Unknown(),
            { Kind: FaultKind.BadGateway } => new RestReply(502, "<html><head><title>502 Bad Gateway</title></head></html>"u8.ToArray()) { ContentType = "text/html" },
            { Kind: FaultKind.Overloaded } => Refusal(503, -1008, "Server is currently overloaded with other requests. Please try again in a few minutes."),
            { Kind: FaultKind.RateLimited, Value: var s } => Refusal(429, -1003, "Too many requests.") with { RetryAfterS = (int)Math.Max(1, s) },
            { Value: var s } => Refusal(418, -1003, "Way too many requests; IP banned.") with { RetryAfterS = s == 0 ? 120 : (int)s },
        };
    }

    /// <summary>What becomes of the reply of an executed request.</summary>
    public RestReply OnReply(RestReply reply, string request, string query, string? account, string? symbol, long nowMs)
    {
        if (request == "GET /fapi/v1/depth" && reply.Status == 200) reply = Depth(reply, request, query, account, symbol, nowMs);
        if (request is "GET /fapi/v1/order" or "GET /fapi/v1/openOrders" or "GET /fapi/v3/positionRisk") reply = Answer(reply, request, query, account, symbol, nowMs);
        if (request == InfoRequest && reply.Status == 200)
            reply = reply with { Body = Disguise.Halt(reply.Body.Span, name => plan.OnRequest(Halts, request, account, name, nowMs) is not null) };
        if (plan.OnRequest(Disguises, request, account, symbol, nowMs) is { } disguise) reply = reply with { Body = Disguise.Apply(disguise, reply.Body.Span) };
        reply = plan.OnRequest(After, request, account, symbol, nowMs) switch
        {
            null => reply,
            { Kind: FaultKind.LostAfter } => reply with { IsLost = true },
            { Kind: FaultKind.NotJson } => reply with { Status = 200, Body = s_page, ContentType = "text/html" },
            _ => Unknown(),
        };
        return plan.OnRequest(Late, request, account, symbol, nowMs) is { } late ? reply with { DelayMs = (int)late.Value } : reply;
    }

    /// <summary>Requests that bring a new order or change one; those that take orders away stay possible in a halt.</summary>
    private static bool ChangesOrders(string request) =>
        request is "POST /fapi/v1/order" or "PUT /fapi/v1/order" or "POST /fapi/v1/batchOrders" or "PUT /fapi/v1/batchOrders" or "POST /fapi/v1/algoOrder";

    private static RestReply Unknown() =>
        Refusal(503, -1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown.");

    private static RestReply Refusal(int status, int code, string message) => new(status, Encoding.UTF8.GetBytes($$"""{"code":{{code}},"msg":"{{message}}"}"""));

    /// <summary>The same question's answer before, where a rule says so. What makes each request different, its time and signature, is no part of the question.</summary>
    private RestReply Answer(RestReply reply, string request, string query, string? account, string? symbol, long nowMs)
    {
        var question = string.Join(
            '&', query.Split('&').Where(p => !p.StartsWith("timestamp=", StringComparison.Ordinal) && !p.StartsWith("signature=", StringComparison.Ordinal)));
        var key = $"{account} {request} {question}";
        lock (_gate)
        {
            var older = _answers.GetValueOrDefault(key);
            if (_answers.Count == StaleMax) _answers.Clear();
            _answers[key] = reply;
            return older is not null && plan.OnRequest(StaleAnswers, request, account, symbol, nowMs) is not null ? older : reply;
        }
    }

    private RestReply Depth(RestReply reply, string request, string query, string? account, string? symbol, long nowMs)
    {
        lock (_gate)
        {
            if (_depths.TryGetValue(query, out var older) && plan.OnRequest(Stale, request, account, symbol, nowMs) is not null) return reply with { Body = older };
            if (_depths.Count == StaleMax) _depths.Clear();
            _depths[query] = reply.Body;
            return reply;
        }
    }
}
