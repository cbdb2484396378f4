namespace Granary.Exchange;

/// <summary>Where the exchange's prices come from.</summary>
public enum MarketKind
{
    /// <summary>Seeded traders meeting in the real matching engine.</summary>
    Synthetic,

    /// <summary>Recorded trades; our orders are matched against them.</summary>
    Replay,

    /// <summary>Recorded socket streams: trades, quotes, book and mark price.</summary>
    Capture,
}
