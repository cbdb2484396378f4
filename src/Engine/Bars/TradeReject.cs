namespace Granary.Engine.Bars;

/// <summary>Why a trade was kept out of the bars (formulas §1.1).</summary>
public enum TradeReject
{
    /// <summary>It was not: the trade was accepted.</summary>
    None = 0,

    /// <summary>Its id is not above the last one seen: a repetition, or a latecomer behind a hole that had been given up.</summary>
    Duplicate = 1,

    /// <summary>Its price or quantity is not above 0 or above <see cref="Market.Fixed8.Max"/>, or its id is negative.</summary>
    Invalid = 2,

    /// <summary>It is stamped earlier than the last accepted trade.</summary>
    TimeReversed = 3,

    /// <summary>Its price lies too far from the median of the last accepted ones.</summary>
    Outlier = 4,
}
