using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Ports;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Feeds;

/// <summary>
/// A read-only market of another venue behind the engine's market port: USDT perpetuals under the engine's symbols, in its pricing, with quantities in
/// coins. Meant
/// as a backup to compare the primary with, so that trades by id, which only the primary's are asked for, are not to be had. All members may be called
/// concurrently;
/// <see cref="RunAsync"/> at most once at a time.
/// </summary>
public abstract class MarketFeed : IMarketDataPort, IDisposable
{
    private const int SymbolsPerConnection = 30;
    private static readonly TimeSpan _listAgeMax = TimeSpan.FromHours(1);
    private readonly IStreamTransport _streams;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IDisposable? _owned;
    private IReadOnlyList<ListedInstrument>? _listed;
    private long _listedTimestamp;

    private protected MarketFeed(FeedOptions options, IStreamTransport streams, TimeProvider time, ILogger logger, FeedRest rest)
    {
        options.Validate();
        Options = options;
        Rest = rest;
        _streams = streams;
        _time = time;
        _logger = logger;
    }

    /// <summary>What was counted since the feed was made.</summary>
    public FeedCounters Counters { get; } = new();

    private protected FeedOptions Options { get; }

    private protected FeedRest Rest { get; }

    /// <summary>Most candles of an answer.</summary>
    private protected abstract int KlineLimitMax { get; }

    /// <summary>Most levels a side of a book that is asked for.</summary>
    private protected abstract int DepthLimitMax { get; }

