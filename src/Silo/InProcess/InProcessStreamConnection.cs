using Granary.Exchange.Protocol;
using Granary.Venues.Transport;

namespace Granary.Silo.InProcess;

/// <summary>One connection of <see cref="InProcessStreamTransport"/>.</summary>
internal sealed class InProcessStreamConnection(StreamSession session, InProcessStreamTransport transport, TimeProvider time) : IStreamConnection
{
    private readonly CancellationTokenSource _cut = new();

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (session.TryRead(out var ready)) return ready;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cut.Token);
        try
        {
            var frame = await session.ReadAsync(either.Token);
            var delay = transport.Latency();
            if (delay > TimeSpan.Zero) await Task.Delay(delay, time, either.Token);
            return frame;
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("the connection was cut");
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (_cut.IsCancellationRequested) throw new IOException("the connection was cut");
        session.Receive(message.ToArray());
        return ValueTask.CompletedTask;
    }

    public void Cut()
    {
        _cut.Cancel();
        session.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        transport.Closed(this);
        session.Dispose();
        _cut.Dispose();
        return ValueTask.CompletedTask;
    }
}
