namespace Granary.Exchange.Dialects;

/// <summary>What a client of a foreign dialect subscribes to.</summary>
internal enum DialectTopic
{
    /// <summary>Trades.</summary>
    Trades,

    /// <summary>Best bid and ask.</summary>
    Quote,

    /// <summary>The order book: whole at first, then its changes.</summary>
    Book,

    /// <summary>Mark price.</summary>
    Mark,

    /// <summary>Index price, where it is sent apart.</summary>
    Index,

    /// <summary>Funding rate, where it is sent apart.</summary>
    Funding,
}
