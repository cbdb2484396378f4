namespace Granary.Exchange.Matching;

/// <summary>How a submission to the book ended.</summary>
public enum MatchOutcome
{
    /// <summary>Completely traded.</summary>
    Filled,

    /// <summary>Some or all of it rests.</summary>
    Rested,

    /// <summary>The remainder of an immediate order expired.</summary>
    Expired,

    /// <summary>The remainder expired because the next resting order was the same owner's.</summary>
    SelfTrade,

    /// <summary>An all-or-none order could not trade whole; nothing happened.</summary>
    Killed,

    /// <summary>A post-only order would have traded; nothing happened.</summary>
    WouldTake,
}
