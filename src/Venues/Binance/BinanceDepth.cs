namespace Granary.Venues.Binance;

/// <summary>An order book at one moment (GET /fapi/v1/depth).</summary>
/// <param name="LastUpdateId">Id of the last update in it; stream updates continue from here.</param>
/// <param name="TimeMs">Transaction time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Bids">Bids, best first.</param>
/// <param name="Asks">Asks, best first.</param>
public sealed record BinanceDepth(long LastUpdateId, long TimeMs, IReadOnlyList<BinanceDepthLevel> Bids, IReadOnlyList<BinanceDepthLevel> Asks);
