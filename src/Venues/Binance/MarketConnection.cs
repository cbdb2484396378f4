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
    private bool _isConnected;
    private bool _isSubscribed;
    private bool _isReportedDown;
    private bool _isWaitingForRoom;
    private string _fault = "";

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
            var room = handler.WaitForRoomAsync(cancellationToken);
            if (!room.IsCompletedSuccessfully)
            {
                // While nothing is read because of our own back-pressure, silence says nothing about the venue.
                _isWaitingForRoom = true;
                await room;
                _isWaitingForRoom = false;
                ForgiveSilence();
            }
            if (framesInTurn < FramesPerTurn) continue;
            framesInTurn = 0;
            await Task.Yield();
        }
    }

    /// <summary>Decodes and hands over one frame.</summary>
    /// <returns>False when the connection must be given up.</returns>
    private bool Handle(ReadOnlySpan<byte> bytes, long received)
    {
        _decoder.Decode(bytes, ref _frame);
        try
        {
            switch (_frame.Kind)
            {
                case MarketFrameKind.AggTrade:
                    _eventTimestamp = received;
                    handler.OnAggTrade(_frame.SymbolIndex, in _frame.Trade, received);
                    break;
                case MarketFrameKind.BookTicker:
                    _eventTimestamp = received;
                    handler.OnBookTicker(_frame.SymbolIndex, in _frame.Ticker, received);
                    break;
                case MarketFrameKind.MarkPrice:
                    _eventTimestamp = _markTimestamps[_frame.SymbolIndex] = received;
                    handler.OnMarkPrice(_frame.SymbolIndex, in _frame.Mark);
                    break;
                case MarketFrameKind.Answer:
                    return HandleAnswer();
                case MarketFrameKind.Unhandled:
                    if (counters.CountUnhandled(_frame.Reason))
                        logger.LogWarning("{Venue} {Connection}: {Reason} is not handled; further ones are only counted", options.Name, shard.Label, _frame.Reason);
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
            counters.CountHandlerFault();
            logger.LogError(e, "{Venue} {Connection}: the handler failed on a {Kind} frame", options.Name, shard.Label, _frame.Kind);
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
                if (_isSubscribed && shard.CarriesTrades && !_isWaitingForRoom) ReportSilentSymbols();
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
        if (!_isConnected) return Within(time.GetElapsedTime(_startedTimestamp), options.RequestTimeout, "no connection");
        var age = Within(time.GetElapsedTime(_connectedTimestamp), options.ConnectionAgeMax, "renewed at the age");
        if (age.Fault.Length > 0 || _isWaitingForRoom) return age;
        return _isSubscribed
            ? Within(time.GetElapsedTime(_eventTimestamp), options.SilenceTimeout, "no event although subscribed,")
            : Within(time.GetElapsedTime(_connectedTimestamp), answerPatience, "no answer to SUBSCRIBE");
    }

    private static (string Fault, TimeSpan Left) Within(TimeSpan elapsed, TimeSpan limit, string what) => elapsed >= limit
        ? (string.Create(CultureInfo.InvariantCulture, $"{what} for {limit.TotalSeconds:0.###} s").Replace("age for", "age of", StringComparison.Ordinal), TimeSpan.Zero)
        : ("", limit - elapsed);

    private void ReportSilentSymbols()
    {
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
                counters.CountHandlerFault();
                logger.LogError(e, "{Venue} {Connection}: the handler failed on a silent stream", options.Name, shard.Label);
            }
        }
    }

    private void ForgiveSilence()
    {
        _eventTimestamp = time.GetTimestamp();
        // One that was reported stays so until it really is served again.
        foreach (var index in shard.SymbolIndices)
            if (!_isSilent[index])
                _markTimestamps[index] = _eventTimestamp;
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
            counters.CountHandlerFault();
            logger.LogError(e, "{Venue} {Connection}: the handler failed on a change of the connection", options.Name, shard.Label);
        }
    }
}
