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
    private readonly WebSocket _socket = socket;
    private CancellationToken _watched;
    private CancellationTokenRegistration _registration;
    private byte[] _buffer = new byte[BufferLengthMin];

    /// <inheritdoc />
    public ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Watch(cancellationToken);
        // Most messages lie whole in the socket's own buffer: for them no state machine is run.
        ValueTask<ValueWebSocketReceiveResult> receive;
        try
        {
            receive = _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException)
        {
            return ValueTask.FromException<ReadOnlyMemory<byte>>(Broken(e, cancellationToken));
        }
        if (!receive.IsCompletedSuccessfully) return FinishAsync(receive, cancellationToken);
        var result = receive.Result;
        return result.EndOfMessage && result.Count > 0 && result.MessageType != WebSocketMessageType.Close
            ? new ValueTask<ReadOnlyMemory<byte>>(_buffer.AsMemory(0, result.Count))
            : FinishAsync(new ValueTask<ValueWebSocketReceiveResult>(result), cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>> FinishAsync(ValueTask<ValueWebSocketReceiveResult> receive, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult result;
            try
            {
                result = await receive;
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException)
            {
                throw Broken(e, cancellationToken);
            }
            if (result.MessageType == WebSocketMessageType.Close) return default;
            length += result.Count;
            // A whole but empty message would read like the end.
            if (result.EndOfMessage && length > 0) return _buffer.AsMemory(0, length);
            if (length == _buffer.Length)
            {
                if (length >= MessageLengthMax) throw new IOException($"a message is longer than {MessageLengthMax} bytes");
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MessageLengthMax));
            }
            try
            {
                receive = _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException)
            {
                throw Broken(e, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Cancelling a receive aborts the socket either way; told of the token once instead of with every message, it need not register and unregister for each.
    /// </summary>
    private void Watch(CancellationToken cancellationToken)
    {
        if (cancellationToken == _watched) return;
        _registration.Dispose();
        _watched = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static connection => ((WebSocketStreamConnection)connection!)._socket.Abort(), this);
    }

    private static Exception Broken(Exception e, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new OperationCanceledException(cancellationToken)
        : new IOException($"the connection broke: {e.Message}");

    /// <inheritdoc />
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, cancellationToken);
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
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var limit = new CancellationTokenSource(_closeTimeout, TimeProvider.System);
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // It is going away either way.
        }
        finally
        {
            await _registration.DisposeAsync();
            _socket.Dispose();
        }
    }
}
