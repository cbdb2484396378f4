using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Granary.Exchange.Hosting;
using Granary.Exchange.Protocol;
using Granary.Exchange.Tests.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Exchange.Tests.Hosting;

/// <summary>The protocol over real loopback sockets.</summary>
public sealed class ExchangeServerTests : IAsyncLifetime
{
    private readonly ProtocolRig _rig = new(streams: new StreamOptions { ClientMessagesPerSMax = 0 });
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(20), TimeProvider.System);
    private ExchangeServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = new ExchangeServer(
            _rig.Rest, _rig.Streams, new ExchangeServerOptions { Url = "http://127.0.0.1:0" }, TimeProvider.System, NullLoggerFactory.Instance);
        await _server.StartAsync(default);
        _http.BaseAddress = _server.Url;
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _deadline.Dispose();
    }

    private async Task<ClientWebSocket> ConnectAsync(string pathAndQuery)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_server.Url.Port}{pathAndQuery}"), _deadline.Token);
        return socket;
    }

    private async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, _deadline.Token);
            if (part.MessageType == WebSocketMessageType.Close) return $"closed: {part.CloseStatus} {part.CloseStatusDescription}";
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(message.ToArray());
        }
    }

    private Task SendAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _deadline.Token);

    [Fact]
    public void Port_zero_picks_a_free_port_and_reports_it() => _server.Url.Port.ShouldBeGreaterThan(0);

    [Fact]
    public async Task Rest_answers_with_its_headers()
    {
        using var reply = await _http.GetAsync("/fapi/v1/depth?symbol=BTCUSDT&limit=5", _deadline.Token);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        reply.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("application/json"));
        reply.Headers.GetValues("X-MBX-USED-WEIGHT-1M").ShouldBe(["2"]);
        reply.Headers.Contains("X-MBX-ORDER-COUNT-10S").ShouldBeFalse();
        (await reply.Content.ReadAsStringAsync()).ShouldBe(_rig.Get("/fapi/v1/depth", "symbol=BTCUSDT&limit=5"));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task An_order_in_the_body_is_taken_whatever_its_content_type(string? contentType)
    {
        var text = $"symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=a%3Ab&timestamp={FakeExchange.Start}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fapi/v1/order")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{text}&signature={ProtocolRig.Sign("granary-test-secret", text)}")),
        };
        if (contentType is not null) request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.Add("X-MBX-APIKEY", "granary-test-key");
        using var reply = await _http.SendAsync(request, _deadline.Token);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
        reply.Headers.GetValues("X-MBX-ORDER-COUNT-10S").ShouldBe(["1"]);
        reply.Headers.GetValues("X-MBX-ORDER-COUNT-1M").ShouldBe(["1"]);
        _rig.Exchange.Placed.ShouldHaveSingleItem().ClientOrderId.ShouldBe("a:b");
    }

    [Fact]
    public async Task An_order_in_the_query_of_a_post_without_body_is_taken()
    {
        var text = $"symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=a%3ab&timestamp={FakeExchange.Start}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/fapi/v1/order?{text}&signature={ProtocolRig.Sign("granary-test-secret", text)}");
        request.Headers.Add("X-MBX-APIKEY", "granary-test-key");
        using var reply = await _http.SendAsync(request, _deadline.Token);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Refusals_have_their_status()
    {
        using var missing = await _http.GetAsync("/fapi/v1/nothing", _deadline.Token);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var unsigned = await _http.GetAsync("/fapi/v1/openOrders", _deadline.Token);
        unsigned.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var large = await _http.PostAsync("/fapi/v1/order", new ByteArrayContent(new byte[100_000]), _deadline.Token);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var noUpgrade = await _http.GetAsync("/market/ws", _deadline.Token);
        noUpgrade.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
    }

    [Fact]
    public async Task A_defect_is_500_so_that_the_outcome_counts_as_unknown()
    {
        _rig.Exchange.OnPlace = _ => throw new InvalidOperationException("broken");
        var text = $"symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&timestamp={FakeExchange.Start}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/fapi/v1/order?{text}&signature={ProtocolRig.Sign("granary-test-secret", text)}");
        request.Headers.Add("X-MBX-APIKEY", "granary-test-key");
        using var reply = await _http.SendAsync(request, _deadline.Token);
        reply.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await reply.Content.ReadAsStringAsync()).ShouldNotContain("broken");
    }

    [Fact]
    public async Task A_socket_subscribes_and_receives_in_order()
    {
        using var socket = await ConnectAsync("/market/stream");
        await SendAsync(socket, """{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":"x-1"}""");
        (await ReceiveAsync(socket)).ShouldBe("""{"result":null,"id":"x-1"}""");
        for (var i = 0; i < 500; i++) _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(i, i, 1m, 1m));
        for (var i = 0; i < 500; i++)
        {
            using var json = JsonDocument.Parse(await ReceiveAsync(socket));
            json.RootElement.GetProperty("data").GetProperty("a").GetInt64().ShouldBe(i);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _deadline.Token);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_long_command_in_many_parts_is_one_message()
    {
        using var socket = await ConnectAsync("/market/ws");
        var names = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"symbol{i}usdt@aggTrade\""));
        var bytes = Encoding.UTF8.GetBytes($$"""{"method":"SUBSCRIBE","params":[{{names}}],"id":1}""");
        bytes.Length.ShouldBeGreaterThan(20_000);
        for (var at = 0; at < bytes.Length; at += 700)
        {
            var length = Math.Min(700, bytes.Length - at);
            await socket.SendAsync(bytes.AsMemory(at, length), WebSocketMessageType.Text, at + length == bytes.Length, _deadline.Token);
        }
        (await ReceiveAsync(socket)).ShouldBe("""{"result":null,"id":1}""");
    }

    [Fact]
    public async Task A_command_over_the_bound_closes_the_socket()
    {
        using var socket = await ConnectAsync("/market/ws");
        await SendAsync(socket, new string(' ', 70_000));
        (await ReceiveAsync(socket)).ShouldBe("closed: PolicyViolation a message is longer than 65536 bytes");
    }

    [Fact]
    public async Task User_events_reach_the_private_socket()
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, "/fapi/v1/listenKey");
        post.Headers.Add("X-MBX-APIKEY", "granary-test-key");
        using var reply = await _http.SendAsync(post, _deadline.Token);
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        var key = json.RootElement.GetProperty("listenKey").GetString();
        using var socket = await ConnectAsync($"/private/stream?listenKey={key}");
        _rig.Streams.OnAccount("main", new Contracts.AccountEvent("ORDER", _rig.Exchange.Wallet, 0, [], FakeExchange.Start));
        (await ReceiveAsync(socket)).ShouldStartWith($$"""{"stream":"{{key}}","data":{"e":"ACCOUNT_UPDATE",""");
    }

    [Fact]
    public async Task An_unknown_stream_path_is_404()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_server.Url.Port}/ws/btcusdt@aggTrade"), _deadline.Token));
        socket.HttpStatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_client_that_vanishes_frees_its_session()
    {
        var socket = await ConnectAsync("/market/ws/btcusdt@aggTrade");
        await SendAsync(socket, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await ReceiveAsync(socket);
        _rig.Streams.SessionCount.ShouldBe(1);
        socket.Abort();
        socket.Dispose();
        while (_rig.Streams.SessionCount > 0) await Task.Yield();
        _deadline.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Stopping_closes_sockets_with_a_handshake_and_frees_the_port()
    {
        using var socket = await ConnectAsync("/market/ws/btcusdt@aggTrade");
        var url = _server.Url;
        var stopping = _server.StopAsync(_deadline.Token);
        (await ReceiveAsync(socket)).ShouldBe("closed: EndpointUnavailable the exchange is stopping");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _deadline.Token);
        await stopping;
        await using var again = new ExchangeServer(
            _rig.Rest, _rig.Streams, new ExchangeServerOptions { Url = url.ToString() }, TimeProvider.System, NullLoggerFactory.Instance);
        await again.StartAsync(_deadline.Token);
        again.Url.ShouldBe(url);
    }

    [Fact]
    public async Task A_taken_port_is_a_named_error()
    {
        await using var second = new ExchangeServer(
            _rig.Rest, _rig.Streams, new ExchangeServerOptions { Url = _server.Url.ToString() }, TimeProvider.System, NullLoggerFactory.Instance);
        var error = await Should.ThrowAsync<IOException>(() => second.StartAsync(_deadline.Token));
        error.Message.ShouldContain($"Exchange:Url was '{_server.Url}'");
    }

    [Theory]
    [InlineData("http://0.0.0.0:8089")]
    [InlineData("http://192.168.1.4:8089")]
    [InlineData("http://[::]:8089")]
    [InlineData("http://example.com:8089")]
    [InlineData("https://127.0.0.1:8089")]
    [InlineData("127.0.0.1:8089")]
    [InlineData("http://127.0.0.1:8089/path")]
    public async Task Only_plain_loopback_urls_are_served(string url)
    {
        await using var server = new ExchangeServer(
            _rig.Rest, _rig.Streams, new ExchangeServerOptions { Url = url }, TimeProvider.System, NullLoggerFactory.Instance);
        var error = await Should.ThrowAsync<ArgumentException>(() => server.StartAsync(default));
        error.Message.ShouldContain(url);
        error.Message.ShouldContain("http://127.0.0.1:8089");
    }
}
