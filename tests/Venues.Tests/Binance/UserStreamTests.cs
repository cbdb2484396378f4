using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Binance;

public sealed class UserStreamTests : IDisposable
{
    private const string Private = "/private/stream";
    private const string Post = "POST /fapi/v1/listenKey";
    private const string Put = "PUT /fapi/v1/listenKey";
    private readonly Clients _clients = new();
    private readonly RecordingUserHandler _handler = new();
    private readonly CancellationTokenSource _stop = new();
    private int _keys;

    public UserStreamTests() => _clients.Rest.On(Post, _ => new RestResponse(200, System.Text.Encoding.UTF8.GetBytes($"{{\"listenKey\":\"key{++_keys}\"}}")));

    private World World => _clients.World;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void Connects_with_a_fresh_key_reports_first_and_delivers_in_order()
    {
        var running = Run();
        var connection = _clients.Streams.Connections.Single();
        connection.Path.ShouldBe("/private/stream?listenKey=key1");
        connection.Push(Wrap(UserFrameDecoderTests.Account));
        connection.Push(UserFrameDecoderTests.Fill);
        connection.Push("""{"stream":"key1","data":{"e":"TRADE_LITE","E":1}}""");
        World.Drain();
        _handler.Calls.ShouldBe(["up", "account ORDER", "order id-1"]);
        _handler.Orders.Single().Fill!.TradeId.ShouldBe(12345678);
        _clients.Client.Counters.UnhandledEvents.ShouldBe([new("TRADE_LITE", 1)]);
        _stop.Cancel();
        World.Drain();
        running.IsCompletedSuccessfully.ShouldBeTrue();
        connection.IsDisposed.ShouldBeTrue();
        _handler.Calls.Last().ShouldBe("down: stopped");
        _clients.Rest.Count("DELETE /fapi/v1/listenKey").ShouldBe(0);
        _handler.Threads.ShouldBe([World.ThreadId]);
    }

    [Theory]
    [InlineData("close", "closed by the venue"), InlineData("break", "broken by the test"), InlineData("expire", "the listen key expired")]
    public void Any_loss_takes_a_new_key_and_reports_again(string how, string detail)
    {
        Run();
        var connection = _clients.Streams.Connections.Single();
        if (how == "close") connection.Close();
        else if (how == "break") connection.Break();
        else connection.Push(Wrap("""{"e":"listenKeyExpired","E":1,"listenKey":"key1"}"""));
        World.AdvanceSeconds(0.21);
        _clients.Streams.Connections.Count.ShouldBe(2);
        _clients.Streams.Connections[1].Path.ShouldBe("/private/stream?listenKey=key2");
        _handler.Calls.ShouldBe(["up", $"down: {detail}", "up"]);
    }

    [Fact]
    public void The_key_is_prolonged_every_thirty_minutes()
    {
        _clients.Rest.On(Put, 200, "{}");
        Run();
        World.AdvanceSeconds((4 * 1800) + 1);
        _clients.Rest.Count(Put).ShouldBe(4);
        _clients.Rest.Requests.Last(request => request.Method == "PUT").Body.ShouldBe("listenKey=key1");
        _handler.Calls.ShouldBe(["up"]);
    }

    [Fact]
    public void A_key_that_is_gone_is_replaced_at_once()
    {
        _clients.Rest.On(Put, 400, """{"code":-1125,"msg":"This listenKey does not exist."}""").On(Put, 200, "{}");
        Run();
        World.AdvanceSeconds(1801);
        _handler.Calls.ShouldBe(["up", "down: the listen key is gone", "up"]);
        _clients.Rest.Count(Put).ShouldBe(1);
        World.AdvanceSeconds(1800);
        _clients.Rest.Requests.Last(request => request.Method == "PUT").Body.ShouldBe("listenKey=key2");
    }

    [Fact]
    public void A_venue_that_cannot_prolong_for_ten_minutes_costs_nothing_and_for_too_long_a_new_key()
    {
        _clients.Rest.On(Put, 503, "");
        Run();
        World.AdvanceSeconds(1800 + 600);
        _handler.Calls.ShouldBe(["up"]);
        // Each failed prolongation is four requests; a minute lies between them: no spinning.
        _clients.Rest.Count(Put).ShouldBeInRange(4 * 9, 4 * 11);
        World.AdvanceSeconds(15 * 60);
        _handler.Calls.Count(call => call == "up").ShouldBe(2);
        _handler.Calls[1].ShouldStartWith("down: the listen key could not be prolonged in time: PUT /fapi/v1/listenKey: HTTP 503");
    }

