namespace Granary.Venues.Feeds;

/// <summary>A linear USDT perpetual as a venue lists it.</summary>
/// <param name="Name">The venue's name.</param>
/// <param name="BaseCoin">The coin, possibly with a multiple (1000PEPE).</param>
/// <param name="CoinsPerUnit">Units of <paramref name="BaseCoin"/> in one unit of size.</param>
/// <param name="TickSize">Price step.</param>
/// <param name="StepSize">Size step in the venue's units.</param>
/// <param name="SizeMin">Smallest size in the venue's units.</param>
/// <param name="IsTrading">Whether it can be traded now.</param>
internal sealed record ListedInstrument(string Name, string BaseCoin, decimal CoinsPerUnit, decimal TickSize, decimal StepSize, decimal SizeMin,
    bool IsTrading);
