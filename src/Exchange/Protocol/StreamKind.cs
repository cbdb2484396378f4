namespace Granary.Exchange.Protocol;

/// <summary>What a market stream carries.</summary>
internal enum StreamKind
{
    AggTrade,
    Trade,
    BookTicker,
    MarkPrice,
    DepthDiff,
    DepthPartial,
    Kline,
    ContinuousKline,
    Ticker,
    MiniTicker,
    ForceOrder,
    ContractInfo,
    CompositeIndex,
}
