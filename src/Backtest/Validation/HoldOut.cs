using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Search;
using Granary.Engine.Statistics;

namespace Granary.Backtest.Validation;

/// <summary>The chronological split 60/20/20 (formulas §10.4), its test set guarded by a ledger.</summary>
public static class HoldOut
{
    private const int Finalists = 10;

    /// <summary>Runs it.</summary>
    /// <param name="feeds">The markets.</param>
    /// <param name="config">What is not searched.</param>
    /// <param name="span">The part of the tape.</param>
    /// <param name="search">What is searched.</param>
    /// <param name="ledger">Who remembers the look at the test set.</param>
    /// <param name="allowsAgain">Whether a further look is wanted.</param>
    /// <param name="nowMs">When, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="progress">Told the number of trials and the best score so far; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TestSetUsedException">The test set was looked at before; thrown before anything is searched.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static HoldOutResult Run(
        IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, SearchOptions search, TestLedger ledger, bool allowsAgain, long nowMs,
        Action<int, double?>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(ledger);
        search.Validate();
        var (startMs, endMs) = WalkForward.Extent(feeds, config, span, cancellationToken);
        var (validationMs, testMs) = TimeSplits.Chronological(startMs, endMs);
        var looks = ledger.Use([.. feeds.Select(f => f.Symbol)], testMs, endMs, config.ToJson() + string.Join(' ', search.Ranges), allowsAgain, nowMs);
        var found = ParameterSearch.Run(feeds, config, new RunSpan(startMs, startMs, validationMs), search, progress, cancellationToken);
        (SearchTrial Trial, double Score)? chosen = null;
        foreach (var trial in found.Trials.Where(t => t.Score is not null).OrderByDescending(t => t.Score).ThenBy(t => t.Number).Take(Finalists))
        {
            var own = ParameterSearch.Apply(config, search.Ranges, trial.Values);
            var run = BacktestRunner.Run(feeds, new RunSpan(startMs, validationMs, testMs).Apply(own.ToOptions()), null, cancellationToken);
            if (Scores.Of(search.Score, run) is { } score && !(score <= chosen?.Score)) chosen = (trial, score);
        }
        var final = chosen is { } best ? ParameterSearch.Apply(config, search.Ranges, best.Trial.Values) : config;
        var test = BacktestRunner.Run(feeds, new RunSpan(startMs, testMs, endMs).Apply(final.ToOptions()), null, cancellationToken);
        return new HoldOutResult(validationMs, testMs, found, chosen?.Trial, chosen?.Score, test, Scores.Of(search.Score, test), looks);
    }
}
