namespace Granary.Venues.Ports;

/// <summary>What a <see cref="TrendRatio"/> compares.</summary>
public enum TrendKind
{
    /// <summary>All accounts, long against short.</summary>
    Accounts,

    /// <summary>The accounts with the largest positions, long against short.</summary>
    TopAccounts,

    /// <summary>Their positions, long against short.</summary>
    TopPositions,

    /// <summary>Volume that takers bought against volume that they sold.</summary>
    TakerVolume,
}
