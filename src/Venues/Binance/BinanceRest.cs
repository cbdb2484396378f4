using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Venues.Ports;
using Granary.Venues.Transport;

namespace Granary.Venues.Binance;

/// <summary>
/// Signs, budgets, sends and judges REST requests. Queries are repeated after transient failures; an order request is sent once, and once more only after
/// -1021, which is a definite refusal for the timestamp.
/// </summary>
internal sealed class BinanceRest
{
    private const int MessageLengthMax = 200;
    private static readonly TimeSpan _retryDelayMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _retryDelayMax = TimeSpan.FromSeconds(5);
    private readonly BinanceUsdmOptions _options;
    private readonly IRestTransport _transport;
    private readonly TimeProvider _time;
    private readonly BinanceUsdmCounters _counters;
    private readonly BinanceSigner? _signer;
    private readonly Backoff _backoff;
    private readonly WeightQueue _queue;

    public BinanceRest(BinanceUsdmOptions options, IRestTransport transport, TimeProvider time, BinanceUsdmCounters counters)
    {
        _options = options;
        _transport = transport;
        _time = time;
        _counters = counters;
        _signer = options.ApiSecret is null ? null : new BinanceSigner(options.ApiSecret);
        _backoff = new Backoff(_retryDelayMin, _retryDelayMax, options.Seed);
        Budget = new WeightBudget(options.WeightPerMinute, options.WeightReserve, time, options.WeightAccountShare);
        _queue = new WeightQueue(Budget, time);
        Clock = new ServerClock(time, AskServerTimeMsAsync);
    }

    /// <summary>The venue's clock.</summary>
    public ServerClock Clock { get; }

    /// <summary>The weight budget.</summary>
    public WeightBudget Budget { get; }

    /// <summary>Asks until there is an answer, a definite refusal or no patience left.</summary>
    /// <param name="call">The request.</param>
    /// <param name="decode">Reads the body; throws <see cref="JsonException"/> or <see cref="FormatException"/> when it is not what was asked for.</param>
    /// <param name="cancellationToken">Ends every wait.</param>
    /// <param name="retries">How often at most; null for the options' number, 0 for what must not be repeated.</param>
    /// <exception cref="VenueException">No answer, a refusal, or an answer that could not be read.</exception>
    public async ValueTask<T> QueryAsync<T>(RestCall call, Func<JsonElement, T> decode, CancellationToken cancellationToken, int? retries = null)
    {
        if (call.Security != CallSecurity.None && _signer is null) throw new VenueException($"{call}: no API key is configured");
        var isResynced = false;
        var failures = 0;
        while (true)
        {
            if (call.Security == CallSecurity.Signed) await EnsureClockAsync(call);
            await WaitForWeightAsync(call, cancellationToken);
            RestResponse? response = null;
            Exception? cause = null;
            BinanceErrorKind kind;
            var code = 0;
            string message;
            try
            {
                response = await SendAsync(call, cancellationToken);
                if (IsSuccess(response)) return Read(call, response, decode);
                (code, message) = ReadError(response);
                kind = BinanceErrors.Classify(response.Status, code);
            }
            catch (Exception e) when (response is not null && e is JsonException or FormatException)
            {
                // A 200 that is no answer (a proxy's page, a cut body) is as good as no answer; an error object in a 200 counts by its code.
                (code, message) = ReadError(response!);
                kind = code < 0 ? BinanceErrors.Classify(response!.Status, code) : BinanceErrorKind.Unknown;
                if (code == 0) message = $"the answer was not understood: {Clean(e.Message)}";
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                kind = BinanceErrorKind.Unknown;
                message = $"no answer: {Clean(e.Message)}";
                cause = e;
            }
            if (kind == BinanceErrorKind.ClockSkew && !isResynced)
            {
                isResynced = true;
                await ResyncAsync(call);
                continue;
            }
            if (!BinanceErrors.IsTransient(kind) || failures >= (retries ?? _options.QueryRetries)) throw Failure(call, response, code, message, cause);
            _counters.CountQueryRetry();
            await Task.Delay(_backoff.After(failures++), _time, cancellationToken);
        }
    }