    [Fact]
    public void Without_a_key_it_keeps_trying_and_reports_the_outage_once()
    {
        var clients = new Clients(options => options with { QueryRetries = 0 });
        for (var i = 0; i < 5; i++) clients.Rest.On(Post, 503, "");
        clients.Rest.On(Post, 200, """{"listenKey":"late"}""");
        clients.World.Start(() => clients.Client.RunUserStreamAsync(_handler, default));
        clients.World.AdvanceSeconds(30);
        _handler.Calls.Count.ShouldBe(2);
        _handler.Calls[0].ShouldStartWith("down: POST /fapi/v1/listenKey: HTTP 503");
        _handler.Calls[1].ShouldBe("up");
        clients.Rest.Count(Post).ShouldBe(6);
    }

    [Fact]
    public void A_connection_that_hangs_is_given_up_and_five_drops_in_a_row_heal_within_fifteen_seconds()
    {
        _clients.Streams.IsHanging = true;
        Run();
        World.AdvanceSeconds(10.1);
        _handler.Calls.ShouldBe(["down: no connection in time"]);
        _clients.Streams.IsHanging = false;
        World.AdvanceSeconds(0.3);
        _handler.Calls.Last().ShouldBe("up");
        for (var i = 0; i < 5; i++)
        {
            _clients.Streams.Last(Private).Break();
            World.AdvanceSeconds(15);
            _handler.Calls.Last().ShouldBe("up");
        }
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException)), InlineData(typeof(IOException))]
    public void An_event_that_the_handler_fails_on_starts_over(Type type)
    {
        Run();
        _handler.Fault = (Exception)Activator.CreateInstance(type, "journal is full")!;
        _clients.Streams.Last(Private).Push(UserFrameDecoderTests.Fill);
        World.AdvanceSeconds(0.21);
        _handler.Calls.ShouldBe(["up", $"down: the handler failed: {type.Name}", "up"]);
        _clients.Client.Counters.HandlerFaults.ShouldBe(1);
        _clients.Streams.Connections.Count.ShouldBe(2);
    }

    [Fact]
    public void A_frame_that_cannot_be_read_asks_for_reconciliation_at_most_every_thirty_seconds()
    {
        Run();
        var connection = _clients.Streams.Last(Private);
        for (var i = 0; i < 3; i++) connection.Push("""{"e":"ORDER_TRADE_UPDATE","o":{}}""");
        connection.Push(UserFrameDecoderTests.Fill);
        World.Drain();
        _handler.Calls.ShouldBe(["up", "down: a frame could not be read: ORDER_TRADE_UPDATE: field s is missing or empty", "up", "order id-1"]);
        _clients.Client.Counters.UserRejects.ShouldBe(3);
        _clients.Streams.Connections.Count.ShouldBe(1);
        World.AdvanceSeconds(30);
        connection.Push("nonsense");
        World.Drain();
        _handler.Calls.Count.ShouldBe(6);
    }

    [Fact]
    public void Hedge_mode_and_unknown_states_are_said_once()
    {
        Run();
        var connection = _clients.Streams.Last(Private);
        for (var i = 0; i < 2; i++)
        {
            connection.Push(UserFrameDecoderTests.Account.Replace("BOTH", "LONG"));
            connection.Push(UserFrameDecoderTests.Fill.Replace("PARTIALLY_FILLED", "HALF_BAKED"));
            connection.Push("""{"e":"MARGIN_CALL","E":1}""");
        }
        World.Drain();
        _handler.Positions.ShouldBeEmpty();
        _handler.Orders.Count.ShouldBe(2);
        _clients.Log.Lines.Count(line => line.Contains("hedge mode")).ShouldBe(1);
        _clients.Log.Lines.Count(line => line.Contains("HALF_BAKED")).ShouldBe(1);
        _clients.Log.Lines.Count(line => line.Contains("MARGIN_CALL")).ShouldBe(1);
        _clients.Client.Counters.UnhandledEvents.ShouldBe([new("MARGIN_CALL", 2), new("hedge-mode position", 2), new("order status HALF_BAKED", 2)]);
    }

    [Fact]
    public void The_listen_key_reaches_no_log_and_no_report()
    {
        _clients.Streams.OnConnect = connection => throw new IOException($"no route to {connection.Path.Replace("listenKey", "k")}");
        Run();
        World.AdvanceSeconds(30);
        _keys.ShouldBeGreaterThan(1);
        foreach (var text in _clients.Log.Lines.Concat(_handler.Calls)) text.ShouldNotContain("key1");
    }

    private static string Wrap(string data) => $"{{\"stream\":\"key1\",\"data\":{data}}}";

    private Task Run() => World.Start(() => _clients.Client.RunUserStreamAsync(_handler, _stop.Token));
}
