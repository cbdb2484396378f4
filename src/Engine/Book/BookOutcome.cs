namespace Granary.Engine.Book;

/// <summary>What became of a change or a snapshot.</summary>
public enum BookOutcome
{
    /// <summary>It is in the book.</summary>
    Applied,

    /// <summary>A change that the book already contains, or a snapshot that was not asked for; nothing changed.</summary>
    Ignored,

    /// <summary>A change that is kept for the snapshot to come.</summary>
    Buffered,

    /// <summary>The change broke the chain or crossed the book: from now on a snapshot is needed.</summary>
    Resync,

    /// <summary>A snapshot older than the changes kept, or crossed: another one is needed.</summary>
    Stale,
}
