using System.Text;
using Granary.Engine.Market;
using Granary.Exchange.Contracts;
using Granary.Exchange.Faults;

namespace Granary.Exchange.Protocol;

/// <summary>
/// Binance's USDⓈ-M WebSocket streams without sockets: encodes what happens on the exchange and queues it for the sessions that subscribed to it. Events
/// arrive inside the exchange's gate and are only encoded and enqueued; this class never calls the exchange's market members from there. Trades and account
/// events are never dropped; quotes, mark prices and partial books of a slow session are replaced by newer ones. Thread-safe, and needs no thread:
/// under a single-threaded scheduler everything runs on it.
/// </summary>
public sealed class StreamProtocol : IExchangeEvents
{
    private const long SweepIntervalMs = 1000;
    private const string NoAddress = "unknown";

    private static readonly FaultKind[] AckKinds = [FaultKind.AckLost, FaultKind.AckError];
    private static readonly FaultKind[] ListenKeyKinds = [FaultKind.ListenKeyLost];

    private readonly Lock _gate = new();
    private readonly WireWriter _writer = new();
    private readonly ListenKeys _keys = new();
    private readonly List<StreamSession> _sessions = [];
    private readonly Dictionary<string, SymbolStreams> _bySymbol = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SymbolStreams> _byLower = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamTopic> _users = new(StringComparer.Ordinal);
    private readonly AllSymbolStreams _all = new();
    private readonly ConnectionLimiter _connections;
    private IExchange? _exchange;
    private long _nextSweepMs;
    private long _opened;
    private volatile bool _needsSnapshots;
    private volatile StreamOverflow _overflow;

    /// <summary>Makes a protocol without an exchange; <see cref="Attach"/> follows once the exchange, which needs this object, exists.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; it is named.</exception>
    public StreamProtocol(StreamOptions options)
    {
        options.Validate();
        Options = options;
        Overflow = options.Overflow;
        _connections = new ConnectionLimiter(options.ConnectionsPer5MinutesMax);
        Faults = new FaultPlan(options.FaultSeed);
        if (options.FaultScriptPath is { } script) Faults.Add(FaultScript.Load(script));
    }

    /// <summary>The options.</summary>
    public StreamOptions Options { get; }

    /// <summary>What happens when a session's queue is full, from now on; <see cref="StreamOptions.Overflow"/> at first.</summary>
    public StreamOverflow Overflow
    {
        get => _overflow;
        set => _overflow = value;
    }

    /// <summary>What goes wrong, in both protocols.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Open sessions.</summary>
    public int SessionCount
    {
        get
        {
            lock (_gate) return _sessions.Count;
        }
    }

    internal StreamRoom Room { get; } = new();

    /// <summary>Answers requests on /ws-fapi/v1; null until there is a REST protocol to answer them.</summary>
    internal SocketApi? Api { get; set; }

    private IExchange Exchange => _exchange ?? throw new InvalidOperationException("the stream protocol has no exchange yet: call Attach first");

    /// <summary>Names the exchange whose events these are. Events from before are not published. Once only.</summary>
    /// <exception cref="InvalidOperationException">An exchange is attached already.</exception>
    public void Attach(IExchange exchange)
    {
        var symbols = exchange.Symbols.Select(rules => new SymbolStreams(new SymbolFormat(rules))).ToList();
        foreach (var symbol in symbols) Recall(exchange, symbol);
        lock (_gate)
        {
            if (_exchange is not null) throw new InvalidOperationException("the stream protocol has an exchange already");
            foreach (var symbol in symbols)
            {
                _bySymbol.Add(symbol.Format.Symbol, symbol);
                _byLower.Add(symbol.Format.Lower, symbol);
            }
            _exchange = exchange;
        }
    }

