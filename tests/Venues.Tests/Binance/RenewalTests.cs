using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Binance;

/// <summary>Renewal of connections ahead of the venue's 24 hours: nothing is lost, nothing comes twice, and nobody is told of an outage that was none.</summary>
public sealed class RenewalTests : IDisposable
{
    private const string Market = "/market/stream";
    private const string Public = "/public/stream";
    private const string Private = "/private/stream";
    private const int AgeMaxS = 600;
    private readonly Clients _clients = new(options => options with
    {
        ConnectionAgeMax = TimeSpan.FromSeconds(AgeMaxS),
        SilenceTimeout = TimeSpan.FromHours(1),
        DepthIntervalMs = 100,
        FirstEventTimeout = TimeSpan.FromHours(1),
    });

    private readonly RecordingMarketHandler _handler = new();
    private readonly CancellationTokenSource _stop = new();

    private World World => _clients.World;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void Trades_quotes_books_and_marks_go_on_without_gap_or_repeat()
    {
        Run();
        var (oldMarket, oldQuotes) = (_clients.Streams.Last(Market), _clients.Streams.Last(Public));
        Push(oldMarket, oldQuotes, 1);
        World.AdvanceSeconds(AgeMaxS);
        var (market, quotes) = (_clients.Streams.Last(Market), _clients.Streams.Last(Public));
        market.ShouldNotBe(oldMarket);
        oldMarket.IsDisposed.ShouldBeFalse();
        // Both are open: what comes on both is delivered once, by the old one.
        for (var id = 2; id <= 5; id++)
        {
            Push(oldMarket, oldQuotes, id);
            Push(market, quotes, id);
            World.Drain();
        }
        // The old one is behind when it is closed.
        Push(market, quotes, 6);
        Push(market, quotes, 7);
        World.AdvanceSeconds(2);
        (oldMarket.IsDisposed, oldQuotes.IsDisposed).ShouldBe((true, true));
        Push(market, quotes, 8);
        World.Drain();
        long[] expected = [1, 2, 3, 4, 5, 6, 7, 8];
        _handler.Trades.Select(trade => trade.Trade.Id).ShouldBe(expected);
        _handler.Tickers.Select(ticker => ticker.Ticker.UpdateId).ShouldBe(expected);
        _handler.Depths.Select(depth => depth.FinalUpdateId).ShouldBe(expected);
        _handler.Marks.Select(mark => mark.Mark.TimeMs).ShouldBe(expected);
        _handler.Connections.Select(connection => connection.Connected).ShouldBe([true]);
        _handler.QuoteConnections.Select(connection => connection.Connected).ShouldBe([true]);
        (_clients.Client.Counters.Renewals, _clients.Client.Counters.Repeats, _clients.Client.Counters.Reconnects).ShouldBe((2, 16, 0));
        // And again, with the age counted from when the second one was opened.
        World.AdvanceSeconds(AgeMaxS - 2);
        _clients.Streams.Count(Market).ShouldBe(3);
    }

    [Fact]
    public void After_an_outage_lower_ids_are_no_repeats()
    {
        Run();
        Push(_clients.Streams.Last(Market), _clients.Streams.Last(Public), 9);
        World.AdvanceSeconds(AgeMaxS + 2);
        _clients.Streams.Last(Market).Break();
        World.AdvanceSeconds(1);
        Push(_clients.Streams.Last(Market), _clients.Streams.Last(Public), 3);
        World.Drain();
        _handler.Trades.Select(trade => trade.Trade.Id).ShouldBe([9, 3]);
        _handler.Connections.Select(connection => connection.Connected).ShouldBe([true, false, true]);
    }

    [Fact]
    public void A_venue_that_refuses_the_next_connection_keeps_the_old_one_and_is_asked_each_minute()
    {
        Run();
        var old = _clients.Streams.Last(Market);
        _clients.Streams.OnConnect = static _ => throw new IOException("refused by the test");
        World.AdvanceSeconds(AgeMaxS + 125);
        _clients.Log.Lines.Count(line => line.Contains("market 1/1: not renewed") && line.Contains("refused by the test")).ShouldBe(3);
        old.IsDisposed.ShouldBeFalse();
        _clients.Streams.OnConnect = static connection => connection.Answer = static message => $"{{\"error\":{{\"code\":2,\"msg\":\"no\"}},\"id\":{message.GetProperty("id")}}}";
        World.AdvanceSeconds(60);
        _clients.Log.Lines.ShouldContain(line => line.Contains("SUBSCRIBE 1 was refused"));
        _clients.Streams.Last(Market).IsDisposed.ShouldBeTrue();
        _clients.Streams.OnConnect = static connection => connection.Answer = static _ => null;
        World.AdvanceSeconds(75);
        _clients.Log.Lines.ShouldContain(line => line.Contains("not connected and subscribed in time"));
        _clients.Streams.OnConnect = static _ => { };
        World.AdvanceSeconds(75);
        old.IsDisposed.ShouldBeTrue();
        _handler.Connections.Select(connection => connection.Connected).ShouldBe([true]);
    }

