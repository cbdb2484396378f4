using System.Net.WebSockets;

namespace Granary.Venues.Transport;

/// <summary>
/// Streams over ClientWebSocket: no compression, and where wanted a ping each 15 s and the connection given up when no pong comes within 10 s, so that a peer
/// that vanished without a word is noticed.
/// </summary>
public sealed class WebSocketStreamTransport : IStreamTransport
{
    private readonly Uri _baseUrl;
    private readonly TimeSpan _connectTimeout;
    private readonly TimeProvider _time;
    private readonly string _checkedPathPrefix;

    /// <summary>Makes a transport.</summary>
    /// <param name="baseUrl">ws or wss address without path.</param>
    /// <param name="connectTimeout">Longest wait for a connection.</param>
    /// <param name="time">The clock of that wait.</param>
    /// <param name="checkedPathPrefix">
    /// Connections whose path begins with this are checked by pings; by default all. It costs a fifth of the time of a small message, so that a receiver which
    /// gives silent connections up by itself is better off without.
    /// </param>
    public WebSocketStreamTransport(Uri baseUrl, TimeSpan connectTimeout, TimeProvider time, string checkedPathPrefix = "")
    {
        _checkedPathPrefix = checkedPathPrefix;
        _baseUrl = baseUrl;
        _connectTimeout = connectTimeout;
        _time = time;
    }

    /// <inheritdoc />
    public async ValueTask<IStreamConnection> ConnectAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        // The query may hold a listen key, so it stays out of every text.
        var path = pathAndQuery.Split('?')[0];
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
        if (path.StartsWith(_checkedPathPrefix, StringComparison.Ordinal)) socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(10);
        if (_baseUrl.IsLoopback) socket.Options.Proxy = null;
        using var timeout = new CancellationTokenSource(_connectTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await socket.ConnectAsync(new Uri(_baseUrl, pathAndQuery), limit.Token);
            return new WebSocketStreamConnection(socket);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw new IOException($"{path}: no connection within {_connectTimeout.TotalSeconds:0.###} s");
        }
        catch (WebSocketException e)
        {
            socket.Dispose();
            throw new IOException($"{path}: {e.Message}".Replace(pathAndQuery, path, StringComparison.Ordinal));
        }
    }
}
