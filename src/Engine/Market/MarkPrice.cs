namespace Granary.Engine.Market;

/// <summary>Mark price, index price and funding of a perpetual (markPriceUpdate).</summary>
/// <param name="TimeMs">Event time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Mark">Mark price in quote units.</param>
/// <param name="Index">Index price in quote units.</param>
/// <param name="FundingRate">Funding rate of the running interval, a fraction (0.0001 = 1 basis point); positive: longs pay.</param>
/// <param name="NextFundingTimeMs">Next funding time, milliseconds since the Unix epoch, UTC.</param>
public readonly record struct MarkPrice(long TimeMs, decimal Mark, decimal Index, decimal FundingRate, long NextFundingTimeMs);