    /// <summary>Opens a session.</summary>
    /// <param name="pathAndQuery">
    /// /public, /market or /private, then /stream (wrapped events; ?streams=a/b) or /ws (bare events; /ws/a/b); user data by ?listenKey=K or /ws/K;
    /// /ws-fapi/v1 for requests.
    /// </param>
    /// <param name="clientAddress">Whom connections and the weight of requests on /ws-fapi/v1 are charged to, for example an IP address.</param>
    /// <exception cref="ExchangeException">404 for another path; 429 when there are too many sessions, streams, or new connections of the address.</exception>
    public StreamSession Open(string pathAndQuery, string clientAddress = NoAddress)
    {
        var path = StreamPath.Parse(pathAndQuery, Options.AcceptsLegacyPaths);
        if (path.Streams.Count > Options.StreamsPerSessionMax) throw new ExchangeException(-1003, $"More than {Options.StreamsPerSessionMax} streams", 429);
        var nowMs = Exchange.ServerTimeMs;
        var session = new StreamSession(this, path, nowMs) { Number = Interlocked.Increment(ref _opened), ClientAddress = clientAddress };
        lock (_gate)
        {
            Sweep(nowMs);
            if (_sessions.Count >= Options.SessionsMax) throw new ExchangeException(-1003, $"More than {Options.SessionsMax} connections", 429);
            if (clientAddress != NoAddress && !_connections.TryCount(clientAddress, nowMs))
                throw VenueErrors.TooManyConnections(Options.ConnectionsPer5MinutesMax, ConnectionLimiter.RetryAfterS(nowMs));
            _sessions.Add(session);
            foreach (var name in path.Streams) Subscribe(session, name);
        }
        SeedBooks();
        return session;
    }

    /// <summary>Closes every session, for example at a shutdown; unread frames may still be read.</summary>
    public void CloseAll(string reason)
    {
        lock (_gate)
        {
            foreach (var session in _sessions) session.Close(reason, discards: false);
        }
    }

