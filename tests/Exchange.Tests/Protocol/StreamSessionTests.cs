using Granary.Exchange.Contracts;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

public class StreamSessionTests
{
    private readonly ProtocolRig _rig = new();

    private string Ask(StreamSession session, string text)
    {
        ProtocolRig.Send(session, text);
        return ProtocolRig.Drain(session).ShouldHaveSingleItem();
    }

    private void Trade(string symbol = "BTCUSDT") => _rig.Streams.OnAggTrade(symbol, RestMarketTests.Trade(5, 1, 1m, 1m));

    [Theory]
    [InlineData("7")]
    [InlineData("\"0123456789abcdef0123456789abcdef\"")]
    [InlineData("null")]
    [InlineData("12345678901234567890")]
    [InlineData("\"a\\u0022b\"")]
    public void The_id_is_echoed_verbatim(string id)
    {
        using var session = _rig.Streams.Open("/market/stream");
        Ask(session, $$"""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":{{id}}}""").ShouldBe($$"""{"result":null,"id":{{id}}}""");
    }

    [Fact]
    public void Subscribing_listing_and_unsubscribing()
    {
        using var session = _rig.Streams.Open("/market/stream?streams=");
        Trade();
        ProtocolRig.Drain(session).ShouldBeEmpty();
        Ask(session, """{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","ethusdt@aggTrade","btcusdt@aggTrade"],"id":1}""").ShouldBe("""{"result":null,"id":1}""");
        Trade();
        ProtocolRig.Drain(session).Count.ShouldBe(1);
        Ask(session, """{"method":"LIST_SUBSCRIPTIONS","id":2}""").ShouldBe("""{"result":["btcusdt@aggTrade","ethusdt@aggTrade"],"id":2}""");
        Ask(session, """{"params":["btcusdt@aggTrade"],"method":"UNSUBSCRIBE","id":3}""").ShouldBe("""{"result":null,"id":3}""");
        Trade();
        ProtocolRig.Drain(session).ShouldBeEmpty();
        Trade("ETHUSDT");
        ProtocolRig.Drain(session).Count.ShouldBe(1);
    }

