using Granary.Backtest.Feeds;
using Granary.Backtest.Results;

namespace Granary.Backtest.Validation;

/// <summary>Replays a recorded market with a disaster in it, while a position is held.</summary>
public static class StressTest
{
    /// <summary>Runs every stress.</summary>
    /// <param name="feeds">The markets; all are hit at once.</param>
    /// <param name="options">On what terms.</param>
    /// <param name="calm">The run without stress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static IReadOnlyList<StressReport> Run(
        IReadOnlyList<MarketFeed> feeds, BacktestOptions options, BacktestResult calm, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(calm);
        var atMs = MomentOf(calm);
        var reports = new List<StressReport>();
        foreach (var kind in Enum.GetValues<StressKind>())
        {
            var path = new StressPath(kind, atMs);
            var run = BacktestRunner.Run([.. feeds.Select(f => f.Stressed(path))], options, null, cancellationToken);
            reports.Add(new StressReport(
                kind, atMs, run.Equity - run.Cash, run.Equity - calm.Equity, run.DeepestDrawdown, run.Liquidations, run.Trades.Count));
        }
        return reports;
    }

    /// <summary>Just after the entry of the trade in the middle; without trades the middle of the run.</summary>
    private static long MomentOf(BacktestResult calm) =>
        calm.Trades.Count > 0 ? calm.Trades[calm.Trades.Count / 2].EntryMs + 1 : calm.StartMs + ((calm.EndMs - calm.StartMs) / 2);
}
