using System.Text;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Feeds;
using Granary.Venues.Ports;
using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Feeds;

public sealed class OkxMarketClientTests : IDisposable
{
    private const string Instruments = """
        {"code":"0","msg":"","data":[
        {"instId":"BTC-USDT-SWAP","ctType":"linear","settleCcy":"USDT","ctVal":"0.01","ctMult":"1","ctValCcy":"BTC","tickSz":"0.1","lotSz":"0.01","minSz":"0.01","state":"live"},
        {"instId":"BTC-USD-SWAP","ctType":"inverse","settleCcy":"BTC","ctVal":"100","ctMult":"1","ctValCcy":"USD","tickSz":"0.1","lotSz":"1","minSz":"1","state":"live"},
        {"instId":"PEPE-USDT-SWAP","ctType":"linear","settleCcy":"USDT","ctVal":"10000000","ctMult":"1","ctValCcy":"PEPE","tickSz":"0.000000001","lotSz":"0.1","minSz":"0.1","state":"suspend"}]}
        """;

    private readonly World _world = new();
    private readonly ListLogger _log = new();
    private readonly RecordingMarketHandler _handler = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ScriptedRest _rest;
    private readonly ScriptedStreams _streams;
    private readonly OkxMarketClient _client;

    public OkxMarketClientTests()
    {
        _rest = new ScriptedRest(_world.Time).On("GET /api/v5/public/instruments", 200, Instruments);
        _streams = new ScriptedStreams(_world.Time) { OnConnect = Acknowledge };
        _client = new OkxMarketClient(FeedOptions.Okx() with { HasDepth = true }, _rest, _streams, _world.Time, _log);
    }

