namespace Granary.Venues.Ports;

/// <summary>A single trade of the market.</summary>
/// <param name="Id">Rises by one with each trade of the symbol.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="Price">Above 0.</param>
/// <param name="Quantity">Base units, above 0.</param>
/// <param name="IsBuyerMaker">Whether the seller was the taker.</param>
public readonly record struct MarketTrade(long Id, long TimeMs, decimal Price, decimal Quantity, bool IsBuyerMaker);
