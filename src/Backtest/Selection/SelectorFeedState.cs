using Granary.Engine.Market;
using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>One symbol on its way through a run. What has not closed yet is only given out as the candle that an order is filled in.</summary>
internal sealed class SelectorFeedState(SelectorFeed feed, SelectionOptions options, long intervalMs)
{
    private readonly SymbolFactors _factors = new(feed.Symbol, options.Factors, options.Filters);
    private readonly ReadOnlyMemory<Kline> _candles = feed.Candles;
    private int _next;
    private int _nextFunding;

    public SelectorFeed Feed => feed;

    public string Symbol => feed.Symbol;

    public bool IsStarted => _factors.CandleCount > 0;

    public Kline Last { get; private set; }

    public long CandleCount => _factors.CandleCount;

    public SelectionRow ToRow() => _factors.ToRow();

    /// <summary>
    /// Takes the candle that opens at a moment, if there is one. Candles missing before it are made up as ones without a trade, now that they are known to be
    /// missing: the statistics count candles.
    /// </summary>
    public void Take(long openMs)
    {
        if (_next >= _candles.Length || _candles.Span[_next].OpenTimeMs != openMs) return;
        Last = _candles.Span[_next++];
        _factors.AddFilled(Last, intervalMs);
    }

    /// <summary>The candle that begins at a moment, the next one to be taken; null when there is none.</summary>
    public Kline? Opening(long openMs) => _next < _candles.Length && _candles.Span[_next].OpenTimeMs == openMs ? _candles.Span[_next] : null;

    /// <summary>The rates settled up to a moment that have not been given out yet.</summary>
    public decimal FundingUntil(long timeMs)
    {
        decimal rate = 0;
        while (_nextFunding < feed.Funding.Count && feed.Funding[_nextFunding].TimeMs <= timeMs) rate += feed.Funding[_nextFunding++].Rate;
        return rate;
    }
}
