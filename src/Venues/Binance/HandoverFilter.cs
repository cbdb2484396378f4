namespace Granary.Venues.Binance;

/// <summary>
/// Tells the events that the previous connection has delivered already. Per symbol and stream, ids (of mark prices: times) only rise, so the last one delivered
/// is all there is to remember. Only after a handover is anything filtered: after an outage a venue may have started over with lower ids.
/// </summary>
internal sealed class HandoverFilter(int symbolCount)
{
    private const int Streams = 4;
    private readonly long[] _last = New(symbolCount);
    private readonly long[] _delivered = New(symbolCount);

    /// <summary>A connection begins that takes over from one that was still delivering.</summary>
    public void Begin() => _last.CopyTo(_delivered, 0);

    /// <summary>A connection begins after an outage.</summary>
    public void Clear()
    {
        Array.Fill(_last, -1);
        Array.Fill(_delivered, -1);
    }

    /// <summary>Whether the event was delivered before.</summary>
    public bool IsRepeat(in MarketFrame frame)
    {
        var (stream, id) = frame.Kind switch
        {
            MarketFrameKind.AggTrade => (0, frame.Trade.Id),
            MarketFrameKind.BookTicker => (1, frame.Ticker.UpdateId),
            MarketFrameKind.Depth => (2, frame.Depth.FinalUpdateId),
            _ => (3, frame.Mark.TimeMs),
        };
        var slot = (frame.SymbolIndex * Streams) + stream;
        if (id <= _delivered[slot]) return true;
        _last[slot] = id;
        return false;
    }

    private static long[] New(int symbolCount)
    {
        var ids = new long[symbolCount * Streams];
        Array.Fill(ids, -1);
        return ids;
    }
}
