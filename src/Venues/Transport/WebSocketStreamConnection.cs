using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Granary.Venues.Transport;

/// <summary>One ClientWebSocket. Messages are read into one buffer, which grows up to 8 MiB and is used again for each of them.</summary>
internal sealed class WebSocketStreamConnection(WebSocket socket) : IStreamConnection
{
    /// <summary>Longest message that is read, in bytes; a longer one breaks the connection.</summary>
    public const int MessageLengthMax = 8 * 1024 * 1024;

    private const int BufferLengthMin = 64 * 1024;
    private static readonly TimeSpan _closeTimeout = TimeSpan.FromSeconds(1);
    private byte[] _buffer = new byte[BufferLengthMin];

    /// <inheritdoc />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult result;
            try
            {
                result = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException)
            {
                throw new IOException($"the connection broke: {e.Message}");
            }
            if (result.MessageType == WebSocketMessageType.Close) return default;
            length += result.Count;
            // A whole but empty message would read like the end.
            if (result.EndOfMessage && length > 0) return _buffer.AsMemory(0, length);
            if (length < _buffer.Length) continue;
            if (length >= MessageLengthMax) throw new IOException($"a message is longer than {MessageLengthMax} bytes");
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MessageLengthMax));
        }
    }

    /// <inheritdoc />
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, true, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException)
        {
            throw new IOException($"the connection broke: {e.Message}");
        }
    }

    /// <summary>Says goodbye if that takes no time, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var limit = new CancellationTokenSource(_closeTimeout, TimeProvider.System);
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // It is going away either way.
        }
        finally
        {
            socket.Dispose();
        }
    }
}
