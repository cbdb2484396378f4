using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Search;

namespace Granary.Backtest.Validation;

/// <summary>Runs unchanged parameters over each symbol by itself: an edge that is real is seldom one symbol's alone.</summary>
public static class SymbolTransfer
{
    /// <summary>Runs it; bars are sized by each symbol's own volume unless the configuration says otherwise.</summary>
    public static IReadOnlyList<TransferReport> Run(
        IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, ScoreKind score, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(config);
        return
        [
            .. feeds.Select(feed =>
            {
                var run = BacktestRunner.Run([feed], span.Apply(config.ToOptions()), null, cancellationToken);
                return new TransferReport(feed.Symbol, Scores.Of(score, run), run.Equity - run.Cash, run.Trades.Count, run.DeepestDrawdown);
            }),
        ];
    }
}
