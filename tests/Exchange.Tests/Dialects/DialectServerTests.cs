using System.Globalization;
using System.Threading.Channels;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Exchange.Contracts;
using Granary.Exchange.Dialects;
using Granary.Exchange.Tests.Doubles;
using Granary.Exchange.Tests.Protocol;
using Granary.Venues.Feeds;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Exchange.Tests.Dialects;

/// <summary>The clients of both foreign venues against the exchange's own streams in their dialects, over loopback sockets.</summary>
public sealed class DialectServerTests : IAsyncLifetime
{
    private readonly FakeExchange _exchange = new();
    private readonly DialectStreams _streams = new(new RecordedEvents());
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30), TimeProvider.System);
    private readonly Handler _handler = new();
    private DialectServer _server = null!;
    private Uri _url = null!;

    public async Task InitializeAsync()
    {
        _streams.Attach(_exchange);
        _server = new DialectServer(_streams, NullLoggerFactory.Instance);
        _url = await _server.StartAsync("http://127.0.0.1:0", default);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _deadline.Dispose();
    }

    [Theory]
    [InlineData("okx"), InlineData("bybit")]
    public async Task A_client_reads_the_same_market_and_heals_a_lost_change(string venue)
    {
        using var feed = Connect(venue);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token);
        var running = feed.RunAsync(["BTCUSDT"], _handler, stop.Token);
        (await Next("up", "book")).ShouldBe(["book 60000 x 1.5 / 60000.1 x 0.002", "up"], ignoreOrder: true);

        _streams.OnAggTrade("BTCUSDT", Exchanges.Trade(7, 5, 60000.1m, 0.003m, takerSells: true));
        (await Next("trade")).ShouldBe(["trade 60000.1 x 0.003, taker sells"]);
        _streams.OnBookTicker("BTCUSDT", _exchange.Ticker with { UpdateId = 101 });
        (await Next("quote")).ShouldBe(["quote 60000 x 1.5 / 60000.1 x 0.002"]);
        _streams.OnMarkPrice("BTCUSDT", _exchange.Mark);
        (await Next("mark")).ShouldBe(["mark 60001.12345678, index 60000.5, rate 0.0001"]);
        _streams.OnDepth("BTCUSDT", Diff(101, 105, 100, 59999m, 4m));
        (await Next("depth")).ShouldBe(["depth 59999 x 4"]);

        _streams.LoseDepth("BTCUSDT");
        _streams.OnDepth("BTCUSDT", Diff(106, 107, 105, 59998m, 1m));
        _streams.OnDepth("BTCUSDT", Diff(108, 109, 107, 59997m, 2m));
        (await Next("book")).ShouldBe(["book 60000 x 1.5 / 60000.1 x 0.002"]);
        feed.Counters.BookGaps.ShouldBe(1);
        _streams.OnDepth("BTCUSDT", Diff(110, 111, 109, 59996m, 3m));
        (await Next("depth")).ShouldBe(["depth 59996 x 3"]);

        _streams.CloseAll();
        // What was the last mark price comes again with the subscription.
        (await Next("up", "book")).Where(static text => !text.StartsWith("mark", StringComparison.Ordinal)).ShouldBe(["down", "up", "book 60000 x 1.5 / 60000.1 x 0.002"], ignoreOrder: true);
        await stop.CancelAsync();
        await running;
        feed.Counters.Rejects.ShouldBe(0);
    }

    [Theory]
    [InlineData("okx"), InlineData("bybit")]
    public async Task Time_and_rules_are_answered(string venue)
    {
        using var feed = Connect(venue);
        (await feed.GetServerTimeMsAsync(_deadline.Token)).ShouldBe(FakeExchange.Start);
        var rules = await feed.GetSymbolRulesAsync(_deadline.Token);
        rules.Select(rule => (rule.Symbol, rule.TickSize, rule.StepSize, rule.QuantityMin)).ShouldBe([("BTCUSDT", 0.1m, 0.001m, 0.001m), ("ETHUSDT", 0.01m, 0.001m, 0.001m)]);
    }

    [Theory]
    [InlineData("/ws/v5/public", """{"op":"subscribe","args":[{"channel":"nothing","instId":"BTC-USDT-SWAP"}]}""", "channel:nothing doesn")]
    [InlineData("/ws/v5/public", "[", "Illegal request")]
    [InlineData("/ws/v5/public", "ping", "pong")]
    [InlineData("/v5/public/linear", """{"req_id":"5","op":"subscribe","args":["nothing.BTCUSDT"]}""", "\"success\":false")]
    [InlineData("/v5/public/linear", """{"op":"ping"}""", "\"ret_msg\":\"pong\"")]
    [InlineData("/v5/public/linear", "{", "\"success\":false")]
    public async Task What_is_not_understood_is_answered_with_the_dialects_error(string path, string message, string answer)
    {
        using var session = _streams.Open(path);
        session.Receive(System.Text.Encoding.UTF8.GetBytes(message));
        System.Text.Encoding.UTF8.GetString((await session.ReadAsync(_deadline.Token)).Span).ShouldContain(answer);
    }

    [Fact]
    public void Other_paths_are_refused() => Should.Throw<ExchangeException>(() => _streams.Open("/ws/v4")).HttpStatus.ShouldBe(404);

    private static DepthDiff Diff(long first, long last, long previous, decimal bid, decimal quantity) =>
        new(first, last, previous, 9, [new DepthLevel(Fixed8.FromDecimal(bid), Fixed8.FromDecimal(quantity))], []);

    private MarketFeed Connect(string venue)
    {
        var streams = new UriBuilder(_url) { Scheme = "ws" }.Uri;
        var options = (venue == "okx" ? FeedOptions.Okx() : FeedOptions.Bybit()) with { RestUrl = _url, StreamUrl = streams, HasDepth = true, SilenceTimeout = TimeSpan.FromMinutes(1) };
        return venue == "okx"
            ? OkxMarketClient.Connect(options, TimeProvider.System, NullLogger.Instance)
            : BybitMarketClient.Connect(options, TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>What came until each of these kinds was among it.</summary>
    private async Task<List<string>> Next(params string[] kinds)
    {
        var seen = new List<string>();
        while (!kinds.All(kind => seen.Any(text => text.StartsWith(kind, StringComparison.Ordinal)))) seen.Add(await _handler.Events.Reader.ReadAsync(_deadline.Token));
        return seen;
    }

    private sealed class Handler : IMarketDataHandler
    {
        public Channel<string> Events { get; } = Channel.CreateUnbounded<string>();

        public void OnAggTrade(int symbolIndex, in AggTrade trade, long receivedTimestamp) =>
            Say($"trade {Text(trade.Price)} x {Text(trade.Quantity)}, taker {(trade.IsBuyerMaker ? "sells" : "buys")}");

        public void OnBookTicker(int symbolIndex, in BookTicker ticker, long receivedTimestamp) =>
            Say($"quote {Level(new BookLevel(ticker.BidPriceE8, ticker.BidQuantityE8))} / {Level(new BookLevel(ticker.AskPriceE8, ticker.AskQuantityE8))}");

        public void OnDepth(int symbolIndex, in BookDiff diff, long receivedTimestamp) => Say($"depth {Level(diff.Bids[0])}");

        public void OnBook(int symbolIndex, BookSnapshot book, long receivedTimestamp) => Say($"book {Level(book.Bids[0])} / {Level(book.Asks[0])}");

        public void OnMarkPrice(int symbolIndex, in MarkPrice mark) => Say($"mark {Text(mark.Mark)}, index {Text(mark.Index)}, rate {Text(mark.FundingRate)}");

        public void OnReject(string reason, ReadOnlySpan<byte> frame) => Say($"reject {reason}");

        public void OnConnection(bool connected, string detail) => Say(connected ? "up" : "down");

        public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => default;

        private static string Level(BookLevel level) =>
            $"{Text(Fixed8.ToDecimal(level.PriceE8))} x {Text(Fixed8.ToDecimal(level.QuantityE8))}";

        private static string Text(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

        private void Say(string text) => Events.Writer.TryWrite(text);
    }
}
