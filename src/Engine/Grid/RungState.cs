namespace Granary.Engine.Grid;

/// <summary>Where a rung is in its round trip.</summary>
public enum RungState
{
    /// <summary>Nothing is held and nothing wanted.</summary>
    Idle = 1,

    /// <summary>Its entry is wanted, but no real order carries it: no margin, no room, or not sent yet.</summary>
    EntryWanted = 2,

    /// <summary>A real order carries its entry.</summary>
    EntryResting = 3,

    /// <summary>Part of the entry is filled and the rest still wanted; the take-profit of what is held is wanted too.</summary>
    PartlyEntered = 4,

    /// <summary>Its lot is held and no real order carries its take-profit: too far away, or not sent yet.</summary>
    Held = 5,

    /// <summary>Its lot is held and a real order carries its take-profit.</summary>
    TakeProfitResting = 6,

    /// <summary>Its lot is being closed at market.</summary>
    Closing = 7,
}
