namespace Granary.Backtest.Feeds;

/// <summary>What a row of a recorded book is.</summary>
public enum BookRowKind : byte
{
    /// <summary>A level of bids.</summary>
    Bid,

    /// <summary>A level of asks.</summary>
    Ask,

    /// <summary>A trade whose taker bought.</summary>
    Buy,

    /// <summary>A trade whose taker sold.</summary>
    Sell,

    /// <summary>All levels vanish: a snapshot follows.</summary>
    Clear,
}