    /// <summary>
    /// Sends an order request. Never throws for what the network or the venue does; never sends twice, but for -1021. What is decoded is null where the answer
    /// describes no order.
    /// </summary>
    public async ValueTask<OrderAnswer> OrderAsync(RestCall call, Func<JsonElement, OrderReport?> decode, CancellationToken cancellationToken)
    {
        if (_signer is null) return new OrderAnswer(OrderAnswerKind.Rejected, null, 0, $"{call}: no API key is configured");
        var isResynced = false;
        while (true)
        {
            try
            {
                if (!Clock.IsSynced) await Clock.SyncAsync();
            }
            catch (Exception e)
            {
                return new OrderAnswer(OrderAnswerKind.NotSent, null, 0, $"{call}: not sent, the venue's clock is not known: {Clean(e.Message)}");
            }
            if (cancellationToken.IsCancellationRequested) return new OrderAnswer(OrderAnswerKind.NotSent, null, 0, $"{call}: cancelled before it was sent");
            if (!Budget.TryTake(call.Weight, PriorityOf(call), out var wait))
                return new OrderAnswer(OrderAnswerKind.NotSent, null, 0, $"{call}: not sent, the rate limit stands for {wait.TotalSeconds:0.0} s more");
            RestResponse response;
            try
            {
                response = await SendAsync(call, cancellationToken);
            }
            catch (RestTransportException e) when (!e.MaybeSent)
            {
                return new OrderAnswer(OrderAnswerKind.NotSent, null, 0, $"{call}: not sent: {Clean(e.Message)}");
            }
            catch (Exception e)
            {
                // Cancelled while waiting counts the same: the request may have arrived.
                return new OrderAnswer(OrderAnswerKind.Unknown, null, 0, $"{call}: outcome unknown, no answer: {Clean(e.Message)}");
            }
            var (code, message) = (0, "");
            if (IsSuccess(response))
            {
                try
                {
                    return new OrderAnswer(OrderAnswerKind.Accepted, Read(call, response, decode), 0, "");
                }
                catch (Exception e)
                {
                    // Whatever is wrong with the text, the order may well exist.
                    (code, message) = ReadError(response);
                    if (code == 0) message = $"the answer was not understood: {Clean(e.Message)}";
                }
            }
            else
            {
                (code, message) = ReadError(response);
            }
            var kind = BinanceErrors.Classify(response.Status, code);
            if (kind == BinanceErrorKind.ClockSkew && !isResynced)
            {
                isResynced = true;
                try
                {
                    await ResyncAsync(call);
                    continue;
                }
                catch (VenueException e)
                {
                    message = $"{message}; and {e.Message}";
                }
            }
            return kind switch
            {
                BinanceErrorKind.NotSent => new OrderAnswer(OrderAnswerKind.NotSent, null, code, $"{call}: HTTP {response.Status}, {message}"),
                BinanceErrorKind.Unknown => new OrderAnswer(OrderAnswerKind.Unknown, null, code, $"{call}: outcome unknown, HTTP {response.Status}, {message}"),
                BinanceErrorKind.Duplicate => new OrderAnswer(
                    OrderAnswerKind.Unknown, null, code, $"{call}: an order with this client id was accepted before; ask for it ({message})"),
                _ => new OrderAnswer(OrderAnswerKind.Rejected, null, code, $"{call}: HTTP {response.Status}, {message}"),
            };
        }
    }

    /// <summary>Parses an answer, once: what is not known in it is counted, whether it can be read or not, and it is read.</summary>
    private T Read<T>(RestCall call, RestResponse response, Func<JsonElement, T> decode)
    {
        using var document = JsonDocument.Parse(response.Body);
        var root = document.RootElement;
        if (!RestDecoder.IsError(root)) RestFields.Count(call.Path, root, _counters.Unknown);
        return decode(root);
    }

    private async ValueTask<RestResponse> SendAsync(RestCall call, CancellationToken cancellationToken)
    {
        var text = call.Security == CallSecurity.Signed ? _signer!.Sign(call.Parameters, _options.RecvWindowMs, Clock.NowMs) : call.Parameters;
        // A body on everything but GET: an HTTP client may repeat a body-less request by itself when a pooled connection breaks, one with a body it may not.
        var (query, body) = call.Method == "GET" ? (text, "") : ("", text);
        var apiKey = call.Security == CallSecurity.None ? null : _options.ApiKey?.Reveal();
        var sentAtMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _counters.CountRequest();
        var response = await _transport.SendAsync(new RestRequest(call.Method, call.Path, query, body, apiKey, _options.RequestTimeout), cancellationToken);
        Budget.Observe(response.UsedWeight1m, sentAtMs);
        if (response.Status is 429 or 418) Budget.Block(response.RetryAfterS, response.Status == 418);
        return response;
    }

