namespace Granary.Engine.Book;

/// <summary>Why a book asked for a snapshot.</summary>
public enum ResyncReason
{
    /// <summary>It never did.</summary>
    None,

    /// <summary>The first change arrived.</summary>
    Start,

    /// <summary>A change does not follow the one before: at least one is missing.</summary>
    Gap,

    /// <summary>The best bid was not below the best ask.</summary>
    Crossed,

    /// <summary>
    /// The market moved so far that the best <see cref="OrderBookOptions.TopLevels"/> are no longer inside what the last snapshot covered. The book stays
    /// live meanwhile.
    /// </summary>
    Shallow,

    /// <summary>The owner asked for it, for example because the connection was lost.</summary>
    Requested,
}
