namespace Granary.Venues.Binance;

/// <summary>What a frame of the user stream turned out to be.</summary>
internal enum UserFrameKind
{
    /// <summary>Not understood.</summary>
    Malformed,

    /// <summary>An order changed.</summary>
    Order,

    /// <summary>Balances or positions changed.</summary>
    Account,

    /// <summary>A trigger order changed.</summary>
    Trigger,

    /// <summary>The listen key expired.</summary>
    ListenKeyExpired,

    /// <summary>A well-formed event that is not used.</summary>
    Unhandled,
}
