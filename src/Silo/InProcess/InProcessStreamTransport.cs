using Granary.Exchange.Protocol;
using Granary.Venues.Transport;

namespace Granary.Silo.InProcess;

/// <summary>Connects the client's streams to the built-in exchange in the same process, frame by frame, without a socket.</summary>
/// <param name="protocol">The exchange.</param>
/// <param name="time">Clock for the latency.</param>
public sealed class InProcessStreamTransport(StreamProtocol protocol, TimeProvider time) : IStreamTransport
{
    private readonly List<InProcessStreamConnection> _open = [];

    /// <summary>Delay from the exchange to the client, drawn anew for each frame that has to be waited for; order is kept. Default none.</summary>
    public Func<TimeSpan> Latency { get; init; } = static () => TimeSpan.Zero;

    /// <inheritdoc/>
    public ValueTask<IStreamConnection> ConnectAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new InProcessStreamConnection(protocol.Open(pathAndQuery), this, time);
        lock (_open) _open.Add(connection);
        return ValueTask.FromResult<IStreamConnection>(connection);
    }

    /// <summary>Cuts every open connection, as a network failure would.</summary>
    public void CutAll()
    {
        InProcessStreamConnection[] open;
        lock (_open) open = [.. _open];
        foreach (var connection in open) connection.Cut();
    }

    internal void Closed(InProcessStreamConnection connection)
    {
        lock (_open) _open.Remove(connection);
    }
}
