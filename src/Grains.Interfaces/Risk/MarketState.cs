using Granary.Grains.Interfaces.Symbols;

namespace Granary.Grains.Interfaces.Risk;

/// <summary>A symbol's market at the moment of a proposal.</summary>
/// <param name="LastPrice">Last trade.</param>
/// <param name="BidPrice">Best bid, or null.</param>
/// <param name="AskPrice">Best ask, or null.</param>
/// <param name="MarkPrice">Mark price, or null.</param>
/// <param name="DataAgeMs">Engine time since the last trade or quote came in.</param>
/// <param name="MarketTimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="TradeIntensityShare">Trade intensity over its usual value (formulas §4.4), or null.</param>
/// <param name="FeedDoubt">Why the market feed is not trusted beside its backups; empty when it is, or is not compared.</param>
/// <param name="CrossMarketFlow">Order flow imbalance of the related market as of this time, -1 to 1, or null.</param>
/// <param name="Depth">The order book and what impact is computed from, or null.</param>
[GenerateSerializer, Immutable, Alias("granary.MarketState")]
public sealed record MarketState(
    [property: Id(0)] decimal LastPrice,
    [property: Id(1)] decimal? BidPrice,
    [property: Id(2)] decimal? AskPrice,
    [property: Id(3)] decimal? MarkPrice,
    [property: Id(4)] long DataAgeMs,
    [property: Id(5)] long MarketTimeMs,
    [property: Id(6)] double? TradeIntensityShare = null,
    [property: Id(7)] double? CrossMarketFlow = null,
    [property: Id(8)] string FeedDoubt = "",
    [property: Id(9)] DepthState? Depth = null);
