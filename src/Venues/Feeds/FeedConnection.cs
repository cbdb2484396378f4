using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Feeds;

/// <summary>
/// Keeps one connection of a backup feed up until cancelled: connects, subscribes, pings, watches for silence, renews books after gaps, and reconnects.
/// Messages
/// to the venue go out one each 250 ms at most. Runs wholly on the scheduler that started it.
/// </summary>
internal sealed class FeedConnection(
    FeedOptions options, string label, IFeedDialect dialect, IStreamTransport transport, IMarketDataHandler handler, TimeProvider time, FeedCounters counters,
    ILogger logger, int seed)
{
    private const int FramesPerTurn = 256;
    private static readonly TimeSpan _pulse = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _healthyAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _bookPatience = TimeSpan.FromSeconds(10);
    private readonly Backoff _backoff = new(options.ReconnectDelayMin, options.ReconnectDelayMax, seed);
    private readonly ConcurrentQueue<byte[]> _outbox = new();
    // Books that were subscribed anew, and when: not again before the answer had its time.
    private readonly Dictionary<int, long> _renewedBooks = [];
    private int _answersLeft;
    private bool _isReportedDown;
    private long _connectedTimestamp;
    private long _eventTimestamp;
    private long _pingTimestamp;
    private volatile bool _isConnected;
    private volatile bool _isSubscribed;
    private volatile bool _isPongDue;
    private volatile bool _isWaitingForRoom;
    private volatile string _fault = "";

    /// <summary>Runs until cancelled; then returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _fault = "";
            _isConnected = _isSubscribed = _isPongDue = false;
            string detail;
            try
            {
                detail = await ServeAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                detail = _fault.Length > 0 ? _fault : e is OperationCanceledException ? "no connection in time" : e.Message;
            }
            catch (Exception)
            {
                detail = "stopped";
            }
            if (!_isReportedDown) Report(false, $"{label}: {detail}");
            _isReportedDown = true;
            if (cancellationToken.IsCancellationRequested) return;
            counters.CountReconnect();
            if (_isConnected && time.GetElapsedTime(_connectedTimestamp) >= _healthyAge) _backoff.Reset();
            var delay = _backoff.Next();
            logger.LogWarning("{Venue} {Connection}: {Detail}; reconnecting in {DelayMs} ms", options.Name, label, detail, (long)delay.TotalMilliseconds);
            try
            {
                await Task.Delay(delay, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<string> ServeAsync(CancellationToken cancellationToken)
    {
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var connection = await ConnectAsync(cancellationToken);
        dialect.Restart();
        _renewedBooks.Clear();
        _outbox.Clear();
        foreach (var message in dialect.Subscriptions) _outbox.Enqueue(message);
        _answersLeft = dialect.AnswersExpected;
        _connectedTimestamp = _pingTimestamp = time.GetTimestamp();
        Volatile.Write(ref _eventTimestamp, _connectedTimestamp);
        _isConnected = true;
        var pulse = PulseAsync(connection, scope);
        try
        {
            return await ReadAsync(connection, scope.Token);
        }
        finally
        {
            scope.Cancel();
            await pulse;
        }
    }

    private async Task<IStreamConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RequestTimeout, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await transport.ConnectAsync(dialect.Path, attempt.Token);
    }

    private async Task<string> ReadAsync(IStreamConnection connection, CancellationToken cancellationToken)
    {
        var framesInTurn = 0;
        while (true)
        {
            var receive = connection.ReceiveAsync(cancellationToken);
            framesInTurn = receive.IsCompleted ? framesInTurn + 1 : 0;
            var bytes = await receive;
            if (_fault.Length > 0) return _fault;
            if (bytes.IsEmpty) return "closed by the venue";
            if (!Handle(bytes, time.GetTimestamp())) return _fault;
            var room = handler.WaitForRoomAsync(cancellationToken);
            if (!room.IsCompletedSuccessfully) await WaitAsync(room);
            if (framesInTurn < FramesPerTurn) continue;
            framesInTurn = 0;
            await Task.Yield();
        }
    }

    /// <summary>While nothing is read because of our own back-pressure, silence says nothing about the venue.</summary>
    private async ValueTask WaitAsync(ValueTask room)
    {
        _isWaitingForRoom = true;
        try
        {
            await room;
        }
        finally
        {
            Volatile.Write(ref _eventTimestamp, time.GetTimestamp());
            _isWaitingForRoom = false;
        }
    }

    /// <summary>Reads and hands over one frame.</summary>
    /// <returns>False when the connection must be given up.</returns>
    private bool Handle(ReadOnlyMemory<byte> bytes, long received)
    {
        FeedFrame frame;
        try
        {
            frame = dialect.Read(bytes, handler, received);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            Reject(e is JsonException ? "the frame is not valid JSON" : e.Message, bytes);
            return true;
        }
        catch (Exception e)
        {
            // A handler that throws must not cost the connection and with it the other symbols' data.
            CountFault(e, "frame");
            return true;
        }
        switch (frame.Kind)
        {
            case FeedFrameKind.Event:
                Volatile.Write(ref _eventTimestamp, received);
                break;
            case FeedFrameKind.Pong:
                _isPongDue = false;
                break;
            case FeedFrameKind.Subscribed:
                if (_isSubscribed || --_answersLeft > 0) break;
                _isSubscribed = true;
                _isReportedDown = false;
                Volatile.Write(ref _eventTimestamp, received);
                Report(true, $"{label}: subscribed");
                break;
            case FeedFrameKind.Refused:
                _fault = $"a subscription was refused: {frame.Detail}";
                return false;
            case FeedFrameKind.BookGap:
                Volatile.Write(ref _eventTimestamp, received);
                RenewBook(frame.SymbolIndex);
                break;
            default:
                Reject($"not handled: {frame.Detail}", bytes);
                break;
        }
        return true;
    }

    private void RenewBook(int symbolIndex)
    {
        counters.CountBookGap();
        if (_renewedBooks.TryGetValue(symbolIndex, out var at) && time.GetElapsedTime(at) < _bookPatience) return;
        _renewedBooks[symbolIndex] = time.GetTimestamp();
        logger.LogWarning("{Venue} {Connection}: changes of book {SymbolIndex} are missing; subscribed anew", options.Name, label, symbolIndex);
        foreach (var message in dialect.RenewBook(symbolIndex)) _outbox.Enqueue(message);
    }

    /// <summary>Sends what is to be sent, and gives the connection up when nothing comes.</summary>
    private async Task PulseAsync(IStreamConnection connection, CancellationTokenSource scope)
    {
        try
        {
            while (true)
            {
                if (Judge() is { Length: > 0 } fault)
                {
                    GiveUp(scope, fault);
                    return;
                }
                if (_outbox.TryDequeue(out var message))
                {
                    await connection.SendAsync(message, scope.Token);
                }
                else if (time.GetElapsedTime(_pingTimestamp) >= dialect.PingInterval)
                {
                    _pingTimestamp = time.GetTimestamp();
                    _isPongDue = true;
                    await connection.SendAsync(dialect.Ping, scope.Token);
                }
                await Task.Delay(_pulse, time, scope.Token);
            }
        }
        catch (Exception e) when (!scope.IsCancellationRequested)
        {
            GiveUp(scope, $"a message could not be sent: {e.Message}");
        }
        catch (Exception)
        {
            // Given up already, for a reason that somebody else states.
        }
    }

    private string Judge()
    {
        if (_isWaitingForRoom) return "";
        if (_isPongDue && time.GetElapsedTime(_pingTimestamp) >= options.PongTimeout) return $"no pong for {Seconds(options.PongTimeout)} s";
        if (_isSubscribed)
            return time.GetElapsedTime(Volatile.Read(ref _eventTimestamp)) >= options.SilenceTimeout ? $"no event although subscribed, for {Seconds(options.SilenceTimeout)} s" : "";
        var patience = options.RequestTimeout + (dialect.Subscriptions.Count * _pulse);
        return time.GetElapsedTime(_connectedTimestamp) >= patience ? $"no answer to the subscriptions for {Seconds(patience)} s" : "";
    }

    private void Reject(string reason, ReadOnlyMemory<byte> bytes)
    {
        counters.CountReject();
        try
        {
            handler.OnReject(reason, bytes.Span);
        }
        catch (Exception e)
        {
            CountFault(e, "reject");
        }
    }

    private void Report(bool isConnected, string detail)
    {
        try
        {
            // Trades and quotes come on the same connection.
            handler.OnConnection(isConnected, detail);
            handler.OnQuoteConnection(isConnected, detail);
        }
        catch (Exception e)
        {
            CountFault(e, "change of the connection");
        }
    }

    private void CountFault(Exception e, string occasion)
    {
        counters.CountHandlerFault();
        logger.LogError(e, "{Venue} {Connection}: the handler failed on a {Occasion}", options.Name, label, occasion);
    }

    private void GiveUp(CancellationTokenSource scope, string fault)
    {
        if (_fault.Length == 0) _fault = fault;
        scope.Cancel();
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
