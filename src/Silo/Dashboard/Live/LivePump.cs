namespace Granary.Silo.Dashboard.Live;

/// <summary>Writes a client's frames to its connection, and gives up on one that takes nothing.</summary>
/// <param name="time">Clock of the limits.</param>
public sealed class LivePump(TimeProvider time)
{
    /// <summary>Longest time that a write may be blocked: 10 s.</summary>
    public static readonly TimeSpan BlockedMax = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which a comment is sent, so that both ends notice a dead connection: 15 s.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    /// <summary>Writes until cancelled or blocked.</summary>
    /// <returns>False when it gave up because a write was blocked for too long.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled: the client went, or the silo stops.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<bool> RunAsync(LiveClient client, Stream connection, CancellationToken cancellationToken)
    {
        // After how long a browser may come again, milliseconds.
        if (!await WriteAsync(connection, "retry: 2000\n\n"u8.ToArray(), cancellationToken)) return false;
        var waiting = client.WaitAsync(cancellationToken);
        while (true)
        {
            try
            {
                await waiting.WaitAsync(SilenceMax, time, cancellationToken);
                waiting = client.WaitAsync(cancellationToken);
            }
            catch (TimeoutException)
            {
                if (!await WriteAsync(connection, ": here\n\n"u8.ToArray(), cancellationToken)) return false;
            }

            foreach (var frame in client.Take())
            {
                if (!await WriteAsync(connection, frame.Bytes, cancellationToken)) return false;
            }
        }
    }

    private async Task<bool> WriteAsync(Stream connection, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(BlockedMax, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await connection.WriteAsync(bytes, both.Token);
            await connection.FlushAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
