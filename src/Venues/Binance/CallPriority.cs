namespace Granary.Venues.Binance;

/// <summary>How urgent a request is where the venue's rate limit is near. What lowers risk goes first.</summary>
internal enum CallPriority
{
    /// <summary>Cancels and orders that can only reduce a position: may use all that the venue allows.</summary>
    Reduction,

    /// <summary>Other orders: leave half of the reserve to cancels and reductions.</summary>
    Order,

    /// <summary>Questions about the account's own orders and positions: leave the whole reserve.</summary>
    AccountQuery,

    /// <summary>Questions about markets: behind the account's, whose share they leave as well.</summary>
    MarketQuery,

    /// <summary>Whole pages of past trades, one of many: leave a part of the markets' share, so that a long refill does not keep a small one, or a book, waiting.</summary>
    HistoryQuery,
}
