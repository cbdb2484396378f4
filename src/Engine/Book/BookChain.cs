namespace Granary.Engine.Book;

/// <summary>How a venue numbers the changes of a book, and so how a missing one shows.</summary>
public enum BookChain
{
    /// <summary>Futures: every change names the last update of the one before it (pu), which must be the book's.</summary>
    Futures,

    /// <summary>Spot: update ids have no holes, so a change begins (U) right after the book's last update.</summary>
    Spot,
}
