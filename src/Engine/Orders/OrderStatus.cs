namespace Granary.Engine.Orders;

/// <summary>
/// Where an order stands, as the engine knows it. <see cref="PendingNew"/>, <see cref="Unknown"/>, <see cref="New"/>, <see cref="PartiallyFilled"/>,
/// <see cref="PendingCancel"/> and <see cref="PendingAmend"/> are live and count as exposure; the rest are final.
/// </summary>
public enum OrderStatus
{
    /// <summary>Journalled; the request has been or is about to be sent; no answer yet.</summary>
    PendingNew,

    /// <summary>The answer was lost (timeout, 5xx, -1007): the venue may or may not have the order. Resolved by asking, never by sending again.</summary>
    Unknown,

    /// <summary>Accepted and resting.</summary>
    New,

    /// <summary>Partly filled and resting.</summary>
    PartiallyFilled,

    /// <summary>A cancel has been sent; no answer yet.</summary>
    PendingCancel,

    /// <summary>Completely filled.</summary>
    Filled,

    /// <summary>Cancelled by us or by the venue.</summary>
    Canceled,

    /// <summary>Expired: IOC remainder, FOK or post-only refusal, or self-trade prevention.</summary>
    Expired,

    /// <summary>Refused by the venue; it never existed there.</summary>
    Rejected,

    /// <summary>A change of price or quantity has been sent; no answer yet.</summary>
    PendingAmend,
}
