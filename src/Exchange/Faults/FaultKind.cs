namespace Granary.Exchange.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The connection is cut before the request is executed.</summary>
    LostBefore,

    /// <summary>The request is executed, then the connection is cut.</summary>
    LostAfter,

    /// <summary>503 and -1007 (status unknown) without execution.</summary>
    UnknownBefore,

    /// <summary>503 and -1007 (status unknown) after execution.</summary>
    UnknownAfter,

    /// <summary>502 with an HTML page, without execution.</summary>
    BadGateway,

    /// <summary>503 and -1008 (overloaded), without execution: a definite failure.</summary>
    Overloaded,

    /// <summary>429 with Retry-After, without execution; <see cref="FaultRule.Value"/> is seconds, 1 if 0.</summary>
    RateLimited,

    /// <summary>418 with Retry-After, without execution; <see cref="FaultRule.Value"/> is seconds, 120 if 0.</summary>
    Banned,

    /// <summary>400 with the code -<see cref="FaultRule.Value"/>, without execution: -4120, -2013, -1125, -4400 and every other refusal.</summary>
    Refused,

    /// <summary>The symbol's status is TRADING_HALT: exchangeInfo says so, and new or changed orders are refused (-4140).</summary>
    Halted,

    /// <summary>The request is executed and answered by 200 with an HTML page.</summary>
    NotJson,

    /// <summary>Objects of an answer or event have a field that nobody knows.</summary>
    FieldAdded,

    /// <summary>Enumerated values of an answer or event (status, timeInForce, contractType, X, x, f) are ones that nobody knows.</summary>
    ValueUnknown,

    /// <summary>Balances in an answer or event are empty texts.</summary>
    BalanceEmpty,

    /// <summary>cw of ACCOUNT_UPDATE is too high; <see cref="FaultRule.Value"/> is by how many USDT.</summary>
    CrossOverstated,

    /// <summary>The answer comes late; <see cref="FaultRule.Value"/> is milliseconds.</summary>
    Delay,

    /// <summary>The venue's clock is ahead of the real one; <see cref="FaultRule.Value"/> is milliseconds, negative for behind.</summary>
    ClockSkew,

    /// <summary>GET depth answers what it answered last time.</summary>
    StaleDepth,

    /// <summary>
    /// GET order, openOrders and positionRisk answer what they would have answered when they were last asked the same: the answer was cached, or it was long
    /// under way, and is older than events that were sent since.
    /// </summary>
    StaleAnswer,

    /// <summary>An event is not sent; on a depth stream a gap.</summary>
    EventLost,

    /// <summary>An event is sent twice.</summary>
    EventTwice,

    /// <summary>An event is overtaken by the next ones; <see cref="FaultRule.Value"/> is how many, 1 if 0.</summary>
    EventLate,

    /// <summary>An event comes without its wrapping on /stream.</summary>
    EventBare,

    /// <summary>The socket is cut instead of sending the event.</summary>
    SocketCut,

    /// <summary>The socket is closed after the event, as after its 24 hours.</summary>
    SocketClosed,

    /// <summary>The answer to SUBSCRIBE and its kind is not sent.</summary>
    AckLost,

    /// <summary>SUBSCRIBE and its kind are answered with an error and not done.</summary>
    AckError,

    /// <summary>The account's listen key ends at its next request or event; <see cref="FaultRule.Value"/> 1 for without listenKeyExpired.</summary>
    ListenKeyLost,
}
