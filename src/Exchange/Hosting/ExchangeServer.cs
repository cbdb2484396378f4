using Granary.Exchange.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Granary.Exchange.Hosting;

/// <summary>
/// Serves an exchange's REST and WebSocket protocols with Kestrel on a loopback address. Kestrel is used bare, without a host, so that the server catches no
/// signals, reads no configuration and writes to no console of its own.
/// </summary>
public sealed class ExchangeServer : IAsyncDisposable
{
    private readonly RestProtocol _rest;
    private readonly StreamProtocol _streams;
    private readonly ExchangeServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private KestrelServer? _server;
    private Uri? _url;

    /// <summary>Makes a server that does not listen yet.</summary>
    /// <param name="rest">Answers HTTP requests.</param>
    /// <param name="streams">Feeds WebSockets.</param>
    /// <param name="options">Where and within which bounds.</param>
    /// <param name="time">Measures the send timeout.</param>
    /// <param name="loggers">Receives Kestrel's and the server's log.</param>
    public ExchangeServer(RestProtocol rest, StreamProtocol streams, ExchangeServerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _rest = rest;
        _streams = streams;
        _options = options;
        _time = time;
        _loggers = loggers;
    }

    /// <summary>The URL that is served, with the real port.</summary>
    /// <exception cref="InvalidOperationException">The server does not listen.</exception>
    public Uri Url => _url ?? throw new InvalidOperationException("the exchange server does not listen: call StartAsync first");

    /// <summary>Begins to listen. Once only.</summary>
    /// <exception cref="ArgumentException">The URL is malformed or not a loopback address.</exception>
    /// <exception cref="IOException">The port is taken; the URL is named.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_server is not null) throw new InvalidOperationException("the exchange server was started already");
        var endPoint = LoopbackUrl.Parse(_options.Url);
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = _options.RequestBodyBytesMax;
        kestrel.Limits.MaxConcurrentConnections = _options.ConnectionsMax;
        kestrel.Limits.MaxConcurrentUpgradedConnections = _options.ConnectionsMax;
        // A connection may name 1024 streams in its query.
        kestrel.Limits.MaxRequestLineSize = 65_536;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
        var server = new KestrelServer(
            Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), _loggers), _loggers);
        try
        {
            await server.StartAsync(new HttpApplication(Pipeline(), _loggers.CreateLogger<ExchangeServer>()), cancellationToken);
        }
        catch (IOException taken)
        {
            server.Dispose();
            throw new IOException($"Exchange:Url was '{_options.Url}': {taken.Message} Choose another port, or 0 for a free one.", taken);
        }
        _server = server;
        var bound = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _url = new UriBuilder(Uri.UriSchemeHttp, endPoint.Address.ToString(), bound.Port).Uri;
    }

    /// <summary>Closes the sessions with a closing handshake and stops listening; connections still open when the token fires are cut.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is not { } server) return;
        _server = null;
        _url = null;
        _streams.CloseAll("the exchange is stopping");
        await server.StopAsync(cancellationToken);
        server.Dispose();
    }

    /// <summary>Stops with five seconds' grace.</summary>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(TimeSpan.FromSeconds(5), _time);
        await StopAsync(grace.Token);
    }

    private Microsoft.AspNetCore.Http.RequestDelegate Pipeline()
    {
        var rest = new RestMiddleware(_rest, _options, _time);
        var sockets = new StreamMiddleware(_streams, _options, _time);
        var webSockets = new WebSocketOptions { KeepAliveInterval = _options.PingInterval, KeepAliveTimeout = _options.PongTimeout };
        var upgrade = new WebSocketMiddleware(sockets.InvokeAsync, Options.Create(webSockets), _loggers);
        return context => StreamMiddleware.IsStreamPath(context.Request.Path.Value) ? upgrade.Invoke(context) : rest.InvokeAsync(context);
    }
}
