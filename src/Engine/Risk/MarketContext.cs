using Granary.Engine.Market;

namespace Granary.Engine.Risk;

/// <summary>The market of a symbol as the gate sees it at the moment of a decision.</summary>
/// <param name="Rules">The venue's rules of the symbol.</param>
/// <param name="LastPrice">Price of the last trade, quote units; 0 when there is none.</param>
/// <param name="BidPrice">Best bid, or null.</param>
/// <param name="AskPrice">Best ask, or null.</param>
/// <param name="MarkPrice">Mark price, or null.</param>
/// <param name="DataAgeMs">Age of the newest trade or quote, milliseconds.</param>
/// <param name="MarketTimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
public sealed record MarketContext(
    SymbolRules Rules, decimal LastPrice, decimal? BidPrice, decimal? AskPrice, decimal? MarkPrice, long DataAgeMs, long MarketTimeMs);
