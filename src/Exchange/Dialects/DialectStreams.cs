using Granary.Engine.Market;
using Granary.Exchange.Contracts;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Dialects;

/// <summary>
/// The exchange's market streams as OKX and Bybit spell theirs, for tests of clients that read those venues: the same market, read-only. Stands between the
/// exchange
/// and its other listener, to which everything is passed on first. Thread-safe.
/// </summary>
/// <param name="inner">Receives every event as well.</param>
public sealed class DialectStreams(IExchangeEvents inner) : IExchangeEvents
{
    private const int BookLevels = 50;
    private static readonly IDialectWire[] _wires = [new OkxWire(), new BybitWire()];
    private readonly Lock _gate = new();
    private readonly List<DialectSession> _sessions = [];
    private readonly SortedDictionary<string, SymbolBook> _books = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MarkPrice> _marks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _losses = new(StringComparer.Ordinal);
    private IExchange? _exchange;

    /// <summary>Names the exchange whose events these are. Symbols that do not end in USDT are left out: the dialects have other names for them.</summary>
    public void Attach(IExchange exchange)
    {
        lock (_gate)
        {
            _exchange = exchange;
            foreach (var rules in exchange.Symbols.Where(static rules => rules.Symbol.EndsWith("USDT", StringComparison.Ordinal)))
            {
                var book = new SymbolBook();
                book.Levels.Start();
                _books.Add(rules.Symbol, book);
            }
        }
        Seed();
    }

    /// <summary>Opens a session.</summary>
    /// <param name="path">/ws/v5/public for OKX's dialect, /v5/public/linear for Bybit's.</param>
    /// <exception cref="ExchangeException">404 for another path.</exception>
    public DialectSession Open(string path)
    {
        var wire = _wires.FirstOrDefault(wire => wire.Path == path) ?? throw new ExchangeException(-5000, $"Path {path} is not served", 404);
        var session = new DialectSession(this, wire);
        lock (_gate) _sessions.Add(session);
        return session;
    }

    /// <summary>The answer to a public query in either dialect (instruments, time), or null where there is none.</summary>
    public string? Rest(string path)
    {
        var exchange = _exchange ?? throw new InvalidOperationException("the dialects have no exchange yet: call Attach first");
        var symbols = exchange.Symbols.Where(rules => _books.ContainsKey(rules.Symbol)).ToList();
        return _wires.Select(wire => wire.Rest(path, symbols, exchange.ServerTimeMs)).FirstOrDefault(static answer => answer is not null);
    }

    /// <summary>A fault: the next change of the symbol's book is sent to nobody.</summary>
    public void LoseDepth(string symbol)
    {
        lock (_gate) _losses.Add(symbol);
    }

    /// <summary>A fault: ends every session, as a venue does that restarts.</summary>
    public void CloseAll()
    {
        DialectSession[] sessions;
        lock (_gate) sessions = [.. _sessions];
        foreach (var session in sessions) session.Dispose();
    }

    /// <inheritdoc/>
    public void OnAggTrade(string symbol, in AggTrade trade)
    {
        inner.OnAggTrade(symbol, trade);
        lock (_gate)
        {
            foreach (var session in _sessions)
                if (session.Topics.Contains((symbol, DialectTopic.Trades)))
                    session.Enqueue(session.Wire.Trade(symbol, trade));
        }
    }

    /// <inheritdoc/>
    public void OnBookTicker(string symbol, in BookTicker ticker)
    {
        inner.OnBookTicker(symbol, ticker);
        lock (_gate)
        {
            foreach (var session in _sessions)
                if (session.Topics.Contains((symbol, DialectTopic.Quote)))
                    session.Enqueue(session.Wire.Quote(symbol, ticker));
        }
    }

    /// <inheritdoc/>
    public void OnMarkPrice(string symbol, in MarkPrice mark)
    {
        inner.OnMarkPrice(symbol, mark);
        lock (_gate)
        {
            _marks[symbol] = mark;
            foreach (var session in _sessions)
            {
                // Index and rate first: a client that joins them has them by the time of the mark price.
                Send(session, symbol, DialectTopic.Index, mark);
                Send(session, symbol, DialectTopic.Funding, mark);
                Send(session, symbol, DialectTopic.Mark, mark);
            }
        }
    }

