using Granary.Venues.Transport;

namespace Granary.Venues.Binance;

/// <summary>
/// Opens the connection that will take over from an ageing one: connects, subscribes, and reads until every subscription is acknowledged. Events in between
/// are dropped, because the old connection delivers them.
/// </summary>
internal sealed class MarketSuccessor(
    BinanceUsdmOptions options, StreamShard shard, IReadOnlyList<string> symbols, IStreamTransport transport, TimeProvider time)
{
    /// <summary>A connection with every stream of the shard subscribed, on which nothing more was read than the last acknowledgement.</summary>
    /// <exception cref="IOException">It could not be opened, or a subscription was refused or not acknowledged in time.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IStreamConnection> OpenAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RequestTimeout + shard.SubscribeDuration, time);
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        IStreamConnection? connection = null;
        try
        {
            connection = await transport.ConnectAsync(shard.Path, scope.Token);
            var subscribe = shard.SubscribeAsync(connection, time, scope.Token);
            try
            {
                await ReadAnswersAsync(connection, scope.Token);
            }
            finally
            {
                if (!subscribe.IsCompleted) await scope.CancelAsync();
                await subscribe;
            }
            var opened = connection;
            connection = null;
            return opened;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("not connected and subscribed in time");
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
        }
    }

    private async Task ReadAnswersAsync(IStreamConnection connection, CancellationToken cancellationToken)
    {
        var decoder = new MarketFrameDecoder(symbols);
        MarketFrame frame = default;
        for (var left = shard.Subscriptions.Count; left > 0;)
        {
            var bytes = await connection.ReceiveAsync(cancellationToken);
            if (bytes.IsEmpty) throw new IOException("closed by the venue before it was subscribed");
            decoder.Decode(bytes.Span, ref frame);
            if (frame.Kind != MarketFrameKind.Answer) continue;
            if (frame.AnswerError is not null) throw new IOException($"SUBSCRIBE {frame.AnswerId} was refused: {frame.AnswerError}");
            if (frame.AnswerId >= 1 && frame.AnswerId <= shard.Subscriptions.Count) left--;
        }
    }
}