    public void Dispose()
    {
        _client.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void Trades_are_converted_from_contracts_to_coins_and_to_the_engines_pricing()
    {
        Run("BTCUSDT", "1000PEPEUSDT");
        var connection = _streams.Connections.Single();
        connection.Path.ShouldBe("/ws/v5/public");
        connection.Push(Data("trades", "BTC-USDT-SWAP", """{"instId":"BTC-USDT-SWAP","tradeId":"130639474","px":"42219.9","sz":"12.5","side":"sell","ts":"1630048897897","count":"3"}"""));
        connection.Push(Data("trades", "PEPE-USDT-SWAP", """{"tradeId":"7","px":"0.000012345","sz":"0.1","side":"buy","ts":"1"}"""));
        _world.Drain();
        _handler.Rejects.ShouldBeEmpty();
        _handler.Trades.ShouldBe(
        [
            (0, new AggTrade(130639474, 1630048897897, 4221990000000, 12500000, 130639472, 3, true)),
            // 0.1 contracts of ten million coins are a million coins, a thousand of the engine's lots of 1000.
            (1, new AggTrade(7, 1, 1234500, 100000000000, 7, 1, false)),
        ]);
    }

    [Fact]
    public void Subscribes_every_channel_in_paced_messages_and_reports_when_all_are_acknowledged()
    {
        Run("BTCUSDT");
        var sent = _streams.Connections.Single().Sent.Single().Text;
        foreach (var channel in (string[])["trades", "bbo-tbt", "mark-price", "funding-rate", "books"])
            sent.ShouldContain($$"""{"channel":"{{channel}}","instId":"BTC-USDT-SWAP"}""");
        sent.ShouldContain("""{"channel":"index-tickers","instId":"BTC-USDT"}""");
        _handler.Connections.ShouldBe([(true, "feed 1/1: subscribed")]);
    }

    [Fact]
    public void Quotes_and_marks()
    {
        Run("BTCUSDT");
        var connection = _streams.Connections.Single();
        connection.Push(Data("bbo-tbt", "BTC-USDT-SWAP", """{"asks":[["111.06","200","0","2"]],"bids":[["111.05","57","0","2"]],"ts":"1670324386802","seqId":363996337}"""));
        connection.Push(Data("mark-price", "BTC-USDT-SWAP", """{"instType":"SWAP","instId":"BTC-USDT-SWAP","markPx":"100.5","ts":"3"}"""));
        connection.Push(Data("index-tickers", "BTC-USDT", """{"instId":"BTC-USDT","idxPx":"100.25","ts":"3"}"""));
        connection.Push(Data("funding-rate", "BTC-USDT-SWAP", """{"fundingRate":"-0.0001","fundingTime":"9000","nextFundingTime":"18000"}"""));
        connection.Push(Data("mark-price", "BTC-USDT-SWAP", """{"instType":"SWAP","instId":"BTC-USDT-SWAP","markPx":"100.75","ts":"4"}"""));
        _world.Drain();
        _handler.Tickers.ShouldBe([(0, new BookTicker(363996337, 1670324386802, 11105000000, 57000000, 11106000000, 200000000))]);
        // The first came before the index and the rate.
        _handler.Marks.ShouldBe([(0, new MarkPrice(4, 100.75m, 100.25m, -0.0001m, 9000))]);
    }

    [Fact]
    public void A_book_goes_on_while_each_change_names_the_one_before_and_is_subscribed_anew_after_a_gap()
    {
        Run("BTCUSDT");
        var connection = _streams.Connections.Single();
        var book = new OrderBook(new OrderBookOptions { TopLevels = 0 });
        connection.Push(Book("snapshot", -1, 10, "[[\"100\",\"5\",\"0\",\"1\"]]"));
        connection.Push(Book("update", 10, 17, "[[\"100\",\"0\",\"0\",\"0\"],[\"99\",\"3\",\"0\",\"1\"]]"));
        // Nothing for a minute.
        connection.Push(Book("update", 17, 17, "[]"));
        connection.Push(Book("update", 17, 30, "[[\"98\",\"1\",\"0\",\"1\"]]"));
        _world.Drain();
        _handler.Books.Single().Book.LastUpdateId.ShouldBe(10);
        _handler.Depths.Select(depth => depth.FinalUpdateId).ShouldBe([17, 30]);
        book.Resync();
        book.Apply(_handler.Books[0].Book).ShouldBe(BookOutcome.Applied);
        book.Apply(new BookDiff(10, 17, 10, 1, _handler.Depths[0].Bids, _handler.Depths[0].Asks)).ShouldBe(BookOutcome.Applied);
        book.Apply(new BookDiff(17, 30, 17, 1, _handler.Depths[1].Bids, _handler.Depths[1].Asks)).ShouldBe(BookOutcome.Applied);
        book.Quote.BidPriceE8.ShouldBe(9900000000);

        connection.Push(Book("update", 31, 40, "[]"));
        connection.Push(Book("update", 40, 41, "[]"));
        _world.AdvanceSeconds(1);
        _handler.Depths.Count.ShouldBe(2);
        _client.Counters.BookGaps.ShouldBe(1);
        connection.Sent.Skip(1).Select(sent => sent.Text).ShouldBe(
        [
            """{"op":"unsubscribe","args":[{"channel":"books","instId":"BTC-USDT-SWAP"}]}""", """{"op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT-SWAP"}]}""",
        ]);
        connection.Push(Book("snapshot", -1, 50, "[]"));
        connection.Push(Book("update", 50, 51, "[]"));
        // The venue began to count anew.
        connection.Push(Book("update", 51, 3, "[]"));
        _world.Drain();
        (_handler.Books.Count, _handler.Depths.Count, _client.Counters.BookGaps).ShouldBe((2, 3, 2));
        _handler.Connections.Select(change => change.Connected).ShouldBe([true]);
    }

    [Fact]
    public void Pings_each_twenty_seconds_and_gives_up_without_a_pong()
    {
        var isAnswering = true;
        _streams.OnConnect = connection =>
        {
            Acknowledge(connection);
            connection.AnswerText = text => isAnswering && text == "ping" ? "pong" : null;
        };
        Run("BTCUSDT");
        var connection = _streams.Connections.Single();
        for (var second = 0; second < 65; second++) Tick(connection);
        connection.Sent.Count(sent => sent.Text == "ping").ShouldBe(3);
        isAnswering = false;
        for (var second = 0; second < 30; second++) Tick(connection);
        _handler.Connections.Select(change => change.Connected).ShouldBe([true, false, true]);
        _handler.Connections[1].Detail.ShouldBe("feed 1/1: no pong for 10 s");
    }

    [Fact]
    public void Silence_refusals_and_closing_end_the_connection_and_everything_is_subscribed_again()
    {
        Run("BTCUSDT");
        _world.AdvanceSeconds(11.5);
        _streams.Connections.Count.ShouldBe(2);
        _streams.Connections[1].Close();
        _world.AdvanceSeconds(1.5);
        _streams.Connections.Count.ShouldBe(3);
        _streams.Connections[2].Sent.Count.ShouldBe(1);
        _streams.Connections[2].Push("""{"event":"error","code":"60018","msg":"no such channel","connId":"x"}""");
        _world.AdvanceSeconds(5);
        _handler.Connections.Where(change => !change.Connected).Select(change => change.Detail).ShouldBe(
        [
            "feed 1/1: no event although subscribed, for 10 s", "feed 1/1: closed by the venue", "feed 1/1: a subscription was refused: code 60018: no such channel",
        ]);
    }

    [Theory]
    [InlineData("{", "the frame is not valid JSON"), InlineData("{}", "field arg is missing")]
    [InlineData("""{"arg":{"channel":"trades","instId":"X-USDT-SWAP"},"data":[]}""", "not handled: an instrument that was not asked for")]
    [InlineData("""{"arg":{"channel":"trades","instId":"BTC-USDT-SWAP"},"data":[{"tradeId":"1","px":"0","sz":"1","side":"buy","ts":"1"}]}""", "trade 1 has a price or size that is not above 0")]
    [InlineData("""{"arg":{"channel":"trades","instId":"BTC-USDT-SWAP"},"data":[{"tradeId":"1","px":"1","sz":"1","side":"up","ts":"1"}]}""", "field side is up")]
    [InlineData("""{"event":"notice","code":"64008","msg":"soon"}""", "not handled: event notice")]
    public void Frames_that_are_not_understood_are_named_and_counted(string frame, string reason)
    {
        Run("BTCUSDT");
        _streams.Connections.Single().Push(frame);
        _world.Drain();
        _handler.Rejects.Single().Reason.ShouldBe(reason);
        _client.Counters.Rejects.ShouldBe(1);
        _streams.Connections.Single().IsDisposed.ShouldBeFalse();
    }

    [Fact]
    public void A_failing_handler_costs_nothing_but_the_event()
    {
        Run("BTCUSDT");
        _handler.Fault = new InvalidOperationException("odd");
        _streams.Connections.Single().Push(Data("trades", "BTC-USDT-SWAP", """{"tradeId":"1","px":"1","sz":"1","side":"buy","ts":"1"}"""));
        _world.Drain();
        _client.Counters.HandlerFaults.ShouldBe(1);
        _streams.Connections.Single().IsDisposed.ShouldBeFalse();
    }

    [Fact]
    public void Unlisted_symbols_are_the_callers_fault_and_a_missing_list_is_asked_for_again()
    {
        Should.Throw<ArgumentException>(() => _world.Run(async () =>
        {
            await _client.RunAsync(["BTCUSDT", "NOPEUSDT", "BTCUSDC"], _handler, _stop.Token);
            return 0;
        })).Message.ShouldContain("NOPEUSDT, BTCUSDC");
        var rest = new ScriptedRest(_world.Time).On("GET /api/v5/public/instruments", 503, "x").On("GET /api/v5/public/instruments", 503, "x")
            .On("GET /api/v5/public/instruments", 503, "x").On("GET /api/v5/public/instruments", 503, "x").On("GET /api/v5/public/instruments", 200, Instruments);
        using var client = new OkxMarketClient(FeedOptions.Okx(), rest, _streams, _world.Time, _log);
        _world.Start(() => client.RunAsync(["BTCUSDT"], _handler, _stop.Token));
        _world.AdvanceSeconds(60);
        _handler.Connections.ShouldContain((true, "feed 1/1: subscribed"));
        _stop.Cancel();
        _world.Drain();
    }

    [Fact]
    public void Queries()
    {
        _rest.On("GET /api/v5/public/time", 200, """{"code":"0","msg":"","data":[{"ts":"1597026383085"}]}""");
        _rest.On("GET /api/v5/market/books", 200, """{"code":"0","msg":"","data":[{"asks":[["41006.8","2","0","1"]],"bids":[["41006.3","30","0","2"]],"ts":"1629966436396","seqId":3235851742}]}""");
        _rest.On("GET /api/v5/market/history-candles", 200, """{"code":"0","msg":"","data":[["120000","2","3","1","2.5","10","0.1","250","1"],["60000","1","2","1","2","20","0.2","400","1"]]}""");
        _world.Run(() => _client.GetServerTimeMsAsync(default)).ShouldBe(1597026383085);
        var book = _world.Run(() => _client.GetDepthAsync("BTCUSDT", 5, default));
        (book.LastUpdateId, book.Bids.Single(), book.Limit).ShouldBe((3235851742, new BookLevel(4100630000000, 30000000), 5));
        var klines = _world.Run(() => _client.GetKlinesAsync("BTCUSDT", KlineInterval.Minute, 60_000, 600_000, 2, default));
        klines.ShouldBe([new Kline(60_000, 1, 2, 1, 2, 0.2m, 119_999, 400, 0, 0, 0), new Kline(120_000, 2, 3, 1, 2.5m, 0.1m, 179_999, 250, 0, 0, 0)]);
        _rest.Requests.Last().Query.ShouldBe("instId=BTC-USDT-SWAP&bar=1m&before=59999&after=120001&limit=2");
        var rules = _world.Run(() => _client.GetSymbolRulesAsync(default));
        rules.Select(rule => (rule.Symbol, rule.TickSize, rule.StepSize, rule.IsTrading)).ShouldBe([("BTCUSDT", 0.1m, 0.0001m, true), ("PEPEUSDT", 0.000000001m, 1000000m, false)]);
        Should.Throw<VenueException>(() => _world.Run(() => _client.GetAggTradesAsync("BTCUSDT", 0, 1, default))).Message.ShouldContain("ask the primary venue");
        // The script gives its last answer but one once more.
        _rest.On("GET /api/v5/public/time", 200, """{"code":"50011","msg":"Too Many Requests","data":[]}""");
        _world.Run(() => _client.GetServerTimeMsAsync(default)).ShouldBe(1597026383085);
        Should.Throw<VenueException>(() => _world.Run(() => _client.GetServerTimeMsAsync(default))).Code.ShouldBe(50011);
    }

    private static void Acknowledge(ScriptedConnection connection)
    {
        connection.Answer = message =>
        {
            // One acknowledgement for each channel: the last is the answer, the others are pushed before it.
            var arguments = message.GetProperty("args").EnumerateArray().Select(argument => argument.GetRawText()).ToList();
            var name = message.GetProperty("op").GetString();
            foreach (var argument in arguments.SkipLast(1)) connection.Push($$"""{"event":"{{name}}","arg":{{argument}},"connId":"a"}""");
            return $$"""{"event":"{{name}}","arg":{{arguments[^1]}},"connId":"a"}""";
        };
        connection.AnswerText = static text => text == "ping" ? "pong" : null;
    }

    private static string Data(string channel, string name, string item) => $$"""{"arg":{"channel":"{{channel}}","instId":"{{name}}"},"data":[{{item}}]}""";

    private static string Book(string action, long previous, long id, string bids) =>
        $$"""{"arg":{"channel":"books","instId":"BTC-USDT-SWAP"},"action":"{{action}}","data":[{"asks":[],"bids":{{bids}},"ts":"1","checksum":0,"prevSeqId":{{previous}},"seqId":{{id}}}]}""";

    private void Tick(ScriptedConnection connection)
    {
        if (!connection.IsDisposed) connection.Push(Data("index-tickers", "BTC-USDT", """{"instId":"BTC-USDT","idxPx":"100.25","ts":"3"}"""));
        _world.AdvanceSeconds(1);
    }

    private void Run(params string[] symbols) => _world.Start(() => _client.RunAsync(symbols, _handler, _stop.Token));
}
