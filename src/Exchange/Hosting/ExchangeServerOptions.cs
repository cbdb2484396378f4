namespace Granary.Exchange.Hosting;

/// <summary>Where and within which bounds the exchange is served.</summary>
public sealed record ExchangeServerOptions
{
    /// <summary>
    /// Loopback address and port: http://127.0.0.1:PORT, http://[::1]:PORT or http://localhost:PORT; port 0 picks a free one. Default port 8089.
    /// </summary>
    public string Url { get; init; } = "http://127.0.0.1:8089";

    /// <summary>Largest request body; longer ones are refused with 413. Bytes. Default 65,536.</summary>
    public int RequestBodyBytesMax { get; init; } = 65_536;

    /// <summary>Connections held at once; further ones are closed. Count. Default 2048.</summary>
    public int ConnectionsMax { get; init; } = 2048;

    /// <summary>How often a WebSocket is pinged. Default 3 minutes.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a ping may go unanswered before the socket is cut. Default 10 minutes.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long one frame may take to leave before the socket is cut; it bounds how long a client that stopped reading can hold up a market that waits
    /// for room. Default 30 seconds.
    /// </summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
