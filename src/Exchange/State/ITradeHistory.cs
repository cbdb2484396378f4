using Granary.Engine.Market;

namespace Granary.Exchange.State;

/// <summary>A symbol's newest aggregate trades.</summary>
internal interface ITradeHistory : IDisposable
{
    /// <summary>The newest trade, or null.</summary>
    AggTrade? Last { get; }

    /// <summary>Appends trades with rising ids; when the call returns they survive what the history is meant to survive.</summary>
    void Append(ReadOnlySpan<AggTrade> trades);

    /// <summary>Trades with ids from <paramref name="fromId"/> (the latest when negative), oldest first, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<AggTrade> Read(long fromId, int limit);
}
