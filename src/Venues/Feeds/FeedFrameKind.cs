namespace Granary.Venues.Feeds;

/// <summary>What a frame of a backup feed turned out to be.</summary>
internal enum FeedFrameKind
{
    /// <summary>Market data, handed over.</summary>
    Event,

    /// <summary>The answer to a ping.</summary>
    Pong,

    /// <summary>A subscription was acknowledged.</summary>
    Subscribed,

    /// <summary>A subscription was refused; the text says why.</summary>
    Refused,

    /// <summary>Changes of a book are missing: it must be subscribed anew.</summary>
    BookGap,

    /// <summary>Well-formed, but not used.</summary>
    Unhandled,
}
