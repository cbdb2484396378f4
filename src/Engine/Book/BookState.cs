namespace Granary.Engine.Book;

/// <summary>How far an order book can be trusted.</summary>
public enum BookState
{
    /// <summary>Nothing was received yet.</summary>
    Empty,

    /// <summary>A snapshot is needed; changes are kept for it, and the book shows no level.</summary>
    Syncing,

    /// <summary>The book is the venue's as of <see cref="OrderBook.LastUpdateId"/>.</summary>
    Live,
}
