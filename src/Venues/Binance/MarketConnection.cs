using System.Globalization;
using Granary.Engine.Supervision;
using Granary.Venues.Ports;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Binance;

/// <summary>
/// Keeps one market connection up until cancelled: connects, subscribes at most four messages a second, reads, watches for silence, and reconnects. One that
/// has grown old is followed by a new one without an interruption: the new one is opened beside it, and after both have been open for a while the old one is
/// closed and what it delivered is left out of the new one.
/// Runs wholly on the scheduler that started it.
/// </summary>
internal sealed class MarketConnection(
    BinanceUsdmOptions options, StreamShard shard, IReadOnlyList<string> symbols, IStreamTransport transport, IMarketDataHandler handler,
    TimeProvider time, BinanceUsdmCounters counters, ILogger logger, int seed)
{
    /// <summary>Frames read without a real wait before others get their turn.</summary>
    private const int FramesPerTurn = 256;

    private static readonly TimeSpan _watchIntervalMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _watchIntervalMin = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _healthyAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _renewalRetryInterval = TimeSpan.FromMinutes(1);
    private readonly MarketFrameDecoder _decoder = new(symbols) { Unknown = counters.Unknown };
    private readonly Backoff _backoff = new(options.ReconnectDelayMin, options.ReconnectDelayMax, seed);

    private readonly StreamWatch _streams = new(shard, symbols.Count, options, time);
    private readonly HandoverFilter _filter = new(symbols.Count);
    private readonly MarketSuccessor _successor = new(options, shard, symbols, transport, time);
    private readonly SortedSet<(string Symbol, int Place)> _resubscriptions = [];
    // Subscribed, and unread since: the connection that takes over.
    private IStreamConnection? _next;
    private MarketFrame _frame;
    private long _startedTimestamp;
    private long _connectedTimestamp;
    private long _nextTimestamp;
    private long _eventTimestamp;
    private int _answersLeft;
    private bool _isReportedDown;

    // Written by one of reader, subscriber and watch, and read by another; without a scheduler they run on several threads.
    private volatile bool _isConnected;
    private volatile bool _isSubscribed;
    private volatile bool _isWaitingForRoom;
    private volatile bool _isSymbolCheckDue;
    private volatile string _fault = "";

    /// <summary>Has one stream subscribed anew while the connection is up; what was asked for before and not done yet is done once.</summary>
    /// <returns>Whether this connection carries the stream and is up.</returns>
    public bool Resubscribe(string symbol, MarketStream stream)
    {
        var place = shard.Streams.ToList().IndexOf(KindOf(stream));
        if (place < 0 || !_isSubscribed || !shard.SymbolIndices.Any(i => symbols[i] == symbol)) return false;
        lock (_resubscriptions) _resubscriptions.Add((symbol, place));
        return true;
    }

    private static MarketFrameKind KindOf(MarketStream stream) => stream switch
    {
        MarketStream.Trades => MarketFrameKind.AggTrade,
        MarketStream.Quotes => MarketFrameKind.BookTicker,
        MarketStream.Book => MarketFrameKind.Depth,
        _ => MarketFrameKind.MarkPrice,
    };

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
            if (_next is not null && !cancellationToken.IsCancellationRequested) continue;
            // Once an outage, also when there never was a connection: the receiver learns why nothing comes.
            if (!_isReportedDown) Report(false, detail);
            _isReportedDown = true;
            if (cancellationToken.IsCancellationRequested) break;
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
                break;
            }
        }
        if (_next is not null) await _next.DisposeAsync();
    }

    private async Task<string> ServeAsync(CancellationToken cancellationToken)
    {
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inherited = _next;
        _next = null;
        if (inherited is not null) TakeOver();
        var watch = WatchAsync(scope);
        try
        {
            await using var connection = inherited ?? await ConnectAsync(scope.Token);
            // Both end before the connection goes away.
            var subscribe = inherited is null ? SubscribeAsync(connection, scope) : Task.CompletedTask;
            var renew = RenewAsync(scope);
            var resubscribe = ResubscribeAsync(connection, scope);
            try
            {
                return await ReadAsync(connection, scope.Token);
            }
            finally
            {
                scope.Cancel();
                await subscribe;
                await renew;
                await resubscribe;
            }
        }
        finally
        {
            _isSubscribed = false;
            scope.Cancel();
            await watch;
        }
    }

    private async Task<IStreamConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = await transport.ConnectAsync(shard.Path, cancellationToken);
        _connectedTimestamp = _eventTimestamp = time.GetTimestamp();
        _answersLeft = shard.Subscriptions.Count;
        _filter.Clear();
        _isConnected = true;
        return connection;
    }

    private void TakeOver()
    {
        counters.CountRenewal();
        logger.LogInformation("{Venue} {Connection}: renewed without an interruption", options.Name, shard.Label);
        // It was opened before its predecessor ended.
        _connectedTimestamp = _nextTimestamp;
        _filter.Begin();
        ForgiveSilence();
        _isConnected = _isSubscribed = true;
    }

    /// <summary>Opens the next connection when this one has grown old. Should the venue refuse, the old one goes on for as long as it is served.</summary>
    private async Task RenewAsync(CancellationTokenSource scope)
    {
        IStreamConnection? next = null;
        try
        {
            await Task.Delay(options.ConnectionAgeMax - time.GetElapsedTime(_connectedTimestamp), time, scope.Token);
            while (next is null)
            {
                try
                {
                    _nextTimestamp = time.GetTimestamp();
                    next = await _successor.OpenAsync(scope.Token);
                }
                catch (Exception e) when (!scope.IsCancellationRequested)
                {
                    logger.LogWarning("{Venue} {Connection}: not renewed, tried again in a minute: {Detail}", options.Name, shard.Label, e.Message);
                    await Task.Delay(_renewalRetryInterval, time, scope.Token);
                }
            }
            await Task.Delay(options.RenewalOverlap, time, scope.Token);
            if (_fault.Length > 0) return;
            (_next, next) = (next, null);
            scope.Cancel();
        }
        catch (Exception) when (scope.IsCancellationRequested)
        {
            // The connection ended on its own: the next one comes after it like after every outage.
        }
        finally
        {
            if (next is not null) await next.DisposeAsync();
        }
    }

    private async Task<string> ReadAsync(IStreamConnection connection, CancellationToken cancellationToken)
    {
        var framesInTurn = 0;
        while (true)
        {
            var receive = connection.ReceiveAsync(cancellationToken);
            framesInTurn = receive.IsCompleted ? framesInTurn + 1 : 0;
            var bytes = receive.IsCompletedSuccessfully ? receive.Result : await receive;
            if (_fault.Length > 0) return _fault;
            if (bytes.IsEmpty) return "closed by the venue";
            var received = time.GetTimestamp();
            if (!Handle(bytes.Span, received)) return _fault;
            var room = RoomAsync(cancellationToken);
            if (!room.IsCompletedSuccessfully) await room;
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
        if (_isSymbolCheckDue && _isSubscribed) ReportSilentStreams();
        if (_frame.Kind is MarketFrameKind.AggTrade or MarketFrameKind.BookTicker or MarketFrameKind.Depth or MarketFrameKind.MarkPrice)
        {
            Volatile.Write(ref _eventTimestamp, received);
            _streams.Hear(_frame.Kind, _frame.SymbolIndex, received);
            if (_filter.IsRepeat(in _frame))
            {
                counters.CountRepeat();
                return true;
            }
        }
        try
        {
            switch (_frame.Kind)
            {
                case MarketFrameKind.AggTrade:
                    handler.OnAggTrade(_frame.SymbolIndex, in _frame.Trade, received);
                    break;
                case MarketFrameKind.BookTicker:
                    handler.OnBookTicker(_frame.SymbolIndex, in _frame.Ticker, received);
                    break;
                case MarketFrameKind.Depth:
                    handler.OnDepth(_frame.SymbolIndex, _frame.Depth.Diff, received);
                    break;
                case MarketFrameKind.MarkPrice:
                    handler.OnMarkPrice(_frame.SymbolIndex, in _frame.Mark);
                    break;
                case MarketFrameKind.Answer:
                    return HandleAnswer();
                case MarketFrameKind.Trade:
                case MarketFrameKind.Kline:
                case MarketFrameKind.Unhandled:
                    // Neither is subscribed: the aggregates say the same as single trades, and candles are made of them.
                    if (_frame.Kind == MarketFrameKind.Trade) _frame.Reason = "event trade";
                    else if (_frame.Kind == MarketFrameKind.Kline) _frame.Reason = "event kline";
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
        _streams.Restart();
        ForgiveSilence();
        Report(true, string.Create(CultureInfo.InvariantCulture, $"{shard.Label}: {shard.SymbolIndices.Count} symbols subscribed"));
        return true;
    }

    private async Task SubscribeAsync(IStreamConnection connection, CancellationTokenSource scope)
    {
        try
        {
            await shard.SubscribeAsync(connection, time, scope.Token);
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

    /// <summary>Makes subscriptions anew, one after another, behind the first ones.</summary>
    private async Task ResubscribeAsync(IStreamConnection connection, CancellationTokenSource scope)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_watchIntervalMax, time, scope.Token);
                while (TakeResubscription() is var (symbol, place)) await shard.ResubscribeAsync(connection, symbol, place, time, scope.Token);
            }
        }
        catch (Exception e) when (!scope.IsCancellationRequested)
        {
            GiveUp(scope, $"SUBSCRIBE could not be sent: {e.Message}");
        }
        catch (Exception)
        {
            // Given up already, for a reason that somebody else states; the next connection subscribes to everything.
            lock (_resubscriptions) _resubscriptions.Clear();
        }
    }

    private (string Symbol, int Place)? TakeResubscription()
    {
        lock (_resubscriptions)
        {
            if (_resubscriptions.Count == 0) return null;
            var first = _resubscriptions.Min;
            _resubscriptions.Remove(first);
            return first;
        }
    }

    private async Task WatchAsync(CancellationTokenSource scope)
    {
        var answerPatience = options.RequestTimeout + shard.SubscribeDuration;
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
                _isSymbolCheckDue = true;
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
        if (_isWaitingForRoom) return ("", _watchIntervalMax);
        return _isSubscribed
            ? Within(time.GetElapsedTime(Volatile.Read(ref _eventTimestamp)), options.SilenceTimeout, "no event although subscribed, for")
            : Within(time.GetElapsedTime(_connectedTimestamp), answerPatience, "no answer to SUBSCRIBE for");
    }

    private static (string Fault, TimeSpan Left) Within(TimeSpan elapsed, TimeSpan limit, string what) => elapsed >= limit
        ? (string.Create(CultureInfo.InvariantCulture, $"{what} {limit.TotalSeconds:0.###} s"), TimeSpan.Zero)
        : ("", limit - elapsed);

    private void ReportSilentStreams()
    {
        _isSymbolCheckDue = false;
        foreach (var (stream, symbolIndex, isSilent, limit) in _streams.Changes())
        {
            var (name, symbol) = (Name(stream), symbols[symbolIndex]);
            if (!isSilent)
            {
                logger.LogInformation("{Venue} {Connection}: {Symbol} is served again: {Stream}", options.Name, shard.Label, symbol, name);
                continue;
            }
            counters.CountSilentStream();
            logger.LogWarning("{Venue} {Connection}: {Symbol} is subscribed but not served: no {Stream}", options.Name, shard.Label, symbol, name);
            try
            {
                handler.OnReject(string.Create(CultureInfo.InvariantCulture,
                    $"silent stream: no {name} of {symbol} for {limit.TotalSeconds:0.###} s although subscribed"), []);
            }
            catch (Exception e)
            {
                CountFault(e, "silent stream");
            }
        }
    }

    private static string Name(MarketFrameKind stream) => stream switch
    {
        MarketFrameKind.AggTrade => "trade",
        MarketFrameKind.BookTicker => "quote",
        MarketFrameKind.Depth => "change of the book",
        _ => "mark price",
    };

    private void ForgiveSilence()
    {
        Volatile.Write(ref _eventTimestamp, time.GetTimestamp());
        _streams.Forgive();
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