    [Fact]
    public void A_wrong_stream_name_is_acknowledged_and_stays_silent()
    {
        using var session = _rig.Streams.Open("/market/ws/0");
        Ask(session, """{"method":"SUBSCRIBE","params":["btcusdt@nothing","nope@aggTrade"],"id":1}""").ShouldBe("""{"result":null,"id":1}""");
        Ask(session, """{"method":"LIST_SUBSCRIPTIONS","id":2}""").ShouldBe("""{"result":["0","btcusdt@nothing","nope@aggTrade"],"id":2}""");
        Trade();
        ProtocolRig.Drain(session).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nonsense", """{"error":{"code":3,"msg":"Invalid JSON: the message is not well-formed"},"id":null}""")]
    [InlineData("[1]", """{"error":{"code":2,"msg":"Invalid request: the message must be an object"},"id":null}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":["x"]}""", """{"error":{"code":2,"msg":"Invalid request: request ID must be an integer or a string"},"id":null}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":["x"],"id":{}}""", """{"error":{"code":2,"msg":"Invalid request: request ID must be an integer or a string"},"id":null}""")]
    [InlineData("""{"method":"DANCE","params":["x"],"id":73}""", """{"error":{"code":2,"msg":"Invalid request: method must be SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, GET_PROPERTY or SET_PROPERTY"},"id":73}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":"x","id":73}""", """{"error":{"code":2,"msg":"Invalid request: params must be an array of strings"},"id":73}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":[1],"id":"a"}""", """{"error":{"code":2,"msg":"Invalid request: params must be an array of strings"},"id":"a"}""")]
    [InlineData("""{"method":"SUBSCRIBE","params":[],"id":73}""", """{"error":{"code":2,"msg":"Invalid request: params must not be empty"},"id":73}""")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined"],"id":73}""", """{"error":{"code":2,"msg":"Invalid request: the only property is combined, true or false"},"id":73}""")]
    public void A_bad_message_is_answered_with_an_error(string message, string answer)
    {
        using var session = _rig.Streams.Open("/market/ws");
        Ask(session, message).ShouldBe(answer);
        session.CloseReason.ShouldBeNull();
    }

    [Fact]
    public void The_combined_property_switches_the_form()
    {
        using var session = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        Ask(session, """{"method":"GET_PROPERTY","params":["combined"],"id":1}""").ShouldBe("""{"result":false,"id":1}""");
        Ask(session, """{"method":"SET_PROPERTY","params":["combined",true],"id":2}""").ShouldBe("""{"result":null,"id":2}""");
        Ask(session, """{"method":"GET_PROPERTY","params":["combined"],"id":3}""").ShouldBe("""{"result":true,"id":3}""");
        Trade();
        ProtocolRig.Drain(session).ShouldHaveSingleItem().ShouldStartWith("""{"stream":"btcusdt@aggTrade","data":{""");
    }

    [Theory]
    [InlineData("/market/stream?streams=btcusdt@aggTrade/ethusdt@aggTrade", 2)]
    [InlineData("/market/stream?streams=btcusdt%40aggTrade", 1)]
    [InlineData("/market/ws?streams=btcusdt@aggTrade", 1)]
    [InlineData("/market/ws/btcusdt@aggTrade/ethusdt@aggTrade", 2)]
    [InlineData("/market/ws/btcusdt%40aggTrade", 1)]
    [InlineData("/market/stream", 0)]
    [InlineData("/market/stream?streams", 0)]
    [InlineData("/market/stream?streams=", 0)]
    [InlineData("/market/ws/", 0)]
    public void Every_path_form_is_accepted(string path, int streams)
    {
        using var session = _rig.Streams.Open(path);
        Trade();
        Trade("ETHUSDT");
        ProtocolRig.Drain(session).Count.ShouldBe(streams);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/market")]
    [InlineData("/market/other")]
    [InlineData("/market/stream/btcusdt@aggTrade")]
    [InlineData("/elsewhere/ws")]
    [InlineData("/ws/btcusdt@aggTrade")]
    [InlineData("/stream?streams=btcusdt@aggTrade")]
    public void Other_paths_are_404(string path) => Should.Throw<ExchangeException>(() => _rig.Streams.Open(path)).HttpStatus.ShouldBe(404);

    [Fact]
    public void Retired_roots_are_served_behind_a_flag()
    {
        var rig = new ProtocolRig(streams: new StreamOptions { AcceptsLegacyPaths = true });
        using var session = rig.Streams.Open("/stream?streams=btcusdt@aggTrade/btcusdt@bookTicker");
        rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(5, 1, 1m, 1m));
        rig.Streams.OnBookTicker("BTCUSDT", rig.Exchange.Ticker);
        ProtocolRig.Drain(session).Count.ShouldBe(2);
    }

    [Fact]
    public void Streams_sessions_and_messages_are_bounded()
    {
        var rig = new ProtocolRig(streams: new StreamOptions { SessionsMax = 2, StreamsPerSessionMax = 2, ClientMessagesPerSMax = 3, ClientMessageBytesMax = 1024 });
        using var session = rig.Streams.Open("/market/ws/a@b");
        ProtocolRig.Send(session, """{"method":"SUBSCRIBE","params":["c@d","e@f"],"id":1}""");
        ProtocolRig.Drain(session).ShouldBe(["""{"error":{"code":2,"msg":"Invalid request: more than 2 streams"},"id":1}"""]);
        using (rig.Streams.Open("/market/ws"))
        {
            Should.Throw<ExchangeException>(() => rig.Streams.Open("/market/ws")).HttpStatus.ShouldBe(429);
        }
        using var second = rig.Streams.Open("/market/ws");
        Should.Throw<ExchangeException>(() => rig.Streams.Open("/market/ws?streams=a/b/c")).HttpStatus.ShouldBe(429);
        for (var i = 0; i < 3; i++) ProtocolRig.Send(second, "{}");
        second.CloseReason.ShouldBeNull();
        ProtocolRig.Send(second, "{}");
        second.CloseReason.ShouldBe("Too many requests");
        second.WasCut.ShouldBeTrue();
        rig.Exchange.ServerTimeMs += 1000;
        ProtocolRig.Send(session, new string(' ', 1025));
        session.CloseReason.ShouldBe("a message is longer than 1024 bytes");
    }

    [Fact]
    public void New_connections_of_an_address_are_bounded_for_five_minutes()
    {
        const long Window = 300_000;
        var rig = new ProtocolRig(streams: new StreamOptions { ConnectionsPer5MinutesMax = 3 });
        rig.Exchange.ServerTimeMs = (FakeExchange.Start / Window * Window) + 1_500;
        for (var i = 0; i < 3; i++) rig.Streams.Open("/market/ws", "10.0.0.1").Dispose();
        var refusal = Should.Throw<ExchangeException>(() => rig.Streams.Open("/market/ws", "10.0.0.1"));
        (refusal.Code, refusal.HttpStatus, refusal.RetryAfterS).ShouldBe((-1003, 429, 299));
        rig.Streams.SessionCount.ShouldBe(0);
        rig.Streams.Open("/market/ws", "10.0.0.2").Dispose();
        for (var i = 0; i < 5; i++) rig.Streams.Open("/market/ws").Dispose();
        rig.Exchange.ServerTimeMs += 298_500;
        rig.Streams.Open("/market/ws", "10.0.0.1").Dispose();
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(0, 1000)]
    public void The_venues_limit_of_connections_holds_unless_it_is_off(int limit, int allowed)
    {
        var rig = new ProtocolRig(streams: new StreamOptions { ConnectionsPer5MinutesMax = limit });
        for (var i = 0; i < allowed; i++) rig.Streams.Open("/market/ws", "10.0.0.1").Dispose();
        if (limit > 0) Should.Throw<ExchangeException>(() => rig.Streams.Open("/market/ws", "10.0.0.1")).HttpStatus.ShouldBe(429);
        new StreamOptions().ConnectionsPer5MinutesMax.ShouldBe(300);
    }

    [Fact]
    public void Message_counts_start_anew_each_second()
    {
        var rig = new ProtocolRig(streams: new StreamOptions { ClientMessagesPerSMax = 2 });
        using var session = rig.Streams.Open("/market/ws");
        for (var i = 0; i < 10; i++)
        {
            ProtocolRig.Send(session, "{}");
            ProtocolRig.Send(session, "{}");
            rig.Exchange.ServerTimeMs += 1000;
        }
        session.CloseReason.ShouldBeNull();
    }

    [Fact]
    public async Task A_session_ends_after_a_day_and_unread_frames_are_still_read()
    {
        using var session = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        _rig.Exchange.ServerTimeMs += 86_399_000;
        Trade();
        session.CloseReason.ShouldBeNull();
        _rig.Exchange.ServerTimeMs += 1_000;
        Trade();
        session.CloseReason.ShouldBe("open for 24 h");
        (await session.ReadAsync(default)).IsEmpty.ShouldBeFalse();
        (await session.ReadAsync(default)).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Reading_waits_for_a_frame_and_survives_cancellation()
    {
        using var session = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        using var cancel = new CancellationTokenSource();
        var cancelled = session.ReadAsync(cancel.Token).AsTask();
        cancelled.IsCompleted.ShouldBeFalse();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        var waiting = session.ReadAsync(default).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        Trade();
        (await waiting).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Disposing_wakes_the_reader_and_frees_the_place()
    {
        var session = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        _rig.Streams.SessionCount.ShouldBe(1);
        var waiting = session.ReadAsync(default).AsTask();
        session.Dispose();
        (await waiting).IsEmpty.ShouldBeTrue();
        _rig.Streams.SessionCount.ShouldBe(0);
        ProtocolRig.Send(session, """{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":1}""");
        Trade();
        session.Unread.ShouldBe(0);
    }

    [Fact]
    public async Task Closing_all_ends_every_session()
    {
        using var session = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        _rig.Streams.CloseAll("stopping");
        (await session.ReadAsync(default)).IsEmpty.ShouldBeTrue();
        session.CloseReason.ShouldBe("stopping");
        session.WasCut.ShouldBeFalse();
    }

    [Fact]
    public void Events_before_an_exchange_is_attached_are_ignored()
    {
        var streams = new StreamProtocol(new StreamOptions());
        streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(5, 1, 1m, 1m));
        Should.Throw<InvalidOperationException>(() => streams.Open("/market/ws"));
        streams.Attach(new FakeExchange());
        Should.Throw<InvalidOperationException>(() => streams.Attach(new FakeExchange()));
    }

    [Fact]
    public void Options_outside_their_range_are_named() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new StreamProtocol(new StreamOptions { QueueFramesMax = 3 })).ParamName.ShouldBe("QueueFramesMax");
}
