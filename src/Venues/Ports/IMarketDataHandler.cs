using Granary.Engine.Book;
using Granary.Engine.Market;

namespace Granary.Venues.Ports;

/// <summary>
/// Takes market data over from a read loop. The synchronous members must return at once: they enqueue, they never run a strategy.
/// <c>symbolIndex</c> is the position in the list given to <see cref="IMarketDataPort.RunAsync"/>.
/// </summary>
public interface IMarketDataHandler
{
    /// <summary>An aggregate trade. <paramref name="receivedTimestamp"/> is <see cref="TimeProvider.GetTimestamp"/> when its frame had been read.</summary>
    void OnAggTrade(int symbolIndex, in AggTrade trade, long receivedTimestamp);

    /// <summary>A new best bid and ask.</summary>
    void OnBookTicker(int symbolIndex, in BookTicker ticker, long receivedTimestamp);

    /// <summary>
    /// Changes of the order book, where the venue was asked for them. Their levels lie in the reader's memory and hold only during the call. Changes may be
    /// missing before any of them; <see cref="OrderBook"/> notices.
    /// </summary>
    void OnDepth(int symbolIndex, in BookDiff diff, long receivedTimestamp);

    /// <summary>
    /// The whole order book, where a venue sends it in the stream (OKX, Bybit): it replaces what was there, and the changes that <see cref="OnDepth"/> gets
    /// follow
    /// it without a gap until the next one. Not called by venues that give it over REST (<see cref="IMarketDataPort.GetDepthAsync"/>).
    /// </summary>
    void OnBook(int symbolIndex, BookSnapshot book, long receivedTimestamp)
    {
    }

    /// <summary>A new mark price.</summary>
    void OnMarkPrice(int symbolIndex, in MarkPrice mark);

    /// <summary>A frame that could not be understood; counted and named, never thrown.</summary>
    void OnReject(string reason, ReadOnlySpan<byte> frame);

    /// <summary>The connection that carries the trades was established (true) or lost (false). After true, trades may have been missed before it. With more
    /// symbols than
    /// one connection carries, each of the connections reports itself.</summary>
    void OnConnection(bool connected, string detail);

    /// <summary>
    /// The connection that carries the quotes was established (true) or lost (false), where a venue serves them on one of their own.
    /// Quotes conflate, so nothing has to be made up for.
    /// </summary>
    void OnQuoteConnection(bool connected, string detail)
    {
    }

    /// <summary>
    /// Awaited by the read loop after each frame batch: completes when there is room for more. This is the back-pressure; trades are never dropped.
    /// </summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellationToken);
}