    /// <inheritdoc />
    public abstract ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">More candles than the venue gives at once, or an interval that it does not have.</exception>
    public async ValueTask<IReadOnlyList<Kline>> GetKlinesAsync(
        string symbol, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        if (limit < 1 || limit > KlineLimitMax) throw new ArgumentException($"limit is {limit}; it must be 1 to {KlineLimitMax}", nameof(limit));
        var instrument = await InstrumentAsync(symbol, cancellationToken);
        // Of a longer range the newest come, so the end is moved to where the limit is reached.
        var lastMs = Math.Min(endMs, startMs + ((limit - 1) * interval.DurationMs));
        return await AskKlinesAsync(instrument, interval, startMs, lastMs, limit, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<BookSnapshot> GetDepthAsync(string symbol, int limit, CancellationToken cancellationToken)
    {
        if (limit < 1 || limit > DepthLimitMax) throw new ArgumentException($"limit is {limit}; it must be 1 to {DepthLimitMax}", nameof(limit));
        return await AskDepthAsync(await InstrumentAsync(symbol, cancellationToken), limit, cancellationToken);
    }

    /// <summary>Always fails: this venue's trades have no consecutive ids.</summary>
    /// <exception cref="VenueException">Always.</exception>
    public ValueTask<IReadOnlyList<AggTrade>> GetAggTradesAsync(string symbol, long fromId, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromException<IReadOnlyList<AggTrade>>(
            new VenueException($"{Options.Name} is a backup feed: its trades have no consecutive ids and cannot be asked for by id; ask the primary venue"));

    /// <summary>
    /// The rules of every listed USDT perpetual under the engine's names and in its units; the venue's limits that it does not use are wide open.
    /// </summary>
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<SymbolRules>> GetSymbolRulesAsync(CancellationToken cancellationToken)
    {
        var rules = new List<SymbolRules>();
        foreach (var item in await ListAsync(cancellationToken))
        {
            var (tick, step) = (item.TickSize, item.StepSize * item.CoinsPerUnit);
            rules.Add(new SymbolRules(
                $"{item.BaseCoin}USDT", item.IsTrading ? "TRADING" : "BREAK", tick, step, item.SizeMin * item.CoinsPerUnit, 1e9m, 1e9m, 0, tick, 1e9m, 1000,
                0, 200,
                tick.Scale, step.Scale));
        }
        return rules;
    }

    /// <summary>
    /// Receives trades, best prices, mark prices and (<see cref="FeedOptions.HasDepth"/>) books of the symbols until cancelled. Instruments are asked for
    /// first, and
    /// again until the venue answers. Returns, without an exception, when cancelled.
    /// </summary>
    /// <param name="symbols">The engine's upper-case symbols.</param>
    /// <param name="handler">Called by each connection's read loop, one call at a time per connection.</param>
    /// <param name="cancellationToken">Ends the reception.</param>
    /// <exception cref="ArgumentException">No symbols, or some that this venue does not list.</exception>
    public async Task RunAsync(IReadOnlyList<string> symbols, IMarketDataHandler handler, CancellationToken cancellationToken)
    {
        if (symbols.Count == 0) throw new ArgumentException("no symbols; give one or more", nameof(symbols));
        if (await TryListAsync(cancellationToken) is not { } listed) return;
        var numbered = InstrumentNames.Match(symbols, listed).Select((instrument, index) => (index, instrument));
        var chunks = numbered.Chunk(SymbolsPerConnection).ToArray();
        await Task.WhenAll(chunks.Select((chunk, i) => new FeedConnection(
            Options, $"feed {i + 1}/{chunks.Length}", Dialect(chunk), _streams, handler, _time, Counters, _logger, unchecked((Options.Seed * 31) + i + 1))
            .RunAsync(cancellationToken)).ToArray());
    }

    /// <summary>Closes the connections of a feed made by Connect; transports that were handed in stay with their owner.</summary>
    public void Dispose()
    {
        _owned?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a feed with the real transports. The venues are pinged by messages of their own.</summary>
    private protected static T Connect<T>(FeedOptions options, TimeProvider time, Func<IRestTransport, IStreamTransport, T> make)
        where T : MarketFeed
    {
        options.Validate();
        var rest = new HttpRestTransport(options.RestUrl, time);
        var feed = make(rest, new WebSocketStreamTransport(options.StreamUrl, options.RequestTimeout, time, "(none)"));
        feed._owned = rest;
        return feed;
    }

    /// <summary>Asks for candles from one open time to another, both included.</summary>
    private protected abstract ValueTask<List<Kline>> AskKlinesAsync(
        Instrument instrument, KlineInterval interval, long startMs, long lastMs, int limit, CancellationToken cancellationToken);

    private protected abstract ValueTask<BookSnapshot> AskDepthAsync(Instrument instrument, int limit, CancellationToken cancellationToken);

    private protected abstract IFeedDialect Dialect((int Index, Instrument Instrument)[] symbols);

    private protected abstract ValueTask<IReadOnlyList<ListedInstrument>> AskInstrumentsAsync(CancellationToken cancellationToken);

    /// <summary>The instrument behind a symbol.</summary>
    /// <exception cref="ArgumentException">Not listed.</exception>
    private async ValueTask<Instrument> InstrumentAsync(string symbol, CancellationToken cancellationToken) =>
        InstrumentNames.Match([symbol], await ListAsync(cancellationToken))[0];

    /// <summary>Reads an order book that was asked for.</summary>
    private protected static BookSnapshot Book(System.Text.Json.JsonElement data, string bidsName, string asksName, Instrument instrument, long id,
        long timeMs, int limit)
    {
        List<BookLevel> bids = [], asks = [];
        FeedLevels.Read(data, bidsName, instrument, bids);
        FeedLevels.Read(data, asksName, instrument, asks);
        return new BookSnapshot(id, timeMs, bids, asks, limit);
    }

    private async ValueTask<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken cancellationToken)
    {
        if (_listed is { } known && _time.GetElapsedTime(_listedTimestamp) < _listAgeMax) return known;
        var listed = await AskInstrumentsAsync(cancellationToken);
        (_listed, _listedTimestamp) = (listed, _time.GetTimestamp());
        return listed;
    }

    private async Task<IReadOnlyList<ListedInstrument>?> TryListAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    return await ListAsync(cancellationToken);
                }
                catch (VenueException e)
                {
                    _logger.LogWarning("{Venue}: the instruments are not to be had, asked again: {Message}", Options.Name, e.Message);
                    await Task.Delay(Options.ReconnectDelayMax, _time, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
