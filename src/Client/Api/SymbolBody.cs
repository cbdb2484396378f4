using System.Text.Json;

namespace Granary.Client.Api;

/// <summary>A symbol.</summary>
public sealed record SymbolBody
{
    /// <summary>Symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Why the symbol's grain did not answer, or empty.</summary>
    public string Error { get; init; } = "";

    /// <summary>Aggregate-trade id needed next.</summary>
    public long NextId { get; init; }

    /// <summary>Trades taken, each id once.</summary>
    public long Trades { get; init; }

    /// <summary>Trades that cleaning refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> Rejects { get; init; } = new Dictionary<string, long>();

    /// <summary>Closed volume bars.</summary>
    public long Bars { get; init; }

    /// <summary>Chained hash over all closed bars.</summary>
    public string BarDigest { get; init; } = "";

    /// <summary>Price of the last trade, or 0.</summary>
    public decimal LastPrice { get; init; }

    /// <summary>Best bid, or 0.</summary>
    public decimal BidPrice { get; init; }

    /// <summary>Best ask, or 0.</summary>
    public decimal AskPrice { get; init; }

    /// <summary>Mark price, or 0.</summary>
    public decimal MarkPrice { get; init; }

    /// <summary>Market time of the last trade, milliseconds since the Unix epoch, UTC.</summary>
    public long LastTradeTimeMs { get; init; }

    /// <summary>Time since the last trade or quote came in, milliseconds.</summary>
    public long DataAgeMs { get; init; }

    /// <summary>Holes in the ids that could not be filled.</summary>
    public long Holes { get; init; }

    /// <summary>Features of the last bar, or null.</summary>
    public JsonElement? LastBar { get; init; }

    /// <summary>The last answer of each strategy, or null.</summary>
    public JsonElement? LastDecision { get; init; }

    /// <summary>Protection of the open position in words, or empty.</summary>
    public string Guard { get; init; } = "";

    /// <summary>Volume that closes the bars to come, base units.</summary>
    public decimal VolumeThreshold { get; init; }

    /// <summary>Factors of the last closed minute, or null.</summary>
    public JsonElement? LastMinute { get; init; }

    /// <summary>The order book in numbers, or null.</summary>
    public JsonElement? Book { get; init; }

    /// <summary>How the market feed stands beside its backups, and which streams are silent; empty where there is nothing to say.</summary>
    public string Feed { get; init; } = "";
}
