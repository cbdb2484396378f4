using Granary.Venues.Ports;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Binance;

/// <summary>
/// Keeps the user stream up until cancelled: creates the listen key, connects, prolongs the key, hands events over one by one, and starts over with a
/// new key after whatever ends the connection. Runs wholly on the scheduler that started it.
/// </summary>
internal sealed class UserStream(
    BinanceUsdmOptions options, ListenKeys listenKeys, IStreamTransport transport, IUserStreamHandler handler, TimeProvider time,
    BinanceUsdmCounters counters, ILogger logger, int seed)
{
    /// <summary>Frames read without a real wait before others get their turn.</summary>
    private const int FramesPerTurn = 64;

    // A key lives 60 minutes after it was created or prolonged.
    private static readonly TimeSpan _keyAgeMax = TimeSpan.FromMinutes(55);
    private static readonly TimeSpan _keyRetryInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _gapReportInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _healthyAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _renewalRetryInterval = TimeSpan.FromMinutes(1);
    private readonly Backoff _backoff = new(options.ReconnectDelayMin, options.ReconnectDelayMax, seed);
    private volatile string _fault = "";
    private string _key = "";
    private bool _isInHandler;
    private bool _isReported;
    private bool _isReportedDown;
    private long _connectedTimestamp;
    private long _gapTimestamp;
    private bool _hasGap;
    // Connected, and unread since: the connection that takes over.
    private IStreamConnection? _next;
    private long _nextTimestamp;
    private readonly RepeatedFrames _repeats = new();
    private readonly UserFrameDecoder _decoder = new(counters.Unknown);
    private readonly UserFrame _frame = new();

    /// <summary>Runs until cancelled; then returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _fault = "";
            if (_next is null) _isReported = false;
            _hasGap = false;
            _isInHandler = false;
            string detail;
            try
            {
                detail = await ServeAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                detail = Describe(e);
            }
            catch (Exception)
            {
                detail = "stopped";
            }
            // An event that the handler failed on is lost to it, so that it must start over.
            if (_next is not null && !_isInHandler && !cancellationToken.IsCancellationRequested) continue;
            await DropNextAsync();
            var isHealthy = _isReported && time.GetElapsedTime(_connectedTimestamp) >= _healthyAge;
            // Once an outage, also when there never was a connection: the receiver learns why nothing comes.
            if (_isReported || !_isReportedDown) await ReportLossAsync(detail);
            _isReportedDown = true;
            if (cancellationToken.IsCancellationRequested) break;
            counters.CountReconnect();
            if (isHealthy) _backoff.Reset();
            var delay = _backoff.Next();
            logger.LogWarning("{Venue} user stream: {Detail}; reconnecting in {DelayMs} ms", options.Name, detail, (long)delay.TotalMilliseconds);
            try
            {
                await Task.Delay(delay, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    private async ValueTask DropNextAsync()
    {
        try
        {
            if (_next is not null) await _next.DisposeAsync();
        }
        catch (Exception e)
        {
            // It is going away either way; the next one must not wait for it.
            logger.LogWarning("{Venue} user stream: the connection could not be closed: {Detail}", options.Name, Describe(e));
        }
        _next = null;
    }

    private async Task<string> ServeAsync(CancellationToken cancellationToken)
    {
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Ends the reading alone: at a handover the handler finishes the event that it has in hand.
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(scope.Token);
        var inherited = _next;
        _next = null;
        if (inherited is null) _key = await listenKeys.CreateAsync(cancellationToken);
        await using (var connection = inherited ?? await ConnectAsync(cancellationToken))
        {
            _connectedTimestamp = inherited is null ? time.GetTimestamp() : _nextTimestamp;
            var keepAlive = KeepAliveAsync(_key, scope, reading);
            try
            {
                if (inherited is not null)
                {
                    _repeats.TakeOver();
                    counters.CountRenewal();
                    logger.LogInformation("{Venue} user stream: renewed without an interruption", options.Name);
                    return await ReadAsync(connection, reading.Token, scope.Token);
                }
                _repeats.Clear();
                // From here on a loss is reported, even one in the middle of this call.
                _isReported = true;
                _isReportedDown = false;
                _isInHandler = true;
                await handler.OnConnectionAsync(true, "user stream connected", scope.Token);
                _isInHandler = false;
                return await ReadAsync(connection, reading.Token, scope.Token);
            }
            finally
            {
                scope.Cancel();
                await keepAlive;
            }
        }
    }

    private async Task<IStreamConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RequestTimeout, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await transport.ConnectAsync($"/private/stream?listenKey={Uri.EscapeDataString(_key)}", attempt.Token);
    }

    /// <summary>
    /// Opens the next connection with the same key while this one goes on, and leaves both open for a while: what this one delivers from now on is left out of
    /// the next. Should the venue refuse, this one goes on for as long as it is served.
    /// </summary>
    private async Task<bool> TryRenewAsync(CancellationTokenSource scope, CancellationTokenSource reading)
    {
        IStreamConnection? next = null;
        try
        {
            _repeats.Begin();
            _nextTimestamp = time.GetTimestamp();
            next = await ConnectAsync(scope.Token);
            await Task.Delay(options.RenewalOverlap, time, scope.Token);
            if (_fault.Length > 0) return true;
            (_next, next) = (next, null);
            reading.Cancel();
            return true;
        }
        catch (Exception e) when (!scope.IsCancellationRequested)
        {
            _repeats.Clear();
            logger.LogWarning("{Venue} user stream: not renewed, tried again in a minute: {Detail}", options.Name, Describe(e));
            return false;
        }
        finally
        {
            if (next is not null) await next.DisposeAsync();
        }
    }

    private async Task<string> ReadAsync(IStreamConnection connection, CancellationToken readingToken, CancellationToken cancellationToken)
    {
        var framesInTurn = 0;
        while (true)
        {
            var receive = connection.ReceiveAsync(readingToken);
            framesInTurn = receive.IsCompleted ? framesInTurn + 1 : 0;
            var bytes = await receive;
            if (_fault.Length > 0) return _fault;
            if (bytes.IsEmpty) return "closed by the venue";
            if (_repeats.IsRepeat(bytes.Span))
            {
                counters.CountRepeat();
                continue;
            }
            var frame = _frame;
            _decoder.Decode(bytes.Span, frame);
            _isInHandler = true;
            switch (frame.Kind)
            {
                case UserFrameKind.Order:
                    if (frame.UnknownStatus.Length > 0 && counters.CountUnhandled($"order status {frame.UnknownStatus}"))
                        logger.LogWarning("{Venue} user stream: order status {Status} is not known and counts as unknown", options.Name, frame.UnknownStatus);
                    await handler.OnOrderAsync(frame.ToOrder(), cancellationToken);
                    break;
                case UserFrameKind.Account:
                    if (frame.HedgeLegs > 0 && counters.CountUnhandled("hedge-mode position"))
                        logger.LogError("{Venue} user stream: the account is in hedge mode, which is not supported; switch it to one-way mode", options.Name);
                    await handler.OnAccountAsync(frame.Reason, frame.ToBalances(), frame.ToPositions(), frame.TimeMs, cancellationToken);
                    break;
                case UserFrameKind.Trigger:
                    if (frame.UnknownStatus.Length > 0 && counters.CountUnhandled($"trigger order status {frame.UnknownStatus}"))
                        logger.LogWarning("{Venue} user stream: trigger order status {Status} is not known", options.Name, frame.UnknownStatus);
                    await handler.OnTriggerAsync(frame.ToTrigger(), cancellationToken);
                    break;
                case UserFrameKind.ListenKeyExpired:
                    return "the listen key expired";
                case UserFrameKind.Unhandled:
                    if (counters.CountUnhandled(frame.Name) && frame.Name is not "TRADE_LITE")
                        logger.LogWarning("{Venue} user stream: event {Name} is not handled; further ones are only counted", options.Name, frame.Name);
                    break;
                default:
                    counters.CountUserReject();
                    await ReportGapAsync(frame.Name, cancellationToken);
                    break;
            }
            _isInHandler = false;
            if (framesInTurn < FramesPerTurn) continue;
            framesInTurn = 0;
            await Task.Yield();
        }
    }

    /// <summary>
    /// A frame that cannot be read may have been a fill. The connection is sound, so it stays, but the receiver is told to reconcile as after a reconnection;
    /// at most every 30 s, so that a venue that sends such frames all day does not keep the account recovering all day.
    /// </summary>
    private async ValueTask ReportGapAsync(string reason, CancellationToken cancellationToken)
    {
        logger.LogWarning("{Venue} user stream: a frame could not be read: {Reason}", options.Name, reason);
        if (_hasGap && time.GetElapsedTime(_gapTimestamp) < _gapReportInterval) return;
        _hasGap = true;
        _gapTimestamp = time.GetTimestamp();
        await handler.OnConnectionAsync(false, $"a frame could not be read: {reason}", cancellationToken);
        await handler.OnConnectionAsync(true, "user stream still connected after a frame that could not be read", cancellationToken);
    }

    /// <summary>Prolongs the key, and gives the connection up when that fails for good or when the connection is due for renewal.</summary>
    private async Task KeepAliveAsync(string key, CancellationTokenSource scope, CancellationTokenSource reading)
    {
        try
        {
            var prolonged = time.GetTimestamp();
            var wait = options.ListenKeyInterval;
            while (true)
            {
                var left = options.ConnectionAgeMax - time.GetElapsedTime(_connectedTimestamp);
                if (left <= TimeSpan.Zero)
                {
                    if (await TryRenewAsync(scope, reading)) return;
                    left = _renewalRetryInterval;
                }
                var pause = wait < left ? wait : left;
                await Task.Delay(pause, time, scope.Token);
                if (pause < wait) continue;
                try
                {
                    await listenKeys.ProlongAsync(key, scope.Token);
                    prolonged = time.GetTimestamp();
                    wait = options.ListenKeyInterval;
                }
                catch (VenueException e) when (BinanceErrors.Classify(e.HttpStatus, e.Code) == BinanceErrorKind.ListenKeyGone)
                {
                    GiveUp(scope, "the listen key is gone");
                    return;
                }
                catch (VenueException e)
                {
                    if (time.GetElapsedTime(prolonged) + _keyRetryInterval >= _keyAgeMax)
                    {
                        GiveUp(scope, $"the listen key could not be prolonged in time: {e.Message}");
                        return;
                    }
                    logger.LogWarning("{Venue} user stream: the listen key was not prolonged: {Message}", options.Name, e.Message);
                    wait = _keyRetryInterval;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            GiveUp(scope, $"keeping the listen key alive failed: {e.GetType().Name}");
        }
    }

    private void GiveUp(CancellationTokenSource scope, string fault)
    {
        if (_fault.Length == 0) _fault = fault;
        scope.Cancel();
    }

    private async ValueTask ReportLossAsync(string detail)
    {
        try
        {
            // Not with the token: the loss is reported on the way out as well.
            await handler.OnConnectionAsync(false, detail, CancellationToken.None);
        }
        catch (Exception e)
        {
            counters.CountHandlerFault();
            logger.LogError(e, "{Venue} user stream: the handler failed on the loss of the connection", options.Name);
        }
    }

    private string Describe(Exception e)
    {
        if (_fault.Length > 0) return _fault;
        if (_isInHandler)
        {
            // The event is lost to the handler, so it starts over and reconciles.
            counters.CountHandlerFault();
            logger.LogError(e, "{Venue} user stream: the handler failed", options.Name);
            return $"the handler failed: {e.GetType().Name}";
        }
        if (e is OperationCanceledException) return "no connection in time";
        // The address holds the listen key, and a transport may repeat it.
        if (_key.Length == 0) return e.Message;
        return e.Message.Replace(Uri.EscapeDataString(_key), "***", StringComparison.Ordinal).Replace(_key, "***", StringComparison.Ordinal);
    }
}
