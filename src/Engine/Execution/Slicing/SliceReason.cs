namespace Granary.Engine.Execution.Slicing;

/// <summary>Why a schedule asks for what it asks for.</summary>
public enum SliceReason
{
    /// <summary>A part is due.</summary>
    Due = 1,

    /// <summary>Nothing is due yet.</summary>
    NotDue = 2,

    /// <summary>A slice works.</summary>
    Working = 3,

    /// <summary>The last slice was sent a moment ago.</summary>
    Pause = 4,

    /// <summary>The share of the market's volume is used up.</summary>
    Participation = 5,

    /// <summary>The part is below what the venue accepts; it is merged with the next.</summary>
    BelowMinimum = 6,

    /// <summary>The slice outlived its interval: what is left of it is due anew.</summary>
    IntervalOver = 7,

    /// <summary>Late fills of closed slices leave less than what works.</summary>
    Excess = 8,

    /// <summary>Everything is filled.</summary>
    Filled = 9,

    /// <summary>The horizon is over.</summary>
    HorizonOver = 10,

    /// <summary>The schedule was stopped.</summary>
    Stopped = 11,
}
