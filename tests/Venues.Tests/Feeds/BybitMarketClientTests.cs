using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Feeds;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Feeds;

public sealed class BybitMarketClientTests : IDisposable
{
    private const string FirstPage = """
        {"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[
        {"symbol":"BTCUSDT","contractType":"LinearPerpetual","status":"Trading","baseCoin":"BTC","quoteCoin":"USDT","settleCoin":"USDT","priceFilter":{"tickSize":"0.10"},"lotSizeFilter":{"qtyStep":"0.001","minOrderQty":"0.001"}},
        {"symbol":"BTC-29AUG25","contractType":"LinearFutures","status":"Trading","baseCoin":"BTC","quoteCoin":"USDT","settleCoin":"USDT"}],"nextPageCursor":"next"},"time":1}
        """;

    private const string LastPage = """
        {"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[
        {"symbol":"SHIB1000USDT","contractType":"LinearPerpetual","status":"PreLaunch","baseCoin":"SHIB1000","quoteCoin":"USDT","settleCoin":"USDT","priceFilter":{"tickSize":"0.000001"},"lotSizeFilter":{"qtyStep":"10","minOrderQty":"10"}}],"nextPageCursor":""},"time":1}
        """;

    private readonly World _world = new();
    private readonly RecordingMarketHandler _handler = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ScriptedRest _rest;
    private readonly ScriptedStreams _streams;
    private readonly BybitMarketClient _client;

    public BybitMarketClientTests()
    {
        _rest = new ScriptedRest(_world.Time).On("GET /v5/market/instruments-info", 200, FirstPage).On("GET /v5/market/instruments-info", 200, LastPage);
        _streams = new ScriptedStreams(_world.Time)
        {
            OnConnect = static connection => connection.Answer = static message => message.GetProperty("op").GetString() is var name && name == "ping"
                ? """{"success":true,"ret_msg":"pong","conn_id":"c","req_id":"","op":"ping"}"""
                : $$"""{"success":true,"ret_msg":"","conn_id":"c","req_id":"{{message.GetProperty("req_id").GetString()}}","op":"{{name}}"}""",
        };
        _client = new BybitMarketClient(FeedOptions.Bybit() with { HasDepth = true }, _rest, _streams, _world.Time, new ListLogger());
    }

