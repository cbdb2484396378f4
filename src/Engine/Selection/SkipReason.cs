namespace Granary.Engine.Selection;

/// <summary>Why a difference between target and position is not traded.</summary>
public enum SkipReason
{
    /// <summary>It is worth less than the venue's least notional, or less than one step.</summary>
    BelowMinimum = 0,

    /// <summary>It is a smaller share of the target than what is tolerated.</summary>
    WithinTolerance = 1,

    /// <summary>The symbol's rules are not known, or it does not accept orders.</summary>
    NotTrading = 2,
}
