using Granary.Engine.Market;
using Granary.Grains.Gateway;

namespace Granary.Grains.Tests.Support;

/// <summary>Keeps what it is shown.</summary>
internal sealed class ListObserver : IMarketObserver
{
    public List<AggTrade> Trades { get; } = [];

    public List<BookTicker> Tickers { get; } = [];

    public List<MarkPrice> Marks { get; } = [];

    public void OnTrades(int symbolIndex, AggTrade[] trades) => Trades.AddRange(trades);

    public void OnBookTicker(int symbolIndex, in BookTicker ticker) => Tickers.Add(ticker);

    public void OnMarkPrice(int symbolIndex, in MarkPrice mark) => Marks.Add(mark);
}
