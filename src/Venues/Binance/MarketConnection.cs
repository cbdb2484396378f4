using System.Globalization;
using Granary.Venues.Ports;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Binance;

/// <summary>
/// Keeps one market connection up until cancelled: connects, subscribes at most four messages a second, reads, watches for silence, and reconnects.
/// Runs wholly on the scheduler that started it.
/// </summary>
internal sealed class MarketConnection(
    BinanceUsdmOptions options, StreamShard shard, IReadOnlyList<string> symbols, IStreamTransport transport, IMarketDataHandler handler,
    TimeProvider time, BinanceUsdmCounters counters, ILogger logger, int seed)
{
    /// <summary>Frames read without a real wait before others get their turn.</summary>
    private const int FramesPerTurn = 256;

    private static readonly TimeSpan _controlInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _watchIntervalMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _watchIntervalMin = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _healthyAge = TimeSpan.FromSeconds(30);
    private readonly MarketFrameDecoder _decoder = new(symbols);
    private readonly Backoff _backoff = new(options.ReconnectDelayMin, options.ReconnectDelayMax, seed);

    // Last mark price by symbol, for connections that carry trades: they come each second, so a symbol without them is not being served.
    private readonly long[] _markTimestamps = new long[symbols.Count];
    private readonly bool[] _isSilent = new bool[symbols.Count];
    private MarketFrame _frame;
    private long _startedTimestamp;
    private long _connectedTimestamp;
    private long _eventTimestamp;
    private int _answersLeft;
    private bool _isReportedDown;

    // Written by one of reader, subscriber and watch, and read by another; without a scheduler they run on several threads.
    private volatile bool _isConnected;
    private volatile bool _isSubscribed;
    private volatile bool _isWaitingForRoom;
    private volatile bool _isSymbolCheckDue;
    private volatile string _fault = "";

    /// <summary>Runs until cancelled; then returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _startedTimestamp = time.GetTimestamp();
            _isConnected = _isSubscribed = false;
            _fault = "";
            string detail;
            try
            {
                detail = await ServeAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // A transport's own text may repeat the address; the path of a market connection is no secret.
                detail = _fault.Length > 0 ? _fault : e is OperationCanceledException ? "cancelled by the transport" : e.Message;
            }
            catch (Exception)
            {
                detail = "stopped";
            }
            // Once an outage, also when there never was a connection: the receiver learns why nothing comes.
            if (!_isReportedDown) Report(false, detail);
            _isReportedDown = true;
            if (cancellationToken.IsCancellationRequested) return;
            counters.CountReconnect();
            if (_isConnected && time.GetElapsedTime(_connectedTimestamp) >= _healthyAge) _backoff.Reset();
            var delay = _backoff.Next();
            logger.LogWarning("{Venue} {Connection}: {Detail}; reconnecting in {DelayMs} ms", options.Name, shard.Label, detail, (long)delay.TotalMilliseconds);
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
        var watch = WatchAsync(scope);
        var subscribe = Task.CompletedTask;
        try
        {
            await using var connection = await transport.ConnectAsync(shard.Path, scope.Token);
            _connectedTimestamp = _eventTimestamp = time.GetTimestamp();
            _answersLeft = shard.Subscriptions.Count;
            _isConnected = true;
            subscribe = SubscribeAsync(connection, scope);
            try
            {
                return await ReadAsync(connection, scope.Token);
            }
            finally
            {
                // The writer must have ended before the connection goes away.
                scope.Cancel();
                await subscribe;
            }
        }
        finally
        {
            scope.Cancel();
            await watch;
        }
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
            var received = time.GetTimestamp();
            if (!Handle(bytes.Span, received)) return _fault;
            await RoomAsync(cancellationToken);
            if (framesInTurn < FramesPerTurn) continue;
            framesInTurn = 0;
            await Task.Yield();
        }
    }

    private ValueTask RoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            var room = handler.WaitForRoomAsync(cancellationToken);
            return room.IsCompletedSuccessfully ? default : WaitAsync(room, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            CountFault(e, "wait for room");
            return default;
        }
    }

    /// <summary>While nothing is read because of our own back-pressure, silence says nothing about the venue.</summary>
    private async ValueTask WaitAsync(ValueTask room, CancellationToken cancellationToken)
    {
        _isWaitingForRoom = true;
        try
        {
            await room;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            CountFault(e, "wait for room");
        }
        finally
        {
            ForgiveSilence();
            _isWaitingForRoom = false;
        }
    }

    /// <summary>Decodes and hands over one frame.</summary>
    /// <returns>False when the connection must be given up.</returns>
    private bool Handle(ReadOnlySpan<byte> bytes, long received)
    {
        _decoder.Decode(bytes, ref _frame);
        if (_isSymbolCheckDue && _isSubscribed) ReportSilentSymbols();
        try
        {
            switch (_frame.Kind)
            {
                case MarketFrameKind.AggTrade:
                    Volatile.Write(ref _eventTimestamp, received);
                    handler.OnAggTrade(_frame.SymbolIndex, in _frame.Trade, received);
                    break;
                case MarketFrameKind.BookTicker:
                    Volatile.Write(ref _eventTimestamp, received);
                    handler.OnBookTicker(_frame.SymbolIndex, in _frame.Ticker, received);
                    break;
                case MarketFrameKind.Depth:
                    Volatile.Write(ref _eventTimestamp, received);
                    handler.OnDepth(_frame.SymbolIndex, _frame.Depth.Diff, received);
                    break;
                case MarketFrameKind.MarkPrice:
                    _markTimestamps[_frame.SymbolIndex] = received;
                    Volatile.Write(ref _eventTimestamp, received);
                    handler.OnMarkPrice(_frame.SymbolIndex, in _frame.Mark);
                    break;
                case MarketFrameKind.Answer:
                    return HandleAnswer();
                case MarketFrameKind.Trade:
                case MarketFrameKind.Unhandled:
                    // Single trades are not subscribed: the aggregates say the same.
                    if (_frame.Kind == MarketFrameKind.Trade) _frame.Reason = "event trade";
                    if (counters.CountUnhandled(_frame.Reason))
                        logger.LogWarning("{Venue} {Connection}: {Reason} is not handled; further ones are counted", options.Name, shard.Label, _frame.Reason);
                    handler.OnReject($"not handled: {_frame.Reason}", bytes);
                    break;
                default:
                    counters.CountMarketReject();
                    handler.OnReject(_frame.Reason, bytes);
                    break;
            }
        }
        catch (Exception e)
        {
            // A handler that throws must not cost the connection and with it the other symbols' data.
            CountFault(e, "frame");
        }
        return true;
    }

    private bool HandleAnswer()
    {
        if (_frame.AnswerError is not null)
        {
            _fault = $"SUBSCRIBE {_frame.AnswerId} was refused: {_frame.AnswerError}";
            return false;
        }
        if (_isSubscribed || _frame.AnswerId < 1 || _frame.AnswerId > shard.Subscriptions.Count || --_answersLeft > 0) return true;
        _isSubscribed = true;
        _isReportedDown = false;
        Array.Clear(_isSilent);
        ForgiveSilence();
        Report(true, string.Create(CultureInfo.InvariantCulture, $"{shard.Label}: {shard.SymbolIndices.Count} symbols subscribed"));
        return true;
    }

    private async Task SubscribeAsync(IStreamConnection connection, CancellationTokenSource scope)
    {
        try
        {
            for (var i = 0; i < shard.Subscriptions.Count; i++)
            {
                if (i > 0) await Task.Delay(_controlInterval, time, scope.Token);
                await connection.SendAsync(shard.Subscriptions[i], scope.Token);
            }
        }
        catch (Exception e) when (!scope.IsCancellationRequested)
        {
            GiveUp(scope, $"SUBSCRIBE could not be sent: {e.Message}");
        }
        catch (Exception)
        {
            // Given up already, for a reason that somebody else states.
        }
    }

    private async Task WatchAsync(CancellationTokenSource scope)
    {
        var answerPatience = options.RequestTimeout + (shard.Subscriptions.Count * _controlInterval);
        try
        {
            while (true)
            {
                var (fault, left) = Judge(answerPatience);
                if (fault.Length > 0)
                {
                    GiveUp(scope, fault);
                    return;
                }
                // The handler is called by the reader alone. Where nothing at all is read, the whole connection is silent and will be given up.
                _isSymbolCheckDue = shard.CarriesTrades;
                await Task.Delay(TimeSpan.FromTicks(Math.Clamp(left.Ticks, _watchIntervalMin.Ticks, _watchIntervalMax.Ticks)), time, scope.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>What is wrong with the connection, or how long nothing can go wrong.</summary>
    private (string Fault, TimeSpan Left) Judge(TimeSpan answerPatience)
    {
        if (!_isConnected) return Within(time.GetElapsedTime(_startedTimestamp), options.RequestTimeout, "no connection for");
        var age = Within(time.GetElapsedTime(_connectedTimestamp), options.ConnectionAgeMax, "renewed at the age of");
        if (age.Fault.Length > 0 || _isWaitingForRoom) return age;
        return _isSubscribed
            ? Within(time.GetElapsedTime(Volatile.Read(ref _eventTimestamp)), options.SilenceTimeout, "no event although subscribed, for")
            : Within(time.GetElapsedTime(_connectedTimestamp), answerPatience, "no answer to SUBSCRIBE for");
    }

    private static (string Fault, TimeSpan Left) Within(TimeSpan elapsed, TimeSpan limit, string what) => elapsed >= limit
        ? (string.Create(CultureInfo.InvariantCulture, $"{what} {limit.TotalSeconds:0.###} s"), TimeSpan.Zero)
        : ("", limit - elapsed);

    private void ReportSilentSymbols()
    {
        _isSymbolCheckDue = false;
        foreach (var index in shard.SymbolIndices)
        {
            var isSilent = time.GetElapsedTime(_markTimestamps[index]) >= options.SilenceTimeout;
            if (isSilent == _isSilent[index]) continue;
            _isSilent[index] = isSilent;
            if (!isSilent)
            {
                logger.LogInformation("{Venue} {Connection}: {Symbol} is served again", options.Name, shard.Label, symbols[index]);
                continue;
            }
            logger.LogWarning("{Venue} {Connection}: {Symbol} is subscribed but not served", options.Name, shard.Label, symbols[index]);
            try
            {
                handler.OnReject($"silent stream: no mark price of {symbols[index]} for {options.SilenceTimeout.TotalSeconds:0.###} s although subscribed", []);
            }
            catch (Exception e)
            {
                CountFault(e, "silent stream");
            }
        }
    }

    private void ForgiveSilence()
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _eventTimestamp, now);
        // One that was reported stays so until it really is served again.
        foreach (var index in shard.SymbolIndices)
            if (!_isSilent[index])
                _markTimestamps[index] = now;
    }

    private void CountFault(Exception e, string occasion)
    {
        counters.CountHandlerFault();
        logger.LogError(e, "{Venue} {Connection}: the handler failed on a {Occasion}", options.Name, shard.Label, occasion);
    }

    private void GiveUp(CancellationTokenSource scope, string fault)
    {
        if (_fault.Length == 0) _fault = fault;
        scope.Cancel();
    }

    private void Report(bool isConnected, string detail)
    {
        try
        {
            if (shard.CarriesTrades) handler.OnConnection(isConnected, detail);
            else handler.OnQuoteConnection(isConnected, detail);
        }
        catch (Exception e)
        {
            CountFault(e, "change of the connection");
        }
    }
}
