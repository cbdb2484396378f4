namespace Granary.Exchange.Matching;

/// <summary>What happens to the part of an order that does not trade at once.</summary>
public enum MatchRule
{
    /// <summary>It rests (good till cancelled).</summary>
    Rest,

    /// <summary>It expires (immediate or cancel; market orders, whose price is their take bound).</summary>
    Immediate,

    /// <summary>Nothing trades unless all of it does (fill or kill).</summary>
    AllOrNone,

    /// <summary>The order is refused if any of it would trade (post-only).</summary>
    PostOnly,
}
