namespace Granary.Venues.Ports;

/// <summary>What is known after an order request.</summary>
public enum OrderAnswerKind
{
    /// <summary>The venue has it; the report says how it stands.</summary>
    Accepted,

    /// <summary>The venue definitely refused; the order does not exist there because of this request.</summary>
    Rejected,

    /// <summary>It did not reach the venue's engine (for example a local rate limit or a refused connection before anything was written); safe to send again.</summary>
    NotSent,

    /// <summary>Nobody knows (timeout, connection lost after writing, 5xx, -1007). Exposure until resolved by asking.</summary>
    Unknown,
}
