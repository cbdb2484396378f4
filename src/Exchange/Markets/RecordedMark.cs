using Granary.Engine.Market;

namespace Granary.Exchange.Markets;

/// <summary>A mark price for records that have none: the last price, at the first trade of each interval.</summary>
internal sealed class RecordedMark(IMarketHost host, ListedSymbol symbol)
{
    private long _nextMs;

    public void OnTrade(in AggTrade trade, bool publishes)
    {
        if (trade.TimeMs < _nextMs) return;
        var interval = host.Options.MarkIntervalMs;
        _nextMs = ((trade.TimeMs / interval) + 1) * interval;
        var price = trade.Price;
        var mark = new MarkPrice(
            trade.TimeMs, price, price, host.Options.FundingRate, Funding.NextTimeMs(trade.TimeMs, host.Options.FundingIntervalHours));
        if (publishes) host.PublishMark(symbol, in mark);
        else symbol.Mark = mark;
    }
}
