using Granary.Engine.Book;
using Granary.Engine.Supervision;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Binance;

public sealed class MarketStreamTests : IDisposable
{
    private const string Market = "/market/stream";
    private const string Public = "/public/stream";
    private readonly Clients _clients = new(hasKey: false);
    private readonly RecordingMarketHandler _handler = new();
    private readonly CancellationTokenSource _stop = new();

    private World World => _clients.World;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void Connects_subscribes_hands_over_and_ends_with_the_token()
    {
        var running = Run();
        var (market, quotes) = (_clients.Streams.Last(Market), _clients.Streams.Last(Public));
        market.Sent.Single().Text.ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@markPrice@1s","ethusdt@aggTrade","ethusdt@markPrice@1s"],"id":1}""");
        _handler.Connections.ShouldBe([(true, "market 1/1: 2 symbols subscribed")]);
        _handler.QuoteConnections.ShouldBe([(true, "public 1/1: 2 symbols subscribed")]);
        market.Push(Trade("ETHUSDT", 7));
        market.Push(Mark("BTCUSDT"));
        quotes.Push(Ticker("BTCUSDT"));
        World.Drain();
        (_handler.Trades.Single().Symbol, _handler.Trades.Single().Trade.Id).ShouldBe((1, 7));
        (_handler.Marks.Single().Symbol, _handler.Tickers.Single().Symbol).ShouldBe((0, 0));
        _stop.Cancel();
        World.Drain();
        running.IsCompletedSuccessfully.ShouldBeTrue();
        _clients.Streams.Connections.ShouldAllBe(connection => connection.IsDisposed);
        _handler.Connections.Last().ShouldBe((false, "stopped"));
        _handler.Threads.ShouldBe([World.ThreadId]);
    }

    [Fact]
    public void Book_changes_come_only_when_asked_for()
    {
        var clients = new Clients(options => options with { DepthIntervalMs = 100 }, hasKey: false);
        clients.World.Start(() => clients.Client.RunAsync(["BTCUSDT", "ETHUSDT"], _handler, _stop.Token));
        var quotes = clients.Streams.Last(Public);
        quotes.Sent.Single().Text.ShouldBe(
            """{"method":"SUBSCRIBE","params":["btcusdt@bookTicker","btcusdt@depth@100ms","ethusdt@bookTicker","ethusdt@depth@100ms"],"id":1}""");
        quotes.Push("""{"stream":"ethusdt@depth@100ms","data":{"e":"depthUpdate","E":2,"T":1,"s":"ETHUSDT","U":5,"u":9,"pu":4,"b":[["2681.62","1"]],"a":[["2681.63","0"]]}}""");
        quotes.Push("""{"stream":"ethusdt@depth@100ms","data":{"e":"depthUpdate","E":2,"T":1,"s":"ETHUSDT","U":10,"u":11,"pu":9,"b":[["2681.62","1"]],"a":[["2681.63"]]}}""");
        clients.World.Drain();
        var depth = _handler.Depths.ShouldHaveSingleItem();
        (depth.Symbol, depth.FinalUpdateId).ShouldBe((1, 9));
        depth.Bids.ShouldBe([new BookLevel(268162000000, 100000000)]);
        depth.Asks.ShouldBe([new BookLevel(268163000000, 0)]);
        _handler.Rejects.Single().Reason.ShouldBe("depthUpdate: field a is missing or no list of levels");
        clients.Client.Counters.MarketRejects.ShouldBe(1);
        _stop.Cancel();
        clients.World.Drain();
    }

    [Fact]
    public void One_stream_is_subscribed_anew_and_the_others_are_left_alone()
    {
        Run();
        var (market, quotes) = (_clients.Streams.Last(Market), _clients.Streams.Last(Public));
        _clients.Client.Resubscribe("ETHUSDT", MarketStream.Trades).ShouldBeTrue();
        _clients.Client.Resubscribe("ETHUSDT", MarketStream.Trades).ShouldBeTrue();
        _clients.Client.Resubscribe("ETHUSDT", MarketStream.Quotes).ShouldBeTrue();
        World.AdvanceSeconds(3);
        market.Sent.Skip(1).Select(s => s.Text).ShouldBe(
            ["""{"method":"UNSUBSCRIBE","params":["ethusdt@aggTrade"],"id":2}""", """{"method":"SUBSCRIBE","params":["ethusdt@aggTrade"],"id":3}"""]);
        (market.Sent[2].At - market.Sent[1].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(250));
        quotes.Sent.Skip(1).Select(s => s.Text).ShouldBe(
            ["""{"method":"UNSUBSCRIBE","params":["ethusdt@bookTicker"],"id":2}""", """{"method":"SUBSCRIBE","params":["ethusdt@bookTicker"],"id":3}"""]);
        market.IsDisposed.ShouldBeFalse();
        _handler.Connections.Count.ShouldBe(1);

        // Neither what is not received nor what is not known.
        _clients.Client.ReceivesBooks.ShouldBeFalse();
        _clients.Client.Resubscribe("ETHUSDT", MarketStream.Book).ShouldBeFalse();
        _clients.Client.Resubscribe("XRPUSDT", MarketStream.Trades).ShouldBeFalse();
        _stop.Cancel();
        World.Drain();
        _clients.Client.Resubscribe("ETHUSDT", MarketStream.Trades).ShouldBeFalse();
    }

    [Theory]
    [InlineData("close", "closed by the venue"), InlineData("break", "broken by the test"), InlineData("throw", "odd")]
    public void A_lost_connection_comes_back_and_subscribes_again(string how, string detail)
    {
        Run();
        var first = _clients.Streams.Last(Market);
        if (how == "close") first.Close();
        else first.Break(how == "break" ? null : new InvalidOperationException("odd"));
        World.Drain();
        _handler.Connections.Last().ShouldBe((false, detail));
        first.IsDisposed.ShouldBeTrue();
        _clients.Streams.Count(Market).ShouldBe(1);
        World.AdvanceSeconds(0.21);
        _clients.Streams.Count(Market).ShouldBe(2);
        _clients.Streams.Last(Market).Sent.Count.ShouldBe(1);
        _handler.Connections.Select(connection => connection.Connected).ShouldBe([true, false, true]);
        _clients.Streams.Count(Public).ShouldBe(1);
        _clients.Client.Counters.Reconnects.ShouldBe(1);
    }

    [Fact]
    public void Attempts_back_off_to_ten_seconds_and_never_stop()
    {
        _clients.Streams.OnConnect = connection => throw new IOException("refused");
        Run("BTCUSDT");
        World.AdvanceSeconds(120);
        // Both connections try; their waits lie between half a step and a step.
        var attempts = _clients.Streams.Attempts.Count / 2.0;
        attempts.ShouldBeInRange(6 + (110 / 10.0), 6 + (110 / 5.0) + 2);
        _handler.Connections.ShouldBe([(false, "refused")]);
        var gaps = _clients.Streams.Attempts.Zip(_clients.Streams.Attempts.Skip(1), (a, b) => b - a);
        gaps.ShouldAllBe(gap => gap <= TimeSpan.FromSeconds(10));
        _clients.Streams.OnConnect = static _ => { };
        World.AdvanceSeconds(10);
        _handler.Connections.Last().Connected.ShouldBeTrue();
    }

    [Fact]
    public void The_wait_starts_over_after_a_connection_that_lasted()
    {
        _clients.Streams.OnConnect = connection => throw new IOException("refused");
        Run("BTCUSDT");
        World.AdvanceSeconds(60);
        _clients.Streams.OnConnect = static _ => { };
        World.AdvanceSeconds(11);
        for (var i = 0; i < 35; i++)
        {
            _clients.Streams.Last(Market).Push(Mark("BTCUSDT"));
            _clients.Streams.Last(Public).Push(Ticker("BTCUSDT"));
            World.AdvanceSeconds(1);
        }
        var count = _clients.Streams.Count(Market);
        _clients.Streams.Last(Market).Close();
        World.AdvanceSeconds(0.21);
        _clients.Streams.Count(Market).ShouldBe(count + 1);
    }

    [Fact]
    public void A_connection_that_hangs_is_given_up()
    {
        _clients.Streams.IsHanging = true;
        Run("BTCUSDT");
        World.AdvanceSeconds(9.9);
        _handler.Connections.ShouldBeEmpty();
        World.AdvanceSeconds(0.2);
        _handler.Connections.ShouldBe([(false, "no connection for 10 s")]);
        _clients.Streams.IsHanging = false;
        World.AdvanceSeconds(1);
        _handler.Connections.Last().Connected.ShouldBeTrue();
    }

    [Fact]
    public void Acked_but_silent_is_noticed_after_ten_seconds_and_reported()
    {
        Run("BTCUSDT");
        World.AdvanceSeconds(9.9);
        _handler.Connections.Count.ShouldBe(1);
        World.AdvanceSeconds(0.15);
        _handler.Connections[1].ShouldBe((false, "no event although subscribed, for 10 s"));
        _handler.QuoteConnections[1].Connected.ShouldBeFalse();
        World.AdvanceSeconds(0.4);
        _clients.Streams.Count(Market).ShouldBe(2);
    }

    [Fact]
    public void Silence_after_events_is_noticed_too_but_answers_are_no_events()
    {
        Run("BTCUSDT");
        World.AdvanceSeconds(5);
        _clients.Streams.Last(Market).Push(Mark("BTCUSDT"));
        World.AdvanceSeconds(9);
        _clients.Streams.Last(Market).Push("""{"result":null,"id":1}""");
        World.AdvanceSeconds(0.9);
        _handler.Connections.Count.ShouldBe(1);
        World.AdvanceSeconds(0.2);
        _handler.Connections.Count.ShouldBe(2);
    }

    [Fact]
    public void Missing_answers_and_refusals_are_noticed()
    {
        _clients.Streams.OnConnect = connection => connection.Answer = static _ => null;
        Run("BTCUSDT");
        World.AdvanceSeconds(10.3);
        _handler.Connections.ShouldBe([(false, "no answer to SUBSCRIBE for 10.25 s")]);
        _clients.Streams.OnConnect = connection => connection.Answer = static _ => """{"error":{"code":2,"msg":"Invalid request"},"id":1}""";
        World.AdvanceSeconds(1);
        _clients.Streams.Count(Market).ShouldBeGreaterThan(1);
        _clients.Log.Lines.ShouldContain(line => line.Contains("SUBSCRIBE 1 was refused: code 2: Invalid request"));
        _handler.Connections.ShouldAllBe(connection => !connection.Connected);
        _clients.Streams.OnConnect = static _ => { };
        World.AdvanceSeconds(10);
        _handler.Connections.Last().Connected.ShouldBeTrue();
    }

    [Fact]
    public void A_subscription_that_cannot_be_sent_ends_the_connection()
    {
        _clients.Streams.OnConnect = connection => connection.IsSendBroken = true;
        Run("BTCUSDT");
        _handler.Connections.ShouldBe([(false, "SUBSCRIBE could not be sent: broken by the test")]);
        _clients.Streams.Connections.ShouldAllBe(connection => connection.IsDisposed);
    }

    [Fact]
    public void Two_hundred_symbols_take_four_control_messages_a_second_and_two_hundred_streams_a_connection()
    {
        Run([.. Enumerable.Range(0, 200).Select(i => $"S{i}USDT")]);
        World.AdvanceSeconds(2);
        _clients.Streams.Count(Market).ShouldBe(2);
        _clients.Streams.Count(Public).ShouldBe(1);
        foreach (var connection in _clients.Streams.Connections)
        {
            var times = connection.Sent.Select(sent => sent.At).ToArray();
            times.Zip(times.Skip(1), (a, b) => b - a).ShouldAllBe(gap => gap >= TimeSpan.FromMilliseconds(250));
        }
        _clients.Streams.Last(Public).Sent.Count.ShouldBe(4);
        _handler.Connections.Count(connection => connection.Connected).ShouldBe(2);
    }

    [Fact]
    public void One_symbol_that_is_not_served_is_reported_once_without_a_reconnection()
    {
        Run();
        for (var i = 0; i < 25; i++)
        {
            _clients.Streams.Last(Market).Push(Mark("BTCUSDT"));
            _clients.Streams.Last(Public).Push(Ticker("BTCUSDT"));
            World.AdvanceSeconds(1);
        }
        _handler.Rejects.Select(reject => reject.Reason).ShouldBe(["silent stream: no mark price of ETHUSDT for 10 s although subscribed"]);
        _clients.Streams.Count(Market).ShouldBe(1);
        _clients.Streams.Last(Market).Push(Mark("ETHUSDT"));
        World.AdvanceSeconds(1);
        _clients.Streams.Last(Market).Push(Mark("BTCUSDT"));
        World.Drain();
        _clients.Log.Lines.ShouldContain(line => line.Contains("ETHUSDT is served again"));
    }

    [Fact]
    public void Streams_without_a_first_event_and_streams_that_go_stale_are_reported_by_name()
    {
        Run("BTCUSDT");
        for (var i = 0; i < 400; i++)
        {
            _clients.Streams.Last(Market).Push(Mark("BTCUSDT"));
            // One trade in the first minute, and then none.
            if (i == 30) _clients.Streams.Last(Market).Push(Trade("BTCUSDT", 1));
            World.AdvanceSeconds(1);
        }
        _handler.Rejects.Select(reject => reject.Reason).ShouldBe(["silent stream: no trade of BTCUSDT for 300 s although subscribed"]);
        _clients.Client.Counters.SilentStreams.ShouldBe(1);
    }

    [Fact]
    public void A_quote_stream_that_never_begins_is_reported_after_a_minute()
    {
        Run();
        for (var i = 0; i < 65; i++)
        {
            _clients.Streams.Last(Market).Push(Mark("BTCUSDT"));
            _clients.Streams.Last(Market).Push(Mark("ETHUSDT"));
            _clients.Streams.Last(Public).Push(Ticker("BTCUSDT"));
            World.AdvanceSeconds(1);
        }
        _handler.Rejects.Select(reject => reject.Reason).Order().ShouldBe(
        [
            "silent stream: no quote of ETHUSDT for 60 s although subscribed",
            "silent stream: no trade of BTCUSDT for 60 s although subscribed",
            "silent stream: no trade of ETHUSDT for 60 s although subscribed",
        ]);
        _clients.Streams.Last(Public).Push(Ticker("ETHUSDT"));
        World.AdvanceSeconds(1);
        _clients.Streams.Last(Public).Push(Ticker("BTCUSDT"));
        World.Drain();
        _clients.Log.Lines.ShouldContain(line => line.Contains("ETHUSDT is served again: quote"));
    }

    [Fact]
    public void Back_pressure_stops_reading_and_is_no_silence()
    {
        Run("BTCUSDT");
        var market = _clients.Streams.Last(Market);
        _handler.Block();
        for (var id = 1; id <= 5; id++) market.Push(Trade("BTCUSDT", id));
        World.Drain();
        _handler.Trades.Count.ShouldBe(1);
        World.AdvanceSeconds(60);
        _clients.Streams.Count(Market).ShouldBe(1);
        _handler.Trades.Count.ShouldBe(1);
        _handler.Unblock();
        World.Drain();
        _handler.Trades.Select(trade => trade.Trade.Id).ShouldBe([1, 2, 3, 4, 5]);
        World.AdvanceSeconds(9.9);
        _clients.Streams.Count(Market).ShouldBe(1);
        World.AdvanceSeconds(0.5);
        _clients.Streams.Count(Market).ShouldBe(2);
    }

    [Fact]
    public void A_connection_that_ends_under_back_pressure_leaves_the_next_one_watched()
    {
        Run("BTCUSDT");
        _handler.Block();
        _clients.Streams.Last(Market).Push(Trade("BTCUSDT", 1));
        World.AdvanceSeconds((23 * 3600) + 1);
        _handler.Unblock();
        World.AdvanceSeconds(1);
        var count = _clients.Streams.Count(Market);
        World.AdvanceSeconds(11);
        _clients.Streams.Count(Market).ShouldBe(count + 1);
    }

    [Fact]
    public void Bad_frames_and_a_failing_handler_cost_nothing_but_themselves()
    {
        Run("BTCUSDT");
        var market = _clients.Streams.Last(Market);
        market.Push("{nonsense");
        market.Push("""{"e":"trade","s":"BTCUSDT","t":1,"T":1,"p":"1","q":"1","m":true}""");
        market.Push("""{"e":"trade","s":"BTCUSDT","t":2,"T":1,"p":"1","q":"1","m":true}""");
        World.Drain();
        _handler.Rejects.Select(reject => reject.Reason).ShouldBe(["the frame is not valid JSON", "not handled: event trade", "not handled: event trade"]);
        _handler.Fault = new InvalidOperationException("handler bug");
        market.Push(Trade("BTCUSDT", 1));
        World.Drain();
        _handler.Fault = null;
        _handler.RoomFault = new InvalidOperationException("another");
        market.Push(Trade("BTCUSDT", 2));
        World.Drain();
        _handler.Trades.Single().Trade.Id.ShouldBe(2);
        _clients.Streams.Count(Market).ShouldBe(1);
        var counters = _clients.Client.Counters;
        (counters.MarketRejects, counters.HandlerFaults).ShouldBe((1, 2));
        counters.UnhandledEvents.ShouldBe([new("event trade", 2)]);
        _clients.Log.Lines.Count(line => line.Contains("event trade")).ShouldBe(1);
    }

    [Fact]
    public void Many_buffered_frames_are_read_in_turns()
    {
        Run("BTCUSDT");
        var market = _clients.Streams.Last(Market);
        for (var id = 1; id <= 1000; id++) market.Push(Trade("BTCUSDT", id));
        var readAtOtherTurn = -1;
        // Queued behind the reader's first turn: it must run before the reader has taken everything.
        var other = World.Start(async () =>
        {
            await Task.Yield();
            readAtOtherTurn = _handler.Trades.Count;
        });
        other.IsCompletedSuccessfully.ShouldBeTrue();
        readAtOtherTurn.ShouldBeLessThanOrEqualTo(600);
        _handler.Trades.Count.ShouldBe(1000);
    }

    [Fact]
    public void The_same_seed_gives_the_same_attempts()
    {
        static List<DateTimeOffset> Attempts(int seed)
        {
            var clients = new Clients(options => options with { Seed = seed }, hasKey: false);
            clients.Streams.OnConnect = static _ => throw new IOException("refused");
            clients.World.Start(() => clients.Client.RunAsync(["BTCUSDT"], new RecordingMarketHandler(), default));
            clients.World.AdvanceSeconds(60);
            return clients.Streams.Attempts;
        }
        Attempts(5).ShouldBe(Attempts(5));
        Attempts(5).ShouldNotBe(Attempts(6));
    }

    [Fact]
    public void Bad_symbols_are_the_callers_fault() =>
        Should.Throw<ArgumentException>(() => { _ = _clients.Client.RunAsync(["BTCUSDT", "BTCUSDT"], _handler, default); }).Message.ShouldContain("twice");

    private static string Trade(string symbol, long id) =>
        $$"""{"stream":"{{symbol.ToLowerInvariant()}}@aggTrade","data":{"e":"aggTrade","E":1,"s":"{{symbol}}","a":{{id}},"p":"1.5","q":"2","f":1,"l":1,"T":9,"m":true} }""";

    private static string Mark(string symbol) =>
        $$"""{"stream":"{{symbol.ToLowerInvariant()}}@markPrice@1s","data":{"e":"markPriceUpdate","E":1,"s":"{{symbol}}","p":"1.5","i":"2","r":"0.0001","T":9} }""";

    private static string Ticker(string symbol) =>
        $$"""{"stream":"{{symbol.ToLowerInvariant()}}@bookTicker","data":{"e":"bookTicker","u":1,"s":"{{symbol}}","b":"1","B":"2","a":"3","A":"4","T":1,"E":1} }""";

    private Task Run(params string[] symbols) => World.Start(() => _clients.Client.RunAsync(symbols.Length == 0 ? ["BTCUSDT", "ETHUSDT"] : symbols, _handler, _stop.Token));
}
