namespace Granary.Venues.Ports;

/// <summary>A symbol's last 24 hours.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="OpenTimeMs">First millisecond, since the Unix epoch, UTC.</param>
/// <param name="CloseTimeMs">Last millisecond.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Last">Last price.</param>
/// <param name="Volume">Base units.</param>
/// <param name="QuoteVolume">Quote units.</param>
/// <param name="TradeCount">Trades.</param>
public sealed record DayStatistics(
    string Symbol, long OpenTimeMs, long CloseTimeMs, decimal Open, decimal High, decimal Low, decimal Last, decimal Volume, decimal QuoteVolume,
        long TradeCount);
