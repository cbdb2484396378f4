using Granary.Engine.Market;
using Granary.Grains.Gateway;

namespace Granary.Silo.Metrics;

/// <summary>Shows what the market gateway receives to two observers.</summary>
internal sealed class ObserverPair(IMarketObserver first, IMarketObserver second) : IMarketObserver
{
    /// <inheritdoc/>
    public void OnTrades(int symbolIndex, AggTrade[] trades)
    {
        first.OnTrades(symbolIndex, trades);
        second.OnTrades(symbolIndex, trades);
    }

    /// <inheritdoc/>
    public void OnBookTicker(int symbolIndex, in BookTicker ticker)
    {
        first.OnBookTicker(symbolIndex, ticker);
        second.OnBookTicker(symbolIndex, ticker);
    }

    /// <inheritdoc/>
    public void OnMarkPrice(int symbolIndex, in MarkPrice mark)
    {
        first.OnMarkPrice(symbolIndex, mark);
        second.OnMarkPrice(symbolIndex, mark);
    }
}
