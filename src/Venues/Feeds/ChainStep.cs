namespace Granary.Venues.Feeds;

/// <summary>How a change of a book stands to the one before.</summary>
internal enum ChainStep
{
    /// <summary>It follows.</summary>
    Follows,

    /// <summary>It says that nothing changed.</summary>
    Nothing,

    /// <summary>Something is missing before it, or the venue began to count anew.</summary>
    Gap,

    /// <summary>No whole book has come since the last gap.</summary>
    Waiting,
}
