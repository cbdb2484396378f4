namespace Granary.Engine.Orders;

/// <summary>Where a trigger order stands by the venue's word.</summary>
public enum TriggerOrderStatus
{
    /// <summary>Waiting for its price.</summary>
    Waiting,

    /// <summary>The price was reached; its order is being placed, has been placed, or is over.</summary>
    Triggered,

    /// <summary>Cancelled by us or by the venue.</summary>
    Canceled,

    /// <summary>Expired, for example because there was no position left to close.</summary>
    Expired,

    /// <summary>Refused, when it came or when it was set off.</summary>
    Rejected,

    /// <summary>A word of the venue that is not known here; to be asked for.</summary>
    Unknown,
}
