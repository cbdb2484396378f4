using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Dialects;

/// <summary>How another venue spells the market's events. Stateless.</summary>
internal interface IDialectWire
{
    /// <summary>Path of its stream.</summary>
    string Path { get; }

    /// <summary>Reads a client's message. Never throws: what is not understood is answered with the dialect's error.</summary>
    DialectCommand Read(string text);

    /// <summary>A trade.</summary>
    string Trade(string symbol, in AggTrade trade);

    /// <summary>Best bid and ask.</summary>
    string Quote(string symbol, in BookTicker ticker);

    /// <summary>A whole book (previous id below 0) or changes of it.</summary>
    /// <param name="symbol">The exchange's symbol.</param>
    /// <param name="previousId">The update before; below 0 for a whole book.</param>
    /// <param name="id">The last update contained.</param>
    /// <param name="number">Number of this message in the session's book, from 1.</param>
    /// <param name="timeMs">Market time.</param>
    /// <param name="bids">Bids.</param>
    /// <param name="asks">Asks.</param>
    string Book(string symbol, long previousId, long id, long number, long timeMs, IEnumerable<DepthLevel> bids, IEnumerable<DepthLevel> asks);

    /// <summary>What is sent of a mark price on one of its topics; null where the dialect has no such topic.</summary>
    string? Mark(string symbol, DialectTopic topic, in MarkPrice mark);

    /// <summary>The answer to a public query, or null where the dialect has no such path.</summary>
    string? Rest(string path, IReadOnlyList<SymbolRules> symbols, long nowMs);
}
