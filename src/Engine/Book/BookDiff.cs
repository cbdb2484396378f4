namespace Granary.Engine.Book;

/// <summary>
/// Changes of an order book as a venue's diff stream sends them; quantities are absolute. The levels belong to whoever made the value and hold only during
/// the call that it is passed to: what is to be kept must be copied.
/// </summary>
/// <param name="firstUpdateId">U.</param>
/// <param name="finalUpdateId">u.</param>
/// <param name="previousFinalUpdateId">pu, or -1.</param>
/// <param name="timeMs">T.</param>
/// <param name="bids">Changed bids.</param>
/// <param name="asks">Changed asks.</param>
public readonly ref struct BookDiff(
    long firstUpdateId, long finalUpdateId, long previousFinalUpdateId, long timeMs, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
{
    /// <summary>The first update contained (U).</summary>
    public long FirstUpdateId { get; } = firstUpdateId;

    /// <summary>The last update contained (u); not below <see cref="FirstUpdateId"/>.</summary>
    public long FinalUpdateId { get; } = finalUpdateId;

    /// <summary>The last update of the change before (pu); -1 where the venue does not send it (spot).</summary>
    public long PreviousFinalUpdateId { get; } = previousFinalUpdateId;

    /// <summary>Transaction time, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; } = timeMs;

    /// <summary>Changed bids as sent, in any order; of a price that stands twice the later one counts.</summary>
    public ReadOnlySpan<BookLevel> Bids { get; } = bids;

    /// <summary>Changed asks as sent.</summary>
    public ReadOnlySpan<BookLevel> Asks { get; } = asks;
}