    [Fact]
    public void A_connection_that_breaks_while_both_are_open_is_an_outage_as_always()
    {
        Run();
        var old = _clients.Streams.Last(Market);
        World.AdvanceSeconds(AgeMaxS);
        var successor = _clients.Streams.Last(Market);
        old.Break();
        World.Drain();
        successor.IsDisposed.ShouldBeTrue();
        World.AdvanceSeconds(3);
        _clients.Streams.Last(Market).ShouldNotBe(successor);
        _handler.Connections.Select(connection => connection.Connected).ShouldBe([true, false, true]);
        _clients.Client.Counters.Renewals.ShouldBe(1);
    }

    [Fact]
    public void Stopping_while_both_are_open_closes_both()
    {
        var running = Run();
        World.AdvanceSeconds(AgeMaxS);
        _stop.Cancel();
        World.Drain();
        running.IsCompletedSuccessfully.ShouldBeTrue();
        _clients.Streams.Connections.Count.ShouldBe(4);
        _clients.Streams.Connections.ShouldAllBe(connection => connection.IsDisposed);
    }

    [Fact]
    public void The_user_stream_is_renewed_with_the_same_key_without_gap_or_repeat()
    {
        _clients.Rest.On("POST /fapi/v1/listenKey", 200, """{"listenKey":"key1"}""").On("PUT /fapi/v1/listenKey", 200, "{}");
        var handler = new RecordingUserHandler();
        World.Start(() => _clients.Client.RunUserStreamAsync(handler, _stop.Token));
        var old = _clients.Streams.Last(Private);
        old.Push(Account("ORDER"));
        World.AdvanceSeconds(AgeMaxS);
        var next = _clients.Streams.Last(Private);
        next.Path.ShouldBe(old.Path);
        foreach (var reason in (string[])["DEPOSIT", "ORDER", "ORDER"])
        {
            old.Push(Account(reason));
            next.Push(Account(reason));
        }
        next.Push(Account("WITHDRAW"));
        World.AdvanceSeconds(2);
        old.IsDisposed.ShouldBeTrue();
        next.Push(Account("ORDER"));
        World.Drain();
        handler.Calls.ShouldBe(["up", "account ORDER", "account DEPOSIT", "account ORDER", "account ORDER", "account WITHDRAW", "account ORDER"]);
        _clients.Rest.Count("POST /fapi/v1/listenKey").ShouldBe(1);
        (_clients.Client.Counters.Renewals, _clients.Client.Counters.Repeats).ShouldBe((1, 3));
    }

    [Fact]
    public void A_user_stream_that_cannot_be_renewed_goes_on()
    {
        _clients.Rest.On("POST /fapi/v1/listenKey", 200, """{"listenKey":"key1"}""").On("PUT /fapi/v1/listenKey", 200, "{}");
        var handler = new RecordingUserHandler();
        World.Start(() => _clients.Client.RunUserStreamAsync(handler, _stop.Token));
        var old = _clients.Streams.Last(Private);
        _clients.Streams.OnConnect = static _ => throw new IOException("refused by the test");
        World.AdvanceSeconds(AgeMaxS + 65);
        _clients.Log.Lines.Count(line => line.Contains("not renewed")).ShouldBe(2);
        old.Push(Account("ORDER"));
        World.Drain();
        handler.Calls.ShouldBe(["up", "account ORDER"]);
        _clients.Streams.OnConnect = static _ => { };
        World.AdvanceSeconds(65);
        old.IsDisposed.ShouldBeTrue();
        handler.Calls.ShouldBe(["up", "account ORDER"]);
    }

    private static void Push(ScriptedConnection market, ScriptedConnection quotes, int id)
    {
        market.Push($$"""{"e":"aggTrade","E":1,"s":"BTCUSDT","a":{{id}},"p":"1.5","q":"2","f":1,"l":1,"T":9,"m":true}""");
        market.Push($$"""{"e":"markPriceUpdate","E":{{id}},"s":"BTCUSDT","p":"1.5","i":"2","r":"0.0001","T":9}""");
        quotes.Push($$"""{"e":"bookTicker","u":{{id}},"s":"BTCUSDT","b":"1","B":"2","a":"3","A":"4","T":1,"E":1}""");
        quotes.Push($$"""{"e":"depthUpdate","E":2,"T":1,"s":"BTCUSDT","U":{{id}},"u":{{id}},"pu":{{id - 1}},"b":[["1","1"]],"a":[]}""");
    }

    private static string Account(string reason) => $$"""{"e":"ACCOUNT_UPDATE","E":1,"T":1,"a":{"m":"{{reason}}","B":[],"P":[]} }""";

    private Task Run() => World.Start(() => _clients.Client.RunAsync(["BTCUSDT"], _handler, _stop.Token));
}
