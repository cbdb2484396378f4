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

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="options">Which venue, and how.</param>
    /// <param name="rest">Carries REST requests.</param>
    /// <param name="streams">Carries streams.</param>
    /// <param name="time">The clock of every wait.</param>
    /// <param name="logger">Receives what an operator should know.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public OkxMarketClient(FeedOptions options, IRestTransport rest, IStreamTransport streams, TimeProvider time, ILogger logger)
        : base(options, streams, time, logger, new FeedRest(options, rest, time, "code", "msg"))
    {
    }

    /// <summary>A client with the real transports.</summary>
    /// <inheritdoc cref="OkxMarketClient(FeedOptions, IRestTransport, IStreamTransport, TimeProvider, ILogger)"/>
    public static OkxMarketClient Connect(FeedOptions options, TimeProvider time, ILogger logger) =>
        Connect(options, time, (rest, streams) => new OkxMarketClient(options, rest, streams, time, logger));

    private protected override int KlineLimitMax => 300;

    private protected override int DepthLimitMax => BookLevelsMax;

    /// <inheritdoc />
    public override ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken) => Rest.QueryAsync(
        "/api/v5/public/time", "", static root => root.ItemsOf("data").First().Integer("ts"), cancellationToken);

    private protected override ValueTask<List<Kline>> AskKlinesAsync(
        Instrument instrument, KlineInterval interval, long startMs, long lastMs, int limit, CancellationToken cancellationToken)
    {
        // Both ends are excluded.
        var query = new QueryText().Add("instId", instrument.VenueName).Add("bar", Bar(interval)).Add("before", startMs - 1).Add("after",
            lastMs + 1).Add("limit", limit);
        return Rest.QueryAsync(
            "/api/v5/market/history-candles", query.ToString(), root => FeedKlines.Read(root.ItemsOf("data"), instrument, interval, 5, 7), cancellationToken);
    }

    private protected override ValueTask<BookSnapshot> AskDepthAsync(Instrument instrument, int limit, CancellationToken cancellationToken)
    {
        var query = new QueryText().Add("instId", instrument.VenueName).Add("sz", limit).ToString();
        return Rest.QueryAsync(
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
        await Rest.QueryAsync(
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
