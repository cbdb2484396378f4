using System.Collections.Frozen;
using Granary.Exchange.Contracts;
using Granary.Exchange.Faults;
using Granary.Exchange.Markets;

namespace Granary.Exchange.Protocol;

/// <summary>
/// Binance's USDⓈ-M REST interface without HTTP: a call in, a reply out, synchronous and deterministic, so that a simulation calls it in process.
/// Thread-safe: the exchange has its own gate, limits and listen keys have theirs.
/// </summary>
public sealed class RestProtocol
{
    private const long RecvWindowMsMax = 60_000;
    private const long RecvWindowMsDefault = 5_000;
    private const long AheadMsMax = 1_000;

    [ThreadStatic]
    private static WireWriter? t_writer;

    private readonly IExchange _exchange;
    private readonly RestOptions _options;
    private readonly RequestLimiter _limiter;
    private readonly SymbolTable _symbols;
    private readonly StreamProtocol _streams;
    private readonly RestFaults _faults;
    private readonly FrozenDictionary<(string Method, string Path), RestRoute> _routes;

    /// <summary>Makes the protocol of an exchange.</summary>
    /// <param name="exchange">Answers.</param>
    /// <param name="streams">Owns the listen keys.</param>
    /// <param name="options">Limits and published figures.</param>
    /// <param name="pace">Lets POST /granary/v1/market change the market's speed; null where somebody else paces it.</param>
    public RestProtocol(IExchange exchange, StreamProtocol streams, RestOptions options, IMarketPace? pace = null)
    {
        _exchange = exchange;
        _options = options;
        _streams = streams;
        _faults = new RestFaults(streams.Faults);
        _limiter = new RequestLimiter(options);
        _symbols = new SymbolTable(exchange);
        var routes = new Dictionary<(string Method, string Path), RestRoute>();
        RestMarketEndpoints.AddTo(routes, options);
        new RestStatisticsEndpoints(streams, options).AddTo(routes);
        RestFixedEndpoints.AddTo(routes, options);
        RestOrderEndpoints.AddTo(routes);
        RestBatchEndpoints.AddTo(routes);
        RestAlgoEndpoints.AddTo(routes);
        new RestAccountEndpoints(options).AddTo(routes);
        new RestMarginEndpoints().AddTo(routes);
        new RestListenKeyEndpoints(streams).AddTo(routes);
        new RestStateEndpoint(options, streams).AddTo(routes);
        new RestAuditEndpoint(options).AddTo(routes);
        new RestFaultEndpoints(streams.Faults).AddTo(routes);
        new RestControlEndpoints(streams, pace).AddTo(routes);
        _routes = routes.ToFrozenDictionary();
        streams.Api = new SocketApi(this, options);
    }

    /// <summary>
    /// Answers a call. Refusals are answers ({"code":...,"msg":...}); an exception means a defect, and that the outcome of the call is unknown.
    /// </summary>
    public RestReply Handle(RestCall call)
    {
        var nowMs = _exchange.ServerTimeMs;
        if (!_streams.Faults.HasRules || call.Path.StartsWith("/granary/", StringComparison.Ordinal)) return Execute(call, nowMs);
        var request = $"{call.Method} {call.Path}";
        var account = call.ApiKey is { } key ? _exchange.FindAccount(key)?.Name : null;
        var symbol = SymbolOf(call);
        if (account is not null) _streams.LoseListenKey(account, request, nowMs);
        if (_faults.OnArrival(request, account, symbol, nowMs) is { } refused) return refused;
        var reply = Execute(call, nowMs + _faults.SkewMs(request, account, symbol, nowMs));
        return _faults.OnReply(reply, request, call.Query, account, symbol, nowMs);
    }

    private static string? SymbolOf(RestCall call)
    {
        try
        {
            return new RequestParameters(call.Query, call.Body).Find("symbol");
        }
        catch (ExchangeException)
        {
            return null;
        }
    }

    private RestReply Execute(RestCall call, long nowMs)
    {
        var used = -1;
        var retryAfterS = -1;
        (int Count10s, int Count1m) orders = (-1, -1);
        var writer = (t_writer ??= new WireWriter()).Reset();
        try
        {
            var parameters = new RequestParameters(call.Query, call.Body);
            var route = _routes.GetValueOrDefault((call.Method, call.Path));
            (used, retryAfterS, var bannedUntilMs) = _limiter.Charge(call.ClientAddress, route?.Weight(parameters) ?? 1, nowMs);
            if (bannedUntilMs > 0) throw VenueErrors.Banned(call.ClientAddress, bannedUntilMs);
            if (retryAfterS >= 0) throw VenueErrors.TooManyRequests(_options.WeightPerMinuteMax);
            if (route is null) throw VenueErrors.UnknownPath(call.Path, call.Method);
            var context = new RestRequestContext(_exchange, _symbols, parameters, writer, nowMs) { Body = call.Body };
            if (route.Security != RestSecurity.None) context.Account = Authenticate(call);
            if (route.Security == RestSecurity.Signed) VerifySignature(call, parameters, context.Account, nowMs);
            if (route.IsOrder) orders = CountOrders(context.Account.Name, route.OrderCount?.Invoke(parameters) ?? 1, nowMs);
            _exchange.RunDue();
            route.Answer(context);
            return new RestReply(200, writer.ToArray(), used, orders.Count10s, orders.Count1m);
        }
        catch (ExchangeException refusal)
        {
            writer.Reset().BeginObject().Name("code"u8).Number((long)refusal.Code).Name("msg"u8).Text(refusal.Message).EndObject();
            return new RestReply(refusal.HttpStatus, writer.ToArray(), used, orders.Count10s, orders.Count1m, retryAfterS);
        }
    }

    private ExchangeAccount Authenticate(RestCall call) => string.IsNullOrEmpty(call.ApiKey)
        ? throw VenueErrors.ApiKeyFormat()
        : _exchange.FindAccount(call.ApiKey) ?? throw VenueErrors.ApiKeyUnknown();

    private void VerifySignature(RestCall call, RequestParameters parameters, ExchangeAccount account, long nowMs)
    {
        var timestampMs = parameters.RequireLong("timestamp");
        if (timestampMs < 0) throw VenueErrors.MandatoryParameter("timestamp");
        var recvWindowMs = parameters.FindLong("recvWindow") ?? RecvWindowMsDefault;
        if (recvWindowMs > RecvWindowMsMax) throw VenueErrors.RecvWindowTooLarge();
        if (recvWindowMs < 0) throw VenueErrors.MandatoryParameter("recvWindow");
        var signature = parameters.Require("signature");
        if (_options.ChecksTimestamp)
        {
            if (timestampMs >= nowMs + AheadMsMax) throw VenueErrors.TimestampAhead();
            if (nowMs - timestampMs > recvWindowMs) throw VenueErrors.TimestampOutside();
        }
        if (RequestSignature.Verify(account.ApiSecret, RequestSignature.SignedText(call.Query, call.Body), signature)) return;
        if (call.SignedText is not { } other || !RequestSignature.Verify(account.ApiSecret, other, signature)) throw VenueErrors.InvalidSignature();
    }

    private (int Count10s, int Count1m) CountOrders(string account, int orders, long nowMs)
    {
        var (count10s, count1m, full) = _limiter.CountOrders(account, orders, nowMs);
        return full is null
            ? (count10s, count1m)
            : throw VenueErrors.TooManyOrders(full == "1 MINUTE" ? _options.OrdersPerMinuteMax : _options.OrdersPer10sMax, full);
    }
}
