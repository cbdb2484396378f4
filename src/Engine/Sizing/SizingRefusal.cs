namespace Granary.Engine.Sizing;

/// <summary>Why a size came out as 0.</summary>
public enum SizingRefusal
{
    /// <summary>The size is above 0.</summary>
    None,

    /// <summary>Equity was 0 or negative.</summary>
    NoEquity,

    /// <summary>Price was 0 or negative.</summary>
    NoPrice,

    /// <summary>The ATR, or the stop distance made from it, was below <see cref="AtrSizer.StopDistanceMin"/>.</summary>
    NoAtr,

    /// <summary>A factor (regime, strength, Kelly or size multiplier) was 0 or negative.</summary>
    FactorZero,

    /// <summary>The position already uses its whole cap.</summary>
    PositionFull,

    /// <summary>The direction already uses its whole cap.</summary>
    DirectionFull,

    /// <summary>The size was below one lot step.</summary>
    BelowStep,

    /// <summary>The rounded size was worth less than the venue's minimum notional.</summary>
    BelowNotionalMin,
}
