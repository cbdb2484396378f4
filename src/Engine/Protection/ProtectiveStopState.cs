namespace Granary.Engine.Protection;

/// <summary>Where a protective stop stands. All but <see cref="Over"/> may still act at the venue.</summary>
public enum ProtectiveStopState
{
    /// <summary>Journalled; its request is about to be sent or has not been answered.</summary>
    Pending,

    /// <summary>The answer was lost; the venue may or may not have it.</summary>
    Unknown,

    /// <summary>Resting at the venue.</summary>
    Resting,

    /// <summary>Its cancel has been sent, or its outcome was lost.</summary>
    Canceling,

    /// <summary>Set off: it is an order now.</summary>
    Triggered,

    /// <summary>Cancelled, expired, refused, or gone.</summary>
    Over,
}