    private async ValueTask WaitForWeightAsync(RestCall call, CancellationToken cancellationToken)
    {
        var priority = call.Security != CallSecurity.None ? CallPriority.AccountQuery : call.IsHistory ? CallPriority.HistoryQuery : CallPriority.MarketQuery;
        var wait = await _queue.TakeAsync(call.Weight, priority, _options.QueryWaitMax, cancellationToken);
        if (wait > TimeSpan.Zero)
            throw new VenueException(
                $"{call}: not sent, the rate limit stands for {wait.TotalSeconds:0.0} s more (QueryWaitMax is {_options.QueryWaitMax.TotalSeconds:0} s)");
    }

    /// <summary>What takes orders away or can only close a position goes first.</summary>
    private static CallPriority PriorityOf(RestCall call) =>
        call.Method == "DELETE" || call.Parameters.Contains("reduceOnly=true", StringComparison.Ordinal)
        || call.Parameters.Contains("closePosition=true", StringComparison.Ordinal) || call.Path.EndsWith("/countdownCancelAll", StringComparison.Ordinal)
            ? CallPriority.Reduction
            : CallPriority.Order;

    private async ValueTask EnsureClockAsync(RestCall call)
    {
        if (!Clock.IsStale) return;
        try
        {
            await Clock.SyncAsync();
        }
        catch (Exception) when (Clock.IsSynced)
        {
            // An old offset serves; should it have become wrong, -1021 says so.
        }
        catch (Exception e)
        {
            throw new VenueException($"{call}: the venue's clock is not known: {Clean(e.Message)}", innerException: e as VenueException);
        }
    }

    private async ValueTask ResyncAsync(RestCall call)
    {
        _counters.CountClockResync();
        try
        {
            await Clock.SyncAsync();
        }
        catch (Exception e)
        {
            throw new VenueException($"{call}: the clock could not be synchronised after -1021: {Clean(e.Message)}", -1021, 0, e as VenueException);
        }
    }

    private async ValueTask<long> AskServerTimeMsAsync(CancellationToken cancellationToken)
    {
        var call = new RestCall("GET", "/fapi/v1/time", "", CallSecurity.None, 1);
        if (!Budget.TryTake(call.Weight, CallPriority.Reduction, out var wait))
            throw new VenueException($"{call}: not sent, the rate limit stands for {wait.TotalSeconds:0.0} s more");
        RestResponse response;
        try
        {
            response = await SendAsync(call, cancellationToken);
        }
        catch (Exception e)
        {
            throw new VenueException($"{call}: no answer: {Clean(e.Message)}");
        }
        try
        {
            if (IsSuccess(response)) return Read(call, response, RestDecoder.ServerTimeMs);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new VenueException($"{call}: the answer was not understood: {Clean(e.Message)}", 0, response.Status);
        }
        var (code, message) = ReadError(response);
        throw Failure(call, response, code, message, null);
    }

    private VenueException Failure(RestCall call, RestResponse? response, int code, string message, Exception? cause)
    {
        // Only exceptions whose text is known to hold nothing secret travel along: ours.
        var inner = cause is RestTransportException && Clean(cause.ToString(), int.MaxValue) == cause.ToString() ? cause : null;
        return response is null
            ? new VenueException($"{call}: {message}", 0, 0, inner)
            : new VenueException($"{call}: HTTP {response.Status}, {message}", code, response.Status);
    }

    private (int Code, string Message) ReadError(RestResponse response)
    {
        var (code, text) = RestDecoder.Error(response.Body);
        return (code, text.Length == 0 ? $"code {code}" : $"code {code}: {Clean(text)}");
    }

    private static bool IsSuccess(RestResponse response) => response.Status is >= 200 and < 300;

    private string Clean(string text, int lengthMax = MessageLengthMax)
    {
        text = Secret.Redact(text, _options.ApiKey, _options.ApiSecret);
        if (text.Contains("signature=", StringComparison.Ordinal)) text = "(a text with a signature was left out)";
        return text.Length <= lengthMax ? text : string.Concat(text.AsSpan(0, lengthMax), "...");
    }
}
