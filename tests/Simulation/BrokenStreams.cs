using Granary.Venues.Transport;

namespace Granary.Simulation;

/// <summary>Connections that cannot be opened while the network is down.</summary>
internal sealed class BrokenStreams(IStreamTransport streams, Network network) : IStreamTransport
{
    public ValueTask<IStreamConnection> ConnectAsync(string pathAndQuery, CancellationToken cancellationToken) => network.IsDown
        ? ValueTask.FromException<IStreamConnection>(new IOException("the connection was refused"))
        : streams.ConnectAsync(pathAndQuery, cancellationToken);
}
