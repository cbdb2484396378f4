using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

public class StreamBackPressureTests
{
    private const string Both = "/stream?streams=btcusdt@aggTrade/btcusdt@bookTicker";

    private static ProtocolRig Rig(StreamOverflow overflow, int frames = 16, int conflateAbove = 4) => new(streams: new StreamOptions
    {
        Overflow = overflow,
        QueueFramesMax = frames,
        ConflateAboveFrames = conflateAbove,
        AcceptsLegacyPaths = true,
    });

    private static void Trade(ProtocolRig rig, long id) => rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(id, 1, 1m, 1m));

    private static void Quote(ProtocolRig rig, long id) => rig.Streams.OnBookTicker("BTCUSDT", new BookTicker(id, 1, 1, 1, 1, 1));

    private static List<(string Kind, long Id)> Read(StreamSession session) => [.. ProtocolRig.Drain(session).Select(Parse)];

    private static (string Kind, long Id) Parse(string frame)
    {
        using var json = JsonDocument.Parse(frame);
        var data = json.RootElement.GetProperty("data");
        var kind = data.GetProperty("e").GetString()!;
        return (kind, data.GetProperty(kind == "aggTrade" ? "a" : "u").GetInt64());
    }

    [Fact]
    public void A_fast_reader_gets_every_quote()
    {
        var rig = Rig(StreamOverflow.Close);
        using var session = rig.Streams.Open(Both);
        for (var i = 0; i < 100; i++)
        {
            Quote(rig, i);
            Read(session).ShouldBe([("bookTicker", i)]);
        }
        session.Conflated.ShouldBe(0);
    }

    [Fact]
    public void A_slow_reader_gets_the_newest_quote_after_the_trades_before_it()
    {
        var rig = Rig(StreamOverflow.Close, conflateAbove: 2);
        using var session = rig.Streams.Open(Both);
        Quote(rig, 1);
        Trade(rig, 1);
        Quote(rig, 2);
        Trade(rig, 2);
        Quote(rig, 3);
        Quote(rig, 4);
        Trade(rig, 3);
        Read(session).ShouldBe([("bookTicker", 1), ("aggTrade", 1), ("aggTrade", 2), ("bookTicker", 4), ("aggTrade", 3)]);
        session.Conflated.ShouldBe(2);
    }

    [Fact]
    public void Quotes_alone_never_fill_a_queue()
    {
        var rig = Rig(StreamOverflow.Close);
        using var session = rig.Streams.Open(Both + "/ethusdt@bookTicker");
        for (var i = 0; i < 100_000; i++) rig.Streams.OnBookTicker(i % 3 == 0 ? "ETHUSDT" : "BTCUSDT", new BookTicker(i, 1, 1, 1, 1, 1));
        session.CloseReason.ShouldBeNull();
        session.Unread.ShouldBe(5);
        Read(session).TakeLast(2).ShouldBe([("bookTicker", 99_998), ("bookTicker", 99_999)]);
    }

    [Fact]
    public async Task At_live_pace_a_queue_full_of_trades_closes_the_session_and_no_other()
    {
        var rig = Rig(StreamOverflow.Close);
        using var slow = rig.Streams.Open(Both);
        using var fast = rig.Streams.Open(Both);
        for (var i = 0; i < 20; i++)
        {
            Trade(rig, i);
            Read(fast).Count.ShouldBe(1);
        }
        slow.CloseReason.ShouldBe("the client reads too slowly");
        slow.WasCut.ShouldBeTrue();
        (await slow.ReadAsync(default)).IsEmpty.ShouldBeTrue();
        fast.CloseReason.ShouldBeNull();
        rig.Streams.WaitForRoomAsync(default).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task An_accelerated_market_waits_for_the_slowest_session_and_loses_nothing()
    {
        var rig = Rig(StreamOverflow.Wait);
        using var first = rig.Streams.Open(Both);
        using var second = rig.Streams.Open(Both);
        for (var i = 0; i < 16; i++)
        {
            rig.Streams.WaitForRoomAsync(default).IsCompletedSuccessfully.ShouldBeTrue();
            Trade(rig, i);
        }
        var room = rig.Streams.WaitForRoomAsync(default).AsTask();
        Read(first).Count.ShouldBe(16);
        room.IsCompleted.ShouldBeFalse();
        for (var i = 0; i < 7; i++) second.TryRead(out _).ShouldBeTrue();
        room.IsCompleted.ShouldBeFalse();
        second.TryRead(out _).ShouldBeTrue();
        await room;
        Read(second).ShouldBe(Enumerable.Range(8, 8).Select(i => ("aggTrade", (long)i)));
    }

    [Fact]
    public async Task Closing_a_full_session_frees_the_market()
    {
        var rig = Rig(StreamOverflow.Wait);
        var session = rig.Streams.Open(Both);
        for (var i = 0; i < 16; i++) Trade(rig, i);
        var room = rig.Streams.WaitForRoomAsync(default).AsTask();
        room.IsCompleted.ShouldBeFalse();
        session.Dispose();
        await room;
        rig.Streams.WaitForRoomAsync(default).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Waiting_for_room_can_be_cancelled()
    {
        var rig = Rig(StreamOverflow.Wait);
        using var session = rig.Streams.Open(Both);
        for (var i = 0; i < 16; i++) Trade(rig, i);
        using var cancel = new CancellationTokenSource();
        var room = rig.Streams.WaitForRoomAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(room);
    }

    [Fact]
    public void A_market_that_does_not_wait_closes_the_session_at_four_times_the_bound()
    {
        var rig = Rig(StreamOverflow.Wait);
        using var session = rig.Streams.Open(Both);
        for (var i = 0; i < 63; i++) Trade(rig, i);
        session.CloseReason.ShouldBeNull();
        Trade(rig, 63);
        session.CloseReason.ShouldBe("the client reads too slowly");
        rig.Streams.WaitForRoomAsync(default).IsCompletedSuccessfully.ShouldBeTrue();
    }

    /// <summary>
    /// Any mixture of trades, quotes and reads: every trade once and in order, quotes rising, the last quote delivered, and no quote in front of a
    /// trade that happened before it.
    /// </summary>
    [Fact]
    public void Conflation_keeps_order_and_the_last_quote_for_any_pace_of_reading()
    {
        var steps = Gen.Frequency((6, Gen.Constant('q')), (2, Gen.Constant('t')), (1, Gen.Constant('r'))).ListOf(400);
        Prop.ForAll(Arb.From(steps), list =>
        {
            var rig = Rig(StreamOverflow.Wait, frames: 512, conflateAbove: 3);
            using var session = rig.Streams.Open(Both);
            var got = new List<(string Kind, long Id)>();
            var (number, lastQuote) = (0L, -1L);
            var trades = new List<long>();
            foreach (var step in list)
            {
                number++;
                if (step == 't')
                {
                    trades.Add(number);
                    Trade(rig, number);
                }
                else if (step == 'q')
                {
                    Quote(rig, lastQuote = number);
                }
                else if (session.TryRead(out var frame))
                {
                    got.Add(Parse(System.Text.Encoding.UTF8.GetString(frame.Span)));
                }
            }
            got.AddRange(Read(session));
            // Numbers rise over both kinds together: that is the order in which things happened.
            return got.Zip(got.Skip(1)).All(pair => pair.First.Id < pair.Second.Id)
                && got.Where(e => e.Kind == "aggTrade").Select(e => e.Id).SequenceEqual(trades)
                && (lastQuote < 0 || got.Last(e => e.Kind == "bookTicker").Id == lastQuote);
        }).QuickCheckThrowOnFailure();
    }
}
