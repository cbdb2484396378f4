using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Tests.Transport;

public sealed class WebSocketStreamTransportTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private WebSocketStreamTransport _transport = null!;
    private Func<WebSocket, Task> _serve = static _ => Task.CompletedTask;
    private string _query = "";
    private string _extensions = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(async context =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            _query = $"{context.Request.Path}{context.Request.QueryString}";
            _extensions = context.Request.Headers.SecWebSocketExtensions.ToString();
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await _serve(socket);
        });
        await _app.StartAsync();
        _transport = new WebSocketStreamTransport(new Uri(_app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Messages_of_any_size_go_both_ways_and_a_close_is_an_empty_message()
    {
        string[] messages = ["{}", new string('x', 70_000), new string('y', 1_000_000), "z"];
        var received = "";
        _serve = async socket =>
        {
            var buffer = new byte[1024];
            var result = await socket.ReceiveAsync(buffer, default);
            received = Encoding.UTF8.GetString(buffer, 0, result.Count);
            foreach (var message in messages)
            {
                // In two fragments, as a proxy may cut them.
                var bytes = Encoding.UTF8.GetBytes(message);
                await socket.SendAsync(bytes.AsMemory(0, bytes.Length / 2), WebSocketMessageType.Text, false, default);
                await socket.SendAsync(bytes.AsMemory(bytes.Length / 2), WebSocketMessageType.Text, true, default);
            }
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        };
        await using var connection = await _transport.ConnectAsync("/private/stream?listenKey=abc", default);
        await connection.SendAsync("hello"u8.ToArray(), default);
        foreach (var message in messages) Encoding.UTF8.GetString((await connection.ReceiveAsync(default)).Span).ShouldBe(message);
        (await connection.ReceiveAsync(default)).IsEmpty.ShouldBeTrue();
        (received, _query, _extensions).ShouldBe(("hello", "/private/stream?listenKey=abc", ""));
    }

    /// <summary>Row N10 of the list of scenarios.</summary>
    [Fact]
    public async Task A_socket_that_is_reset_in_the_middle_of_a_pong_ends_the_receive_and_the_next_connection_is_sound()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var transport = new WebSocketStreamTransport(
            new Uri($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), TimeSpan.FromSeconds(20), TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            var accepting = listener.AcceptTcpClientAsync();
            var connecting = transport.ConnectAsync("/market/stream", default);
            using var client = await accepting;
            await UpgradeAsync(client);
            await using var connection = await connecting;
            var receive = connection.ReceiveAsync(default).AsTask();

            // Pings without an end and no reading: the pongs pile up until their sending fails with the reset.
            client.LingerState = new LingerOption(true, 0);
            for (var ping = 0; ping < 200; ping++) await client.GetStream().WriteAsync(new byte[] { 0x89, 0x04, 1, 2, 3, 4 });
            client.Close();
            await Should.ThrowAsync<IOException>(() => receive.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System));
            await Should.ThrowAsync<IOException>(async () => await connection.SendAsync("{}"u8.ToArray(), default));
        }
    }

    [Fact]
    public async Task A_message_beyond_the_bound_breaks_the_connection()
    {
        _serve = async socket =>
        {
            try
            {
                await socket.SendAsync(new byte[WebSocketStreamConnection.MessageLengthMax + 1], WebSocketMessageType.Text, true, default);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
            {
                // The client has left.
            }
        };
        await using var connection = await _transport.ConnectAsync("/market/stream", default);
        (await Should.ThrowAsync<IOException>(async () => await connection.ReceiveAsync(default))).Message.ShouldContain("longer than 8388608 bytes");
    }

    [Fact]
    public async Task An_aborted_connection_is_an_input_output_error()
    {
        _serve = async socket =>
        {
            await socket.ReceiveAsync(new byte[16], default);
            socket.Abort();
        };
        await using var connection = await _transport.ConnectAsync("/market/stream", default);
        await connection.SendAsync("now"u8.ToArray(), default);
        await Should.ThrowAsync<IOException>(async () => await connection.ReceiveAsync(default));
    }

    [Fact]
    public async Task A_refusal_names_the_path_without_its_query()
    {
        await _app.StopAsync();
        var e = await Should.ThrowAsync<IOException>(async () => await _transport.ConnectAsync("/private/stream?listenKey=abc", default));
        e.Message.ShouldStartWith("/private/stream: ");
        e.ToString().ShouldNotContain("abc");
    }

    [Fact]
    public async Task No_connection_in_time_and_cancelling()
    {
        // A listener that never answers the handshake.
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var time = new ManualTimeProvider();
        var transport = new WebSocketStreamTransport(new Uri($"ws://{listener.LocalEndpoint}"), TimeSpan.FromSeconds(5), time);
        var connecting = transport.ConnectAsync("/private/stream?listenKey=abc", default).AsTask();
        using var client = await listener.AcceptTcpClientAsync();
        time.Advance(TimeSpan.FromSeconds(5), static () => { });
        (await Should.ThrowAsync<IOException>(() => connecting)).Message.ShouldBe("/private/stream: no connection within 5 s");
        using var cancel = new CancellationTokenSource();
        connecting = transport.ConnectAsync("/market/stream", cancel.Token).AsTask();
        cancel.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => connecting);
    }

    /// <summary>The server's side of the handshake, without a server that would answer pings.</summary>
    private static async Task UpgradeAsync(TcpClient client)
    {
        var buffer = new byte[4096];
        var request = "";
        while (!request.Contains("\r\n\r\n", StringComparison.Ordinal))
            request += Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
        var key = request.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':')[1].Trim();
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
    }
}
