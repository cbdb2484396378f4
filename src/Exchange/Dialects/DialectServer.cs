using System.Net.WebSockets;
using Granary.Exchange.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Granary.Exchange.Dialects;

/// <summary>Serves the dialects' streams and their few queries on a loopback port.</summary>
public sealed class DialectServer(DialectStreams streams, ILoggerFactory loggers) : IAsyncDisposable
{
    private const int MessageBytesMax = 64 * 1024;
    private KestrelServer? _server;

    /// <summary>Begins to listen.</summary>
    /// <param name="url">A loopback address; port 0 for a free one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The address with its real port.</returns>
    /// <exception cref="ArgumentException">Not a loopback address.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<Uri> StartAsync(string url, CancellationToken cancellationToken)
    {
        var endPoint = LoopbackUrl.Parse(url);
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(endPoint, static listen => listen.Protocols = HttpProtocols.Http1);
        _server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        var upgrade = new WebSocketMiddleware(InvokeAsync, Options.Create(new WebSocketOptions()), loggers);
        await _server.StartAsync(new HttpApplication(upgrade.Invoke, loggers.CreateLogger<DialectServer>()), cancellationToken);
        return new UriBuilder(Uri.UriSchemeHttp, endPoint.Address.ToString(),
            new Uri(_server.Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port).Uri;
    }

    /// <summary>Closes the sessions and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is not { } server) return;
        _server = null;
        streams.CloseAll();
        await server.StopAsync(CancellationToken.None);
        server.Dispose();
    }

    private async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!context.WebSockets.IsWebSocketRequest)
        {
            var answer = streams.Rest(path);
            context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer ?? "{}", context.RequestAborted);
            return;
        }
        using var session = streams.Open(path);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var sending = SendAsync(socket, session, context.RequestAborted);
        await ReceiveAsync(socket, session, context.RequestAborted);
        session.Dispose();
        await sending;
    }

    private static async Task ReceiveAsync(WebSocket socket, DialectSession session, CancellationToken cancellationToken)
    {
        var buffer = new byte[MessageBytesMax];
        var length = 0;
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length += result.Count;
                // A message that does not fit ends the connection like a goodbye.
                if (result.MessageType == WebSocketMessageType.Close || length == buffer.Length) return;
                if (!result.EndOfMessage) continue;
                session.Receive(buffer.AsSpan(0, length));
                length = 0;
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private static async Task SendAsync(WebSocket socket, DialectSession session, CancellationToken cancellationToken)
    {
        try
        {
            while (await session.ReadAsync(cancellationToken) is { IsEmpty: false } frame) await socket.SendAsync(frame, WebSocketMessageType.Text, true,
                cancellationToken);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "the session has ended", cancellationToken);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client is gone.
        }
    }
}
