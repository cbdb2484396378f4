namespace Granary.Backtest.Selection;

/// <summary>The common rhythm of candles.</summary>
internal static class CandleGrid
{
    public const long DayMs = 86_400_000;

    /// <summary>The smallest distance of two candles of a symbol, to which all of them must keep.</summary>
    /// <exception cref="ArgumentException">There are no two candles, a symbol occurs twice, or a candle lies off the grid.</exception>
    public static long IntervalOf(IReadOnlyList<SelectorFeed> feeds)
    {
        if (feeds.DistinctBy(feed => feed.Symbol).Count() < feeds.Count)
            throw new ArgumentException($"symbol {feeds.GroupBy(feed => feed.Symbol).First(g => g.Count() > 1).Key} is given twice", nameof(feeds));
        var interval = long.MaxValue;
        foreach (var feed in feeds)
        {
            var candles = feed.Candles.Span;
            for (var i = 1; i < candles.Length; i++) interval = Math.Min(interval, candles[i].OpenTimeMs - candles[i - 1].OpenTimeMs);
        }
        if (interval is long.MaxValue or <= 0)
            throw new ArgumentException("expected two candles or more of a symbol, each later than the one before", nameof(feeds));
        foreach (var feed in feeds)
        {
            foreach (ref readonly var candle in feed.Candles.Span)
            {
                if (candle.OpenTimeMs % interval != 0)
                    throw new ArgumentException($"the candle of {feed.Symbol} at {candle.OpenTimeMs} is at no whole multiple of {interval} ms", nameof(feeds));
            }
        }
        return interval;
    }

    /// <summary>Open times of the first and the last candle of all symbols.</summary>
    public static (long First, long Last) Span(IReadOnlyList<SelectorFeed> feeds)
    {
        var held = feeds.Where(feed => !feed.Candles.IsEmpty).ToList();
        return (held.Min(feed => feed.Candles.Span[0].OpenTimeMs), held.Max(feed => feed.Candles.Span[^1].OpenTimeMs));
    }
}
