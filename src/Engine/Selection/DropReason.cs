namespace Granary.Engine.Selection;

/// <summary>Why a symbol is not in the pool of a selection, in the order of the tests (formulas §5.4).</summary>
public enum DropReason
{
    /// <summary>It has too few candles.</summary>
    TooFewCandles = 0,

    /// <summary>Its last candle is not the one of the run: it was not ready in time.</summary>
    NotReady = 1,

    /// <summary>Its factor has no value, or an infinite one.</summary>
    NoFactor = 2,

    /// <summary>One of its filters has no value.</summary>
    NoFilter = 3,

    /// <summary>A filter's value is above the limit.</summary>
    AboveLimit = 4,

    /// <summary>It ranks behind the limit of a filter.</summary>
    BelowRank = 5,

    /// <summary>Nobody has traded it for as many candles as the options bear: it is halted, delisted or dead. Tested after <see cref="NotReady"/>.</summary>
    Flat = 6,
}
