using Granary.Engine.Market;

namespace Granary.Grains.Gateway;

/// <summary>
/// Is shown what the market gateway receives. Members are called on the path of the data: they must return at once, do no I/O and throw nothing. A
/// <c>symbolIndex</c> is the position in <see cref="Configuration.EngineSettings.Symbols"/>; calls of one symbol and kind do not overlap.
/// </summary>
public interface IMarketObserver
{
    /// <summary>
    /// Trades that the symbol's grain has taken, from the stream or fetched over REST. Ids rise from call to call, except that a grain which fell back to an
    /// older snapshot is given the same trades again. Nobody writes to the array any more.
    /// </summary>
    void OnTrades(int symbolIndex, AggTrade[] trades);

    /// <summary>A best bid and ask; every one, before they conflate.</summary>
    void OnBookTicker(int symbolIndex, in BookTicker ticker);

    /// <summary>A mark price.</summary>
    void OnMarkPrice(int symbolIndex, in MarkPrice mark);
}
