using System.Globalization;
using System.Net.WebSockets;
using Granary.Exchange.Contracts;
using Granary.Exchange.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Granary.Exchange.Hosting;

/// <summary>Maps WebSocket connections to stream sessions.</summary>
internal sealed class StreamMiddleware(StreamProtocol streams, ExchangeServerOptions options, TimeProvider time)
{
    private static readonly string[] Roots = ["public", "market", "private", "ws", "stream", "ws-fapi"];

    /// <summary>Whether the path belongs to the streams rather than to REST.</summary>
    public static bool IsStreamPath(string? path) => path is not null && Roots.Contains(path.Split('/', 3, StringSplitOptions.None).ElementAtOrDefault(1));

    public async Task InvokeAsync(HttpContext context)
    {
        StreamSession session;
        try
        {
            if (!context.WebSockets.IsWebSocketRequest) throw new ExchangeException(-5000, "A WebSocket handshake is required", 426);
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            session = streams.Open(target, context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        }
        catch (ExchangeException refusal)
        {
            context.Response.StatusCode = refusal.HttpStatus;
            if (refusal.RetryAfterS is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await context.Response.WriteAsJsonAsync(new { code = refusal.Code, msg = refusal.Message });
            return;
        }
        using (session)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await new StreamSocket(socket, session, streams.Options.ClientMessageBytesMax, options.SendTimeout, time).RunAsync(context.RequestAborted);
        }
    }
}
