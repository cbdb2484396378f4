namespace Granary.Venues.Transport;

/// <summary>Opens WebSocket connections to a venue. The real one is ClientWebSocket; the simulation connects to the exchange in process.</summary>
public interface IStreamTransport
{
    /// <summary>Connects.</summary>
    /// <param name="pathAndQuery">For example /market/stream?streams=btcusdt@aggTrade.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">The connection was refused or failed.</exception>
    ValueTask<IStreamConnection> ConnectAsync(string pathAndQuery, CancellationToken cancellationToken);
}
