using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Feeds;

/// <summary>OKX's USDT perpetuals (BTC-USDT-SWAP for BTCUSDT), read-only. Its sizes are contracts and are converted to coins.</summary>
public sealed class OkxMarketClient : MarketFeed
{
    /// <summary>Levels a side of the books channel.</summary>
    public const int BookLevelsMax = 400;

    private const int KlineLimitMax = 300;
    private readonly FeedRest _rest;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="options">Which venue, and how.</param>
    /// <param name="rest">Carries REST requests.</param>
    /// <param name="streams">Carries streams.</param>
    /// <param name="time">The clock of every wait.</param>
    /// <param name="logger">Receives what an operator should know.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public OkxMarketClient(FeedOptions options, IRestTransport rest, IStreamTransport streams, TimeProvider time, ILogger logger)
        : base(options, streams, time, logger) => _rest = new FeedRest(options, rest, time, "code", "msg");

    /// <summary>A client with the real transports.</summary>
    /// <inheritdoc cref="OkxMarketClient(FeedOptions, IRestTransport, IStreamTransport, TimeProvider, ILogger)"/>
    public static OkxMarketClient Connect(FeedOptions options, TimeProvider time, ILogger logger)
    {
        options.Validate();
        var rest = new HttpRestTransport(options.RestUrl, time);
        // This venue is pinged by messages of its own.
        return new OkxMarketClient(options, rest, new WebSocketStreamTransport(options.StreamUrl, options.RequestTimeout, time, "(none)"), time,
            logger)
        { Owned = rest };
    }

    /// <inheritdoc />
    public override ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken) => _rest.QueryAsync(
        "/api/v5/public/time", "", static root => root.ItemsOf("data").First().Integer("ts"), cancellationToken);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">More than 300 candles, or an interval that this venue does not have.</exception>
    public override async ValueTask<IReadOnlyList<Kline>> GetKlinesAsync(
        string symbol, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > KlineLimitMax) throw new ArgumentException($"limit is {limit}; it must be 1 to {KlineLimitMax}", nameof(limit));
        var instrument = await InstrumentAsync(symbol, cancellationToken);
        // Newest first, and both ends excluded: so that the oldest of the range come, the end is moved to where the limit is reached.
        var lastMs = Math.Min(endMs, startMs + ((limit - 1) * interval.DurationMs));
        var query = new QueryText().Add("instId", instrument.VenueName).Add("bar", Bar(interval)).Add("before", startMs - 1).Add("after",
            lastMs + 1).Add("limit", limit);
        return await _rest.QueryAsync<IReadOnlyList<Kline>>(
            "/api/v5/market/history-candles", query.ToString(), root => FeedKlines.Read(root.ItemsOf("data"), instrument, interval, 5, 7), cancellationToken);
    }

    /// <inheritdoc />
    public override async ValueTask<BookSnapshot> GetDepthAsync(string symbol, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > BookLevelsMax) throw new ArgumentException($"limit is {limit}; it must be 1 to {BookLevelsMax}", nameof(limit));
        var instrument = await InstrumentAsync(symbol, cancellationToken);
        var query = new QueryText().Add("instId", instrument.VenueName).Add("sz", limit).ToString();
        return await _rest.QueryAsync(
            "/api/v5/market/books", query,
            root =>
            {
                var data = root.ItemsOf("data").First();
                return Book(data, "bids", "asks", instrument, data.IntegerOrZero("seqId"), data.Integer("ts"), limit);
            },
            cancellationToken);
    }

    private protected override IFeedDialect Dialect((int Index, Instrument Instrument)[] symbols) => new OkxDialect(symbols, Options.HasDepth);

    private protected override async ValueTask<IReadOnlyList<ListedInstrument>> AskInstrumentsAsync(CancellationToken cancellationToken) =>
        await _rest.QueryAsync(
            "/api/v5/public/instruments", "instType=SWAP",
            static root =>
            {
                var listed = new List<ListedInstrument>();
                foreach (var item in root.ItemsOf("data"))
                {
                    if (item.TextOrEmpty("ctType") != "linear" || item.TextOrEmpty("settleCcy") != "USDT") continue;
                    var multiplier = item.NumberOrZero("ctMult") is > 0 and var given ? given : 1;
                    listed.Add(new ListedInstrument(
                        item.Text("instId"), item.Text("ctValCcy"), item.Number("ctVal") * multiplier, item.Number("tickSz"), item.Number("lotSz"),
                        item.NumberOrZero("minSz"), item.TextOrEmpty("state") == "live"));
                }
                return listed;
            },
            cancellationToken);

    // Days and longer begin at midnight UTC only under names of their own.
    private static string Bar(KlineInterval interval) => interval.Code switch
    {
        "1m" or "3m" or "5m" or "15m" or "30m" => interval.Code,
        "1h" or "2h" or "4h" => interval.Code.ToUpperInvariant(),
        "6h" or "12h" or "1d" or "1w" => interval.Code.ToUpperInvariant() + "utc",
        _ => throw new ArgumentException($"interval {interval.Code} is not served by this venue", nameof(interval)),
    };
}
