using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Feeds;

/// <summary>Bybit's USDT perpetuals, read-only. Sizes are coins; trades are numbered by this client as they come.</summary>
public sealed class BybitMarketClient : MarketFeed
{
    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="options">Which venue, and how.</param>
    /// <param name="rest">Carries REST requests.</param>
    /// <param name="streams">Carries streams.</param>
    /// <param name="time">The clock of every wait.</param>
    /// <param name="logger">Receives what an operator should know.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public BybitMarketClient(FeedOptions options, IRestTransport rest, IStreamTransport streams, TimeProvider time, ILogger logger)
        : base(options, streams, time, logger, new FeedRest(options, rest, time, "retCode", "retMsg"))
    {
    }

    /// <summary>A client with the real transports.</summary>
    /// <inheritdoc cref="BybitMarketClient(FeedOptions, IRestTransport, IStreamTransport, TimeProvider, ILogger)"/>
    public static BybitMarketClient Connect(FeedOptions options, TimeProvider time, ILogger logger) =>
        Connect(options, time, (rest, streams) => new BybitMarketClient(options, rest, streams, time, logger));

    private protected override int KlineLimitMax => 1000;

    private protected override int DepthLimitMax => 500;

    /// <inheritdoc />
    public override ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken) =>
        Rest.QueryAsync("/v5/market/time", "", static root => root.Integer("time"), cancellationToken);

    private protected override ValueTask<List<Kline>> AskKlinesAsync(
        Instrument instrument, KlineInterval interval, long startMs, long lastMs, int limit, CancellationToken cancellationToken)
    {
        var query = Query(instrument).Add("interval", Code(interval)).Add("start", startMs).Add("end", lastMs).Add("limit", limit).ToString();
        return Rest.QueryAsync(
            "/v5/market/kline", query, root => FeedKlines.Read(Result(root).ItemsOf("list"), instrument, interval, 5, 6), cancellationToken);
    }

    private protected override ValueTask<BookSnapshot> AskDepthAsync(Instrument instrument, int limit, CancellationToken cancellationToken) =>
        Rest.QueryAsync(
            "/v5/market/orderbook", Query(instrument).Add("limit", limit).ToString(),
            root =>
            {
                var data = Result(root);
                return Book(data, "b", "a", instrument, data.Integer("u"), data.IntegerOrZero("cts") is > 0 and var time ? time : data.Integer("ts"), limit);
            },
            cancellationToken);

    private protected override IFeedDialect Dialect((int Index, Instrument Instrument)[] symbols) => new BybitDialect(symbols, Options.HasDepth);

    private protected override async ValueTask<IReadOnlyList<ListedInstrument>> AskInstrumentsAsync(CancellationToken cancellationToken)
    {
        var listed = new List<ListedInstrument>();
        var cursor = "";
        do
        {
            var query = new QueryText().Add("category", "linear").Add("limit", 1000);
            if (cursor.Length > 0) query.Add("cursor", cursor);
            cursor = await Rest.QueryAsync("/v5/market/instruments-info", query.ToString(), root => ReadPage(Result(root), listed), cancellationToken);
        }
        while (cursor.Length > 0);
        return listed;
    }

    /// <summary>Adds a page of instruments; the place where the next one begins, or nothing.</summary>
    private static string ReadPage(System.Text.Json.JsonElement result, List<ListedInstrument> listed)
    {
        var before = listed.Count;
        foreach (var item in result.ItemsOf("list"))
        {
            if (item.TextOrEmpty("contractType") != "LinearPerpetual" || item.TextOrEmpty("settleCoin") != "USDT") continue;
            if (!item.TryGet("priceFilter", out var price) || !item.TryGet("lotSizeFilter", out var lot)) continue;
            var name = item.Text("symbol");
            // BTCUSDT; the base coin of SHIB1000USDT is given as SHIB1000.
            listed.Add(new ListedInstrument(
                name, item.Text("baseCoin"), 1, price.Number("tickSize"), lot.Number("qtyStep"), lot.NumberOrZero("minOrderQty"),
                item.TextOrEmpty("status") == "Trading"));
        }
        return listed.Count == before ? "" : result.TextOrEmpty("nextPageCursor");
    }

    private static System.Text.Json.JsonElement Result(System.Text.Json.JsonElement root) =>
        root.TryGet("result", out var result) ? result : throw new FormatException("field result is missing");

    private static QueryText Query(Instrument instrument) => new QueryText().Add("category", "linear").Add("symbol", instrument.VenueName);

    private static string Code(KlineInterval interval) => interval.Code switch
    {
        "1d" => "D",
        "1w" => "W",
        "1m" or "3m" or "5m" or "15m" or "30m" or "1h" or "2h" or "4h" or "6h" or "12h" =>
            (interval.DurationMs / 60_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"interval {interval.Code} is not served by this venue", nameof(interval)),
    };
}
