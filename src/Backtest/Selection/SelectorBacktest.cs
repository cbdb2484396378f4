namespace Granary.Backtest.Selection;

/// <summary>
/// The coin selection over stored candles, with the kernels of the live selector. At the end of each candle all symbols' factors are brought up to date and,
/// where a variant is due, the selection is made of what has closed by then; its orders are filled at the open of the next candle, worsened by slippage. A next
/// candle without a trade fills nobody. Funding is settled on what was held before the rebalance of its hour.
/// </summary>
public static class SelectorBacktest
{
    /// <summary>Runs.</summary>
    /// <param name="feeds">All symbols, each once.</param>
    /// <param name="options">What is selected, when, and at what cost.</param>
    /// <param name="onSelection">Told every selection, in the order of time; null for nobody.</param>
    /// <param name="onTime">Told about once a day where it is, milliseconds since the Unix epoch, UTC; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">An option is outside its range, a symbol occurs twice, or candles are not at whole multiples of one interval; the
    /// message says which.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static SelectorResult Run(
        IReadOnlyList<SelectorFeed> feeds, SelectorOptions options, Action<SelectionEntry>? onSelection = null, Action<long>? onTime = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var interval = CandleGrid.IntervalOf(feeds);
        using var run = new SelectorRun(feeds, options, interval, onSelection);
        var (first, last) = CandleGrid.Span(feeds);
        for (var open = first; open <= last; open += interval)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (open + interval > options.ToMs) break;
            run.Step(open);
            if (open % CandleGrid.DayMs == 0) onTime?.Invoke(open);
        }
        return run.End();
    }
}
