namespace Granary.Exchange.Contracts;

/// <summary>Life of a conditional order: New, Triggering, Triggered, Finished; or ended before.</summary>
public enum ConditionalStatus
{
    /// <summary>Waits for its price.</summary>
    New,

    /// <summary>Its price was reached; its order is on the way.</summary>
    Triggering,

    /// <summary>Its order is in the market.</summary>
    Triggered,

    /// <summary>Its order is final.</summary>
    Finished,

    /// <summary>Cancelled before its price was reached.</summary>
    Canceled,

    /// <summary>Its time ran out, or there was nothing to close.</summary>
    Expired,

    /// <summary>Its price was reached and its order was refused.</summary>
    Rejected,
}
