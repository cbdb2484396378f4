using System.Text.Json;
using Granary.Grains.Interfaces.Symbols;

namespace Granary.Silo.Operator.Bodies;

/// <summary>A symbol as the API tells it; the fields are those of <see cref="SymbolView"/>.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Error">Why the symbol's grain did not answer (then every number is 0), or empty.</param>
/// <param name="NextId">Aggregate-trade id needed next.</param>
/// <param name="Trades">Trades taken since the very first start, each id once.</param>
/// <param name="Rejects">Trades that cleaning refused, by reason.</param>
/// <param name="Bars">Closed volume bars.</param>
/// <param name="BarDigest">Chained hash over all closed bars.</param>
/// <param name="LastPrice">Price of the last trade, or 0.</param>
/// <param name="BidPrice">Best bid, or 0.</param>
/// <param name="AskPrice">Best ask, or 0.</param>
/// <param name="MarkPrice">Mark price, or 0.</param>
/// <param name="LastTradeTimeMs">Market time of the last trade, milliseconds since the Unix epoch, UTC.</param>
/// <param name="DataAgeMs">Engine time since the last trade or quote came in, milliseconds.</param>
/// <param name="Holes">Holes in the ids that could not be filled.</param>
/// <param name="LastBar">Features of the last bar, or null.</param>
/// <param name="LastDecision">What the strategies, each and together, said about the last bar, or null.</param>
/// <param name="Guard">Protection of the open position in words, or empty.</param>
/// <param name="VolumeThreshold">Volume that closes the bars to come, base units.</param>
/// <param name="LastMinute">Factors of the last closed minute, or null.</param>
/// <param name="Book">The order book in numbers, or null.</param>
/// <param name="Feed">How the market feed stands beside its backups, and which streams are silent; empty where there is nothing to say.</param>
public sealed record SymbolBody(
    string Symbol, string Error, long NextId, long Trades, IReadOnlyDictionary<string, long> Rejects, long Bars, string BarDigest, decimal LastPrice,
    decimal BidPrice, decimal AskPrice, decimal MarkPrice, long LastTradeTimeMs, long DataAgeMs, long Holes, JsonElement? LastBar,
    JsonElement? LastDecision, string Guard, decimal VolumeThreshold, JsonElement? LastMinute, BookView? Book, string Feed)
{
    /// <summary>What the symbol's grain said.</summary>
    public static SymbolBody From(SymbolView v) => new(
        v.Symbol, "", v.NextId, v.Trades, v.Rejects, v.Bars, v.BarDigest, v.LastPrice, v.BidPrice, v.AskPrice, v.MarkPrice, v.LastTradeTimeMs,
        v.DataAgeMs, v.Holes, JsonText.ToElement(v.LastBar), JsonText.ToElement(v.LastDecision), v.Guard, v.VolumeThreshold,
        JsonText.ToElement(v.LastMinute), v.Book, v.Feed);

    /// <summary>A symbol that did not answer.</summary>
    public static SymbolBody Silent(string symbol, string why) => new(
        symbol, why, 0, 0, new Dictionary<string, long>(), 0, "", 0, 0, 0, 0, 0, 0, 0, null, null, "", 0, null, null, "");
}
