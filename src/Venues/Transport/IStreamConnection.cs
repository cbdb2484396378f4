namespace Granary.Venues.Transport;

/// <summary>One WebSocket connection; one reader and one writer at a time.</summary>
public interface IStreamConnection : IAsyncDisposable
{
    /// <summary>
    /// Reads the next whole text message. The memory stays valid until the next call. Pings are answered by the transport.
    /// </summary>
    /// <returns>The message, or an empty memory when the other side closed.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends a text message.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
