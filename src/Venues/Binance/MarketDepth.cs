using Granary.Engine.Book;

namespace Granary.Venues.Binance;

/// <summary>A depth event as decoded; its levels lie in the decoder and hold until it decodes the next frame.</summary>
/// <param name="FirstUpdateId">U.</param>
/// <param name="FinalUpdateId">u; not below U.</param>
/// <param name="PreviousFinalUpdateId">pu; -1 where the venue does not send it.</param>
/// <param name="TimeMs">T, milliseconds since the Unix epoch, UTC; E where the venue does not send it.</param>
/// <param name="Bids">Changed bids; prices above 0.</param>
/// <param name="Asks">Changed asks; prices above 0.</param>
public readonly record struct MarketDepth(
    long FirstUpdateId, long FinalUpdateId, long PreviousFinalUpdateId, long TimeMs, ReadOnlyMemory<BookLevel> Bids, ReadOnlyMemory<BookLevel> Asks)
{
    /// <summary>The event for a book.</summary>
    public BookDiff Diff => new(FirstUpdateId, FinalUpdateId, PreviousFinalUpdateId, TimeMs, Bids.Span, Asks.Span);
}
