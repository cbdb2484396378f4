using System.Text;
using System.Threading.Channels;

namespace Granary.Exchange.Dialects;

/// <summary>
/// One client's connection to the streams in a foreign dialect, without its socket. Any thread may call any member; at most one read at a time. A client
/// that leaves
/// more than 10,000 frames unread is cut off.
/// </summary>
public sealed class DialectSession : IDisposable
{
    private const int FramesMax = 10_000;
    private readonly DialectStreams _streams;
    private readonly Channel<byte[]> _frames = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(FramesMax) { SingleReader = true });

    internal DialectSession(DialectStreams streams, IDialectWire wire)
    {
        _streams = streams;
        Wire = wire;
    }

    internal IDialectWire Wire { get; }

    /// <summary>Guarded by the streams' gate: the last update and the number of messages of each subscribed book.</summary>
    internal Dictionary<string, (long LastId, long Number)> Books { get; } = new(StringComparer.Ordinal);

    /// <summary>Guarded by the streams' gate.</summary>
    internal HashSet<(string Symbol, DialectTopic Topic)> Topics { get; } = [];

    /// <summary>Takes a whole text message of the client.</summary>
    public void Receive(ReadOnlySpan<byte> utf8) => _streams.Receive(this, Encoding.UTF8.GetString(utf8));

    /// <summary>The next frame, waiting for it; empty when the session has ended.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; no frame is lost.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) =>
        await _frames.Reader.WaitToReadAsync(cancellationToken) && _frames.Reader.TryRead(out var frame) ? frame : ReadOnlyMemory<byte>.Empty;

    /// <summary>Ends the session.</summary>
    public void Dispose()
    {
        _streams.Remove(this);
        _frames.Writer.TryComplete();
    }

    internal void Enqueue(string frame)
    {
        if (!_frames.Writer.TryWrite(Encoding.UTF8.GetBytes(frame))) _frames.Writer.TryComplete();
    }
}