    /// <inheritdoc/>
    public void OnDepth(string symbol, DepthDiff diff)
    {
        inner.OnDepth(symbol, diff);
        lock (_gate)
        {
            if (!_books.TryGetValue(symbol, out var book)) return;
            // A book that has to be seeded again is whole at the next message of a client.
            book.Levels.Apply(diff);
            book.LastId = Math.Max(book.LastId, diff.LastUpdateId);
            var isLost = _losses.Remove(symbol);
            foreach (var session in _sessions)
            {
                if (!session.Books.TryGetValue(symbol, out var sent) || diff.LastUpdateId <= sent.LastId) continue;
                session.Books[symbol] = (diff.LastUpdateId, sent.Number + 1);
                if (!isLost) session.Enqueue(session.Wire.Book(symbol, sent.LastId, diff.LastUpdateId, sent.Number + 1, diff.TimeMs, diff.Bids, diff.Asks));
            }
        }
    }

    /// <inheritdoc/>
    public void OnOrder(string account, ExecutionEvent execution) => inner.OnOrder(account, execution);

    /// <inheritdoc/>
    public void OnConditional(string account, ConditionalOrder order) => inner.OnConditional(account, order);

    /// <inheritdoc/>
    public void OnAccount(string account, AccountEvent change) => inner.OnAccount(account, change);

    /// <inheritdoc/>
    public void OnMarginCall(string account, MarginCall call) => inner.OnMarginCall(account, call);

    /// <inheritdoc/>
    public void OnSettings(string account, MarginSettings settings) => inner.OnSettings(account, settings);

    internal void Receive(DialectSession session, string text)
    {
        var command = session.Wire.Read(text);
        if (command.Subscribes.Count > 0) Seed();
        lock (_gate)
        {
            foreach (var answer in command.Answers) session.Enqueue(answer);
            foreach (var topic in command.Unsubscribes)
            {
                session.Topics.Remove(topic);
                if (topic.Topic == DialectTopic.Book) session.Books.Remove(topic.Symbol);
            }
            foreach (var topic in command.Subscribes)
            {
                session.Topics.Add(topic);
                if (topic.Topic == DialectTopic.Book) SendBook(session, topic.Symbol);
                else if (_marks.TryGetValue(topic.Symbol, out var mark)) Send(session, topic.Symbol, topic.Topic, mark);
            }
        }
    }

    internal void Remove(DialectSession session)
    {
        lock (_gate) _sessions.Remove(session);
    }

    private void SendBook(DialectSession session, string symbol)
    {
        if (!_books.TryGetValue(symbol, out var book) || !book.Levels.IsLive) return;
        session.Books[symbol] = (book.LastId, 1);
        session.Enqueue(session.Wire.Book(symbol, -1, book.LastId, 1, _exchange!.MarketTimeMs, book.Levels.Bids(BookLevels), book.Levels.Asks(BookLevels)));
    }

    private static void Send(DialectSession session, string symbol, DialectTopic topic, in MarkPrice mark)
    {
        if (session.Topics.Contains((symbol, topic)) && session.Wire.Mark(symbol, topic, mark) is { } frame) session.Enqueue(frame);
    }

    /// <summary>Takes the snapshots of books that have none, outside the exchange's gate.</summary>
    private void Seed()
    {
        string[] missing;
        lock (_gate) missing = [.. _books.Where(static book => !book.Value.Levels.IsLive).Select(static book => book.Key)];
        foreach (var symbol in missing)
        {
            var snapshot = _exchange!.GetDepth(symbol, LocalBook.SnapshotLevels);
            lock (_gate)
            {
                _books[symbol].LastId = Math.Max(_books[symbol].LastId, snapshot.LastUpdateId);
                _books[symbol].Levels.Seed(snapshot);
            }
        }
    }

    private sealed class SymbolBook
    {
        public LocalBook Levels { get; } = new();

        public long LastId { get; set; }
    }
}
