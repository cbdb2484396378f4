using Granary.Venues.Transport;

namespace Granary.Simulation;

/// <summary>Connections that cannot be opened while the network is down, and that fail in the middle of a pong when they are to.</summary>
internal sealed class BrokenStreams(IStreamTransport streams, Network network) : IStreamTransport
{
    public async ValueTask<IStreamConnection> ConnectAsync(string pathAndQuery, CancellationToken cancellationToken) => network.IsDown
        ? throw new IOException("the connection was refused")
        : new Connection(await streams.ConnectAsync(pathAndQuery, cancellationToken), network);

    private sealed class Connection(IStreamConnection connection, Network network) : IStreamConnection
    {
        private bool _isBroken;

        public ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
        {
            if (!network.ArePongsFailing || _isBroken) return connection.ReceiveAsync(cancellationToken);
            _isBroken = true;
            network.FailedPongs++;
            return ValueTask.FromException<ReadOnlyMemory<byte>>(new InvalidOperationException("a pong cannot be sent: the socket is closed"));
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => connection.SendAsync(message, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await connection.DisposeAsync();
            if (_isBroken) throw new IOException("the goodbye cannot be sent: the socket is closed");
        }
    }
}
