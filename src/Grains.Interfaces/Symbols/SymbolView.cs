namespace Granary.Grains.Interfaces.Symbols;

/// <summary>What an operator sees of a symbol.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="NextId">Aggregate-trade id needed next.</param>
/// <param name="Trades">Trades taken since the very first start, each id once.</param>
/// <param name="Rejects">Trades that cleaning refused, by reason.</param>
/// <param name="Bars">Closed volume bars.</param>
/// <param name="BarDigest">Chained hash over all closed bars.</param>
/// <param name="LastPrice">Price of the last trade, or 0.</param>
/// <param name="BidPrice">Best bid, or 0.</param>
/// <param name="AskPrice">Best ask, or 0.</param>
/// <param name="MarkPrice">Mark price, or 0.</param>
/// <param name="LastTradeTimeMs">Market time of the last trade.</param>
/// <param name="DataAgeMs">Engine time since the last trade or quote came in.</param>
/// <param name="Holes">Holes in the ids that could not be filled.</param>
/// <param name="LastBar">Features of the last bar as JSON, or empty.</param>
/// <param name="LastDecision">What the strategies, each and together, said about the last bar, JSON, or empty.</param>
/// <param name="Guard">Protection of the open position in words, or empty.</param>
/// <param name="VolumeThreshold">Volume that closes the bars to come, base units.</param>
/// <param name="LastMinute">Factors of the last closed minute as JSON, or empty.</param>
/// <param name="Book">The order book in numbers, or null.</param>
/// <param name="Feed">How the market feed stands beside its backups, and which streams are silent; empty where there is nothing to say.</param>
[GenerateSerializer, Immutable, Alias("granary.SymbolView")]
public sealed record SymbolView(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long NextId,
    [property: Id(2)] long Trades,
    [property: Id(3)] IReadOnlyDictionary<string, long> Rejects,
    [property: Id(4)] long Bars,
    [property: Id(5)] string BarDigest,
    [property: Id(6)] decimal LastPrice,
    [property: Id(7)] decimal BidPrice,
    [property: Id(8)] decimal AskPrice,
    [property: Id(9)] decimal MarkPrice,
    [property: Id(10)] long LastTradeTimeMs,
    [property: Id(11)] long DataAgeMs,
    [property: Id(12)] long Holes,
    [property: Id(13)] string LastBar,
    [property: Id(14)] string LastDecision,
    [property: Id(15)] string Guard,
    [property: Id(16)] decimal VolumeThreshold,
    [property: Id(17)] string LastMinute,
    [property: Id(18)] BookView? Book,
    [property: Id(19)] string Feed = "");
