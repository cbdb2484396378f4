namespace Granary.Venues.Feeds;

/// <summary>What a backup feed counted since it was made. Members may be read at any time from any thread.</summary>
public sealed class FeedCounters
{
    private long _reconnects;
    private long _bookGaps;
    private long _rejects;
    private long _handlerFaults;

    /// <summary>Connections that were given up or lost.</summary>
    public long Reconnects => Interlocked.Read(ref _reconnects);

    /// <summary>Gaps in books, each followed by a new subscription.</summary>
    public long BookGaps => Interlocked.Read(ref _bookGaps);

    /// <summary>Frames that could not be understood, or that are of no known kind.</summary>
    public long Rejects => Interlocked.Read(ref _rejects);

    /// <summary>Exceptions that a handler threw into a read loop.</summary>
    public long HandlerFaults => Interlocked.Read(ref _handlerFaults);

    internal void CountReconnect() => Interlocked.Increment(ref _reconnects);

    internal void CountBookGap() => Interlocked.Increment(ref _bookGaps);

    internal void CountReject() => Interlocked.Increment(ref _rejects);

    internal void CountHandlerFault() => Interlocked.Increment(ref _handlerFaults);
}
