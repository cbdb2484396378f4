using System.Net.WebSockets;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Hosting;

/// <summary>
/// Moves messages between a WebSocket and its session until either ends. A receive is always pending, so that pings of the client are answered and its
/// pongs seen. A frame that does not leave in time cuts the socket.
/// </summary>
internal sealed class StreamSocket(WebSocket socket, StreamSession session, int messageBytesMax, TimeSpan sendTimeout, TimeProvider time)
{
    private static readonly TimeSpan ClosingTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Timestamp at which the running send began; 0 when none runs.</summary>
    private long _sendBegan;

    public async Task RunAsync(CancellationToken aborted)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        // A timer per socket rather than one per frame: a frame costs nothing extra, and a cut comes at most half a timeout late.
        await using var watchdog = time.CreateTimer(_ => CutIfStuck(), null, sendTimeout / 2, sendTimeout / 2);
        var receiving = ReceiveAllAsync(aborted);
        var sending = SendAllAsync(ends.Token);
        await Task.WhenAny(receiving, sending);
        ends.Cancel();
        await sending;
        await CloseAsync(receiving);
    }

    private async Task ReceiveAllAsync(CancellationToken aborted)
    {
        var buffer = new byte[4096];
        var length = 0;
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), aborted);
                if (result.MessageType == WebSocketMessageType.Close) return;
                length += result.Count;
                if (result.EndOfMessage)
                {
                    session.Receive(buffer.AsMemory(0, length));
                    length = 0;
                }
                else if (length == buffer.Length)
                {
                    // One byte over the bound is enough: the session refuses the message and closes itself.
                    if (length > messageBytesMax)
                    {
                        session.Receive(buffer.AsMemory(0, length));
                        return;
                    }
                    Array.Resize(ref buffer, Math.Min(2 * length, messageBytesMax + 1));
                }
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client is gone; the session ends with the socket.
        }
    }

    private async Task SendAllAsync(CancellationToken ends)
    {
        try
        {
            while (true)
            {
                var frame = await session.ReadAsync(ends);
                if (frame.IsEmpty) return;
                Volatile.Write(ref _sendBegan, time.GetTimestamp());
                do
                {
                    await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, ends);
                    Volatile.Write(ref _sendBegan, time.GetTimestamp());
                }
                while (session.TryRead(out frame));
                Volatile.Write(ref _sendBegan, 0);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone, or was cut; the session ends with the socket.
        }
    }

    private void CutIfStuck()
    {
        var began = Volatile.Read(ref _sendBegan);
        if (began != 0 && time.GetElapsedTime(began) > sendTimeout) socket.Abort();
    }

    private async Task CloseAsync(Task receiving)
    {
        using var closing = new CancellationTokenSource(ClosingTimeout, time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                var status = session switch
                {
                    { CloseReason: null } => WebSocketCloseStatus.NormalClosure,
                    { WasCut: true } => WebSocketCloseStatus.PolicyViolation,
                    _ => WebSocketCloseStatus.EndpointUnavailable,
                };
                await socket.CloseOutputAsync(status, session.CloseReason, closing.Token);
            }
            await receiving.WaitAsync(closing.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A client that does not answer the closing handshake is cut.
        }
        if (receiving.IsCompleted) return;
        socket.Abort();
        await receiving;
    }
}
