namespace Granary.Venues.Ports;

/// <summary>A candle of a price that nobody trades at: without volume, and of the premium index possibly below 0.</summary>
/// <param name="OpenTimeMs">First millisecond, since the Unix epoch, UTC.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="CloseTimeMs">Last millisecond.</param>
public readonly record struct PriceKline(long OpenTimeMs, decimal Open, decimal High, decimal Low, decimal Close, long CloseTimeMs);
