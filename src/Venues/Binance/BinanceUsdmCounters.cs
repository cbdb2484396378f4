namespace Granary.Venues.Binance;

/// <summary>What a client counted since it was made. Members may be read at any time from any thread.</summary>
public sealed class BinanceUsdmCounters
{
    private const int NamesMax = 64;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _unhandledEvents = new(StringComparer.Ordinal);
    private long _requests;
    private long _queryRetries;
    private long _clockResyncs;
    private long _reconnects;
    private long _renewals;
    private long _repeats;
    private long _silentStreams;
    private long _marketRejects;
    private long _userRejects;
    private long _handlerFaults;

    /// <summary>REST requests handed to the transport.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Queries that were repeated after a transient failure.</summary>
    public long QueryRetries => Interlocked.Read(ref _queryRetries);

    /// <summary>Clock measurements forced by -1021.</summary>
    public long ClockResyncs => Interlocked.Read(ref _clockResyncs);

    /// <summary>Stream connections that were given up or lost.</summary>
    public long Reconnects => Interlocked.Read(ref _reconnects);

    /// <summary>Connections that were renewed without an interruption.</summary>
    public long Renewals => Interlocked.Read(ref _renewals);

    /// <summary>Events that a renewed connection repeated and that were left out.</summary>
    public long Repeats => Interlocked.Read(ref _repeats);

    /// <summary>Streams that were subscribed but not served, or fell silent, each time that was noticed.</summary>
    public long SilentStreams => Interlocked.Read(ref _silentStreams);

    /// <summary>Market frames that could not be understood.</summary>
    public long MarketRejects => Interlocked.Read(ref _marketRejects);

    /// <summary>User stream frames that could not be understood.</summary>
    public long UserRejects => Interlocked.Read(ref _userRejects);

    /// <summary>Exceptions that a handler threw into a read loop.</summary>
    public long HandlerFaults => Interlocked.Read(ref _handlerFaults);

    /// <summary>
    /// Events that the client knows but does not use (TRADE_LITE) or does not know, by name, sorted; at most 64 names, further ones under "(other)".
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, long>> UnhandledEvents
    {
        get
        {
            lock (_gate) return [.. _unhandledEvents];
        }
    }

    /// <summary>
    /// Fields of events ("ORDER_TRADE_UPDATE.o.xy") and of REST answers ("/fapi/v1/order.xy"), and values ("ORDER_TRADE_UPDATE.o.X=WORD") that the client
    /// does not know and read past, by name, sorted; at most 64 names, further ones under "(other)". The venue has added something: look whether it matters.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, long>> UnknownFields => Unknown.ToList();

    /// <summary>How often a field or value that the client does not know was seen.</summary>
    public long UnknownFieldsSeen => Unknown.Total;

    internal UnknownNames Unknown { get; } = new();

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountQueryRetry() => Interlocked.Increment(ref _queryRetries);

    internal void CountClockResync() => Interlocked.Increment(ref _clockResyncs);

    internal void CountReconnect() => Interlocked.Increment(ref _reconnects);

    internal void CountRenewal() => Interlocked.Increment(ref _renewals);

    internal void CountRepeat() => Interlocked.Increment(ref _repeats);

    internal void CountSilentStream() => Interlocked.Increment(ref _silentStreams);

    internal void CountMarketReject() => Interlocked.Increment(ref _marketRejects);

    internal void CountUserReject() => Interlocked.Increment(ref _userRejects);

    internal void CountHandlerFault() => Interlocked.Increment(ref _handlerFaults);

    /// <summary>Counts an event by name.</summary>
    /// <returns>True the first time, so that the caller logs it once.</returns>
    internal bool CountUnhandled(string name)
    {
        lock (_gate)
        {
            if (_unhandledEvents.TryGetValue(name, out var count))
            {
                _unhandledEvents[name] = count + 1;
                return false;
            }
            if (_unhandledEvents.Count >= NamesMax) name = "(other)";
            _unhandledEvents[name] = _unhandledEvents.GetValueOrDefault(name) + 1;
            return _unhandledEvents[name] == 1;
        }
    }
}
