namespace Granary.Venues.Binance;

/// <summary>What an error answer of the venue means for the request that it answers.</summary>
public enum BinanceErrorKind
{
    /// <summary>Refused for good: the request had no effect, and the same request would be refused again.</summary>
    Reject,

    /// <summary>Stopped by a rate limit or an overload guard before it reached the matching engine: no effect; may be sent again after a wait.</summary>
    NotSent,

    /// <summary>The request may or may not have taken effect. A query can simply be repeated; an order's outcome must be asked for.</summary>
    Unknown,

    /// <summary>Timestamp outside the window (-1021): no effect; synchronise the clock and send once more.</summary>
    ClockSkew,

    /// <summary>An order with this client id exists already (-4116): an earlier request was accepted. Ask for it.</summary>
    Duplicate,

    /// <summary>The listen key is gone (-1125): create a new one.</summary>
    ListenKeyGone,
}