    /// <summary>
    /// Completes when every session has room: at once with <see cref="StreamOverflow.Close"/>, where slow sessions are closed instead. Await it between
    /// the steps of a market that runs faster than the wall clock.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => Room.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void OnAggTrade(string symbol, in AggTrade trade)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            Sweep(nowMs);
            if (_bySymbol.TryGetValue(symbol, out var streams)) streams.OnAggTrade(_writer, trade, nowMs);
            _all.Publish(_writer, _bySymbol.Values, trade.TimeMs, nowMs);
        }
    }

    /// <inheritdoc/>
    public void OnBookTicker(string symbol, in BookTicker ticker)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            if (!_bySymbol.TryGetValue(symbol, out var streams)) return;
            streams.OnBookTicker(_writer, ticker, nowMs);
            _all.OnBookTicker(_writer, streams.Format, ticker, nowMs);
        }
    }

    /// <inheritdoc/>
    public void OnMarkPrice(string symbol, in MarkPrice mark)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            Sweep(nowMs);
            if (_bySymbol.TryGetValue(symbol, out var streams)) streams.OnMarkPrice(_writer, mark, nowMs);
            _all.Publish(_writer, _bySymbol.Values, mark.TimeMs, nowMs);
        }
    }

    /// <inheritdoc/>
    public void OnDepth(string symbol, DepthDiff diff)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            if (_bySymbol.TryGetValue(symbol, out var streams) && !streams.OnDepth(_writer, diff, nowMs)) _needsSnapshots = true;
        }
    }

    /// <inheritdoc/>
    public void OnOrder(string account, ExecutionEvent execution)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            if (!_bySymbol.TryGetValue(execution.Order.Symbol, out var streams)) return;
            if (execution is { Kind: "TRADE" or "CALCULATED" } && execution.Order.Origin == OrderOrigin.Liquidation)
            {
                streams.OnForceOrder(_writer, execution, execution.Order.UpdatedMs, nowMs);
                _all.OnForceOrder(_writer, streams.Format, execution, nowMs);
            }
            if (!_users.TryGetValue(account, out var topic) || !topic.HasSessions) return;
            if (execution.Fill is { } fill) topic.Publish(StreamEvents.TradeLite(_writer, streams.Format, execution.Order, fill, nowMs), "TRADE_LITE");
            topic.Publish(StreamEvents.Order(_writer, streams.Format, execution, nowMs), "ORDER_TRADE_UPDATE");
        }
    }

    /// <inheritdoc/>
    public void OnConditional(string account, ConditionalOrder order)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            if (!_users.TryGetValue(account, out var topic) || !topic.HasSessions) return;
            if (!_bySymbol.TryGetValue(order.Request.Symbol, out var streams)) return;
            topic.Publish(AlgoJson.Event(_writer, streams.Format, order, nowMs), "ALGO_UPDATE");
            if (Options.SendsTriggerReject && order.Status == ConditionalStatus.Rejected)
                topic.Publish(AlgoJson.TriggerReject(_writer, streams.Format, order, nowMs), "CONDITIONAL_ORDER_TRIGGER_REJECT");
        }
    }

    /// <inheritdoc/>
    public void OnAccount(string account, AccountEvent change)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            if (!_users.TryGetValue(account, out var topic) || !topic.HasSessions) return;
            topic.Publish(StreamEvents.Account(_writer, symbol => _bySymbol.GetValueOrDefault(symbol)?.Format, change, nowMs), "ACCOUNT_UPDATE");
        }
    }

    /// <inheritdoc/>
    public void OnMarginCall(string account, MarginCall call)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            if (!_users.TryGetValue(account, out var topic) || !topic.HasSessions) return;
            topic.Publish(StreamEvents.MarginCall(_writer, symbol => _bySymbol.GetValueOrDefault(symbol)?.Format, call, nowMs), "MARGIN_CALL");
        }
    }

    /// <inheritdoc/>
    public void OnSettings(string account, MarginSettings settings)
    {
        if (!TryBegin(out var nowMs)) return;
        lock (_gate)
        {
            if (!_users.TryGetValue(account, out var topic) || !topic.HasSessions) return;
            topic.Publish(StreamEvents.Settings(_writer, settings, Exchange.MarketTimeMs, nowMs), "ACCOUNT_CONFIG_UPDATE");
        }
    }

    /// <summary>POST listenKey: the account's active key, extended, or a new one.</summary>
    internal string OpenListenKey(ExchangeAccount account, long nowMs)
    {
        lock (_gate)
        {
            Sweep(nowMs);
            return _keys.Open(account, nowMs);
        }
    }

    /// <summary>PUT listenKey: the extended key, or null when the account has none or <paramref name="key"/> names another.</summary>
    internal string? ExtendListenKey(ExchangeAccount account, string? key, long nowMs)
    {
        lock (_gate)
        {
            Expire(nowMs);
            return _keys.Extend(account, key, nowMs);
        }
    }

    /// <summary>DELETE listenKey: ends the account's key and its user streams.</summary>
    internal bool CloseListenKey(ExchangeAccount account, long nowMs)
    {
        lock (_gate)
        {
            Expire(nowMs);
            return EndKey(account.Name, nowMs);
        }
    }

    /// <summary>Ends the account's listen key where a fault says so.</summary>
    internal void LoseListenKey(string account, string request, long nowMs)
    {
        if (Faults.OnRequest(ListenKeyKinds, request, account, null, nowMs) is not { } rule) return;
        lock (_gate) EndKey(account, nowMs, isSilent: rule.Value == 1);
    }

    internal long ClockMs => Exchange.ServerTimeMs;

    internal void Receive(StreamSession session, ReadOnlyMemory<byte> utf8)
    {
        var nowMs = Exchange.ServerTimeMs;
        lock (_gate)
        {
            Sweep(nowMs);
            if (session.CloseReason is not null || !IsAllowed(session, utf8.Length, nowMs)) return;
            if (session.Prefix != StreamPrefix.Api) Answer(session, StreamCommand.Parse(utf8, out var error), error);
        }
        // Outside the gate: a request reaches the exchange, whose events come back here.
        if (session.Prefix == StreamPrefix.Api && Api is { } api)
        {
            if (api.Handle(utf8, session.ClientAddress, nowMs) is { } answer) session.Enqueue(answer, null);
            else session.Close("the connection was lost", discards: true);
        }
        SeedBooks();
    }

    internal void Remove(StreamSession session)
    {
        lock (_gate)
        {
            if (!_sessions.Remove(session)) return;
            foreach (var name in session.Streams) Detach(session, name);
            session.Streams.Clear();
        }
    }

    /// <summary>Fetches the snapshots that partial books wait for. Must not be called inside the exchange's gate.</summary>
    internal void SeedBooks()
    {
        if (!_needsSnapshots) return;
        List<SymbolStreams> waiting;
        lock (_gate)
        {
            _needsSnapshots = false;
            waiting = [.. _byLower.Values.Where(streams => streams.NeedsSnapshot)];
        }
        foreach (var streams in waiting)
        {
            var snapshot = Exchange.GetDepth(streams.Format.Symbol, LocalBook.SnapshotLevels);
            lock (_gate)
            {
                if (!streams.Seed(snapshot)) _needsSnapshots = true;
            }
        }
    }

    /// <summary>Reads a symbol's history inside the gate; null when it is not listed.</summary>
    internal T? ReadHistory<T>(string symbol, Func<SymbolHistory, T> read)
    {
        lock (_gate) return _bySymbol.TryGetValue(symbol, out var streams) ? read(streams.History) : default;
    }

    /// <summary>Fills the history from what the exchange remembers of the last day, so that a restart does not empty the day statistics.</summary>
    private static void Recall(IExchange exchange, SymbolStreams streams)
    {
        const int Page = 1000;
        const int TradesMax = 500_000;
        const long DayMs = 86_400_000;
        var nextId = AggTradeHistory.FirstIdAt(exchange, streams.Format.Symbol, exchange.MarketTimeMs - DayMs);
        for (var read = 0; read < TradesMax; read += Page)
        {
            var page = exchange.GetAggTrades(streams.Format.Symbol, nextId, Page);
            foreach (var trade in page) streams.History.Add(trade);
            if (page.Count < Page) return;
            nextId = page[^1].Id + 1;
        }
    }

    /// <summary>Reads the clock before the gate is taken: the exchange may take its own gate for that.</summary>
    private bool TryBegin(out long nowMs)
    {
        nowMs = _exchange?.ServerTimeMs ?? 0;
        return _exchange is not null;
    }

    private bool IsAllowed(StreamSession session, int bytes, long nowMs)
    {
        if (bytes > Options.ClientMessageBytesMax)
        {
            session.Close($"a message is longer than {Options.ClientMessageBytesMax} bytes", discards: true);
            return false;
        }
        if (session.MessageSecond != nowMs / 1000) session.MessagesInSecond = 0;
        session.MessageSecond = nowMs / 1000;
        // Requests are bounded by their weight, as over REST.
        if (session.Prefix == StreamPrefix.Api) return true;
        if (++session.MessagesInSecond <= Options.ClientMessagesPerSMax || Options.ClientMessagesPerSMax == 0) return true;
        session.Close("Too many requests", discards: true);
        return false;
    }

    private void Answer(StreamSession session, StreamCommand? command, (int Code, string Message, string Id) error)
    {
        if (command is null)
        {
            session.Enqueue(Error(error.Code, error.Message, error.Id), null);
            return;
        }
        var fault = Faults.OnStream(AckKinds, command.Names.Count > 0 ? command.Names[0] : "", null, null, session.Number, Exchange.ServerTimeMs);
        if (fault?.Kind == FaultKind.AckError)
        {
            session.Enqueue(Error(2, "Invalid request", command.Id), null);
            return;
        }
        _writer.Reset().BeginObject().Name("result"u8);
        switch (command.Method)
        {
            case "SUBSCRIBE" when session.Streams.Union(command.Names, StringComparer.Ordinal).Count() > Options.StreamsPerSessionMax:
                session.Enqueue(Error(2, $"Invalid request: more than {Options.StreamsPerSessionMax} streams", command.Id), null);
                return;
            case "SUBSCRIBE":
                foreach (var name in command.Names) Subscribe(session, name);
                _writer.Value("null"u8);
                break;
            case "UNSUBSCRIBE":
                foreach (var name in command.Names.Where(session.Streams.Remove)) Detach(session, name);
                _writer.Value("null"u8);
                break;
            case "LIST_SUBSCRIPTIONS":
                _writer.BeginArray();
                foreach (var name in session.Streams) _writer.Text(name);
                _writer.EndArray();
                break;
            case "SET_PROPERTY":
                session.IsWrapped = command.Flag == true;
                _writer.Value("null"u8);
                break;
            case "GET_PROPERTY":
                _writer.Bool(session.IsWrapped);
                break;
        }
        if (fault is null) session.Enqueue(_writer.Name("id"u8).Value(Encoding.UTF8.GetBytes(command.Id)).EndObject().ToArray(), null);
    }

    private byte[] Error(int code, string message, string id) => _writer.Reset().BeginObject()
        .Name("error"u8).BeginObject().Name("code"u8).Number(code).Name("msg"u8).Text(message).EndObject()
        .Name("id"u8).Value(Encoding.UTF8.GetBytes(id)).EndObject().ToArray();

    private void Subscribe(StreamSession session, string name)
    {
        if (session.Streams.Contains(name)) return;
        session.Streams.Add(name);
        if (StreamName.TryParse(name, out var stream))
        {
            if (stream.Symbol.Length == 0 && stream.IsServedUnder(session.Prefix)) _all.Subscribe(stream, name, session);
            if (!stream.IsServedUnder(session.Prefix) || !_byLower.TryGetValue(stream.Symbol, out var streams)) return;
            streams.Subscribe(stream, name, session);
            _needsSnapshots |= streams.NeedsSnapshot;
        }
        else if (session.Prefix is StreamPrefix.Private or StreamPrefix.Any && _keys.FindAccount(name) is { } account)
        {
            if (!_users.TryGetValue(account, out var topic)) _users[account] = topic = new StreamTopic(name, conflates: false, account);
            topic.Add(session);
        }
    }

    private void Detach(StreamSession session, string name)
    {
        if (StreamName.TryParse(name, out var stream))
        {
            if (stream.Symbol.Length == 0) _all.Unsubscribe(name, session);
            else if (_byLower.TryGetValue(stream.Symbol, out var streams)) streams.Unsubscribe(name, session);
        }
        else if (_keys.FindAccount(name) is { } account && _users.TryGetValue(account, out var topic))
        {
            topic.Remove(session);
        }
    }

    /// <summary>Ends what has run out, about once a second of the protocol clock.</summary>
    private void Sweep(long nowMs)
    {
        if (nowMs < _nextSweepMs) return;
        _nextSweepMs = nowMs + SweepIntervalMs;
        Expire(nowMs);
        if (Options.SessionHoursMax == 0) return;
        foreach (var session in _sessions)
        {
            if (nowMs - session.OpenedMs >= Options.SessionHoursMax * 3_600_000L) session.Close($"open for {Options.SessionHoursMax} h", discards: false);
        }
    }

    private void Expire(long nowMs)
    {
        foreach (var account in _keys.Expired(nowMs)) EndKey(account, nowMs);
    }

    private bool EndKey(string account, long nowMs, bool isSilent = false)
    {
        if (_keys.Close(account) is not { } key) return false;
        if (!_users.Remove(account, out var topic)) return true;
        if (!isSilent) topic.Publish(StreamEvents.ListenKeyExpired(_writer, key, nowMs));
        foreach (var session in topic.Sessions) session.Streams.Remove(key);
        return true;
    }
}