    public void Dispose()
    {
        _client.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void Subscribes_and_numbers_trades_as_they_come()
    {
        Run("BTCUSDT", "1000SHIBUSDT");
        var connection = _streams.Connections.Single();
        connection.Path.ShouldBe("/v5/public/linear");
        connection.Sent.Single().Text.ShouldBe(
            """{"req_id":"1","op":"subscribe","args":["publicTrade.BTCUSDT","orderbook.1.BTCUSDT","tickers.BTCUSDT","orderbook.50.BTCUSDT","publicTrade.SHIB1000USDT","orderbook.1.SHIB1000USDT","tickers.SHIB1000USDT","orderbook.50.SHIB1000USDT"]}""");
        connection.Push("""
            {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[
            {"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false},
            {"T":1672304486866,"s":"BTCUSDT","S":"Sell","v":"2","p":"16578.00","i":"b","BT":false}]}
            """);
        connection.Push("""{"topic":"publicTrade.SHIB1000USDT","type":"snapshot","ts":1,"data":[{"T":1,"s":"SHIB1000USDT","S":"Buy","v":"10","p":"0.025","i":"c"}]}""");
        _world.Drain();
        _handler.Connections.ShouldBe([(true, "feed 1/1: subscribed")]);
        _handler.Rejects.ShouldBeEmpty();
        _handler.Trades.ShouldBe(
        [
            (0, new AggTrade(1, 1672304486865, 1657850000000, 100000, 1, 1, false)), (0, new AggTrade(2, 1672304486866, 1657800000000, 200000000, 2, 1, true)),
            (1, new AggTrade(1, 1, 2500000, 1000000000, 1, 1, false)),
        ]);
    }

    [Fact]
    public void Best_prices_as_wholes_and_as_changes()
    {
        Run("BTCUSDT");
        var connection = _streams.Connections.Single();
        connection.Push(Levels("orderbook.1", "snapshot", 5, "[[\"100\",\"1\"]]", "[[\"101\",\"2\"]]"));
        // The same again after three quiet seconds.
        connection.Push(Levels("orderbook.1", "snapshot", 5, "[[\"100\",\"1\"]]", "[[\"101\",\"2\"]]"));
        connection.Push(Levels("orderbook.1", "delta", 6, "[[\"100\",\"0\"],[\"99.5\",\"3\"]]", "[]"));
        _world.Drain();
        _handler.Tickers.Select(ticker => (ticker.Ticker.UpdateId, ticker.Ticker.BidPrice, ticker.Ticker.AskPrice)).ShouldBe([(5, 100m, 101m), (6, 99.5m, 101m)]);
        _handler.Tickers[0].Ticker.TimeMs.ShouldBe(8);
    }

    [Fact]
    public void Books_are_numbered_one_by_one_and_a_restart_replaces_them()
    {
        Run("BTCUSDT");
        var connection = _streams.Connections.Single();
        connection.Push(Levels("orderbook.50", "delta", 9, "[]", "[]"));
        connection.Push(Levels("orderbook.50", "snapshot", 10, "[[\"100\",\"1\"]]", "[]"));
        connection.Push(Levels("orderbook.50", "delta", 11, "[[\"100\",\"2\"]]", "[]"));
        connection.Push(Levels("orderbook.50", "delta", 1, "[[\"90\",\"2\"]]", "[]"));
        connection.Push(Levels("orderbook.50", "delta", 2, "[[\"91\",\"2\"]]", "[]"));
        connection.Push(Levels("orderbook.50", "delta", 4, "[[\"92\",\"2\"]]", "[]"));
        connection.Push(Levels("orderbook.50", "delta", 5, "[[\"92\",\"2\"]]", "[]"));
        _world.AdvanceSeconds(1);
        _handler.Books.Select(book => book.Book.LastUpdateId).ShouldBe([10, 1]);
        _handler.Depths.Select(depth => depth.FinalUpdateId).ShouldBe([11, 2]);
        _client.Counters.BookGaps.ShouldBe(1);
        connection.Sent.Skip(1).Select(sent => sent.Text).ShouldBe(
            ["""{"req_id":"0","op":"unsubscribe","args":["orderbook.50.BTCUSDT"]}""", """{"req_id":"0","op":"subscribe","args":["orderbook.50.BTCUSDT"]}"""]);
        _handler.Connections.Count.ShouldBe(1);
    }

    [Fact]
    public void Tickers_say_only_what_changed()
    {
        Run("BTCUSDT");
        var connection = _streams.Connections.Single();
        connection.Push("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","lastPrice":"17216","markPrice":"17217.33","indexPrice":"17227.36","fundingRate":"-0.000212","nextFundingTime":"1673280000000"},"cs":1,"ts":10}""");
        connection.Push("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","bid1Price":"17215"},"cs":2,"ts":11}""");
        connection.Push("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"17218"},"cs":3,"ts":12}""");
        _world.Drain();
        _handler.Marks.ShouldBe(
            [(0, new MarkPrice(10, 17217.33m, 17227.36m, -0.000212m, 1673280000000)), (0, new MarkPrice(12, 17218m, 17227.36m, -0.000212m, 1673280000000))]);
    }

    [Fact]
    public void Pings_and_refusals()
    {
        Run("BTCUSDT");
        var connection = _streams.Connections.Single();
        for (var second = 0; second < 45; second++)
        {
            connection.Push(Levels("orderbook.1", "snapshot", second + 1, "[[\"100\",\"1\"]]", "[[\"101\",\"2\"]]"));
            _world.AdvanceSeconds(1);
        }
        connection.Sent.Count(sent => sent.Text == """{"op":"ping"}""").ShouldBe(2);
        connection.Push("""{"success":false,"ret_msg":"error:handler not found","conn_id":"c","req_id":"1","op":"subscribe"}""");
        _world.Drain();
        _handler.Connections.Last().ShouldBe((false, "feed 1/1: a subscription was refused: error:handler not found"));
    }

    [Fact]
    public void Queries_over_pages()
    {
        _rest.On("GET /v5/market/time", 200, """{"retCode":0,"retMsg":"OK","result":{"timeSecond":"1688639403"},"time":1688639403423}""");
        _rest.On("GET /v5/market/orderbook", 200, """{"retCode":0,"retMsg":"OK","result":{"s":"BTCUSDT","a":[["65557.7","16.606"]],"b":[["65485.47","47.081"]],"ts":1716863719031,"u":230704,"seq":1432604333,"cts":1716863718905}}""");
        _rest.On("GET /v5/market/kline", 200, """{"retCode":0,"retMsg":"OK","result":{"list":[["3600000","17071","17073","17027","17055","268611","1.5"],["0","17070","17073","17027","17071","2","3"]]}}""");
        _world.Run(() => _client.GetServerTimeMsAsync(default)).ShouldBe(1688639403423);
        var book = _world.Run(() => _client.GetDepthAsync("BTCUSDT", 50, default));
        (book.LastUpdateId, book.TimeMs, book.Asks.Single()).ShouldBe((230704, 1716863718905, new BookLevel(6555770000000, 1660600000)));
        var klines = _world.Run(() => _client.GetKlinesAsync("BTCUSDT", KlineInterval.Hour, 0, 7_200_000, 2, default));
        klines.Select(kline => (kline.OpenTimeMs, kline.Volume, kline.QuoteVolume)).ShouldBe([(0, 2m, 3m), (3_600_000, 268611m, 1.5m)]);
        _rest.Requests.Last().Query.ShouldBe("category=linear&symbol=BTCUSDT&interval=60&start=0&end=3600000&limit=2");
        var rules = _world.Run(() => _client.GetSymbolRulesAsync(default));
        rules.Select(rule => (rule.Symbol, rule.StepSize, rule.IsTrading)).ShouldBe([("BTCUSDT", 0.001m, true), ("SHIB1000USDT", 10m, false)]);
        _rest.Requests.Where(request => request.Path.EndsWith("instruments-info")).Select(request => request.Query).ShouldBe(["category=linear&limit=1000", "category=linear&limit=1000&cursor=next"]);
        Should.Throw<ArgumentException>(() => _world.Run(() => _client.GetKlinesAsync("BTCUSDT", KlineInterval.Parse("8h"), 0, 1, 1, default))).Message.ShouldContain("8h");
    }

    private static string Levels(string topic, string type, long id, string bids, string asks) =>
        $$"""{"topic":"{{topic}}.BTCUSDT","type":"{{type}}","ts":9,"data":{"s":"BTCUSDT","b":{{bids}},"a":{{asks}},"u":{{id}},"seq":{{id * 7}}},"cts":8}""";

    private void Run(params string[] symbols) => _world.Start(() => _client.RunAsync(symbols, _handler, _stop.Token));
}
