using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Results;
using Granary.Backtest.Search;
using Granary.Engine.Performance;
using Granary.Engine.Statistics;

namespace Granary.Backtest.Validation;

/// <summary>
/// Rolling walk-forward (formulas §10.2): parameters are chosen on a window, tested on what follows, and the window moves on. The tests together are what the
/// procedure would have earned.
/// </summary>
public static class WalkForward
{
    private const long DayMs = 86_400_000;

    /// <summary>Runs it.</summary>
    /// <param name="feeds">The markets.</param>
    /// <param name="config">What is not searched.</param>
    /// <param name="span">The part of the tape; its beginning counts from the first event, on the UTC day.</param>
    /// <param name="windows">Days to choose on, to test on, and to move on by.</param>
    /// <param name="search">What is searched in each window; its journal is not used.</param>
    /// <param name="progress">Told the share that is done; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The tape is too short for one window, or an option is outside its range.</exception>
    public static WalkForwardResult Run(
        IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, (int TrainDays, int TestDays, int StepDays) windows, SearchOptions search,
        Action<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(search);
        var (startMs, endMs) = Extent(feeds, config, span, cancellationToken);
        var days = (int)((endMs - startMs) / DayMs);
        var folds = TimeSplits.WalkForward(0, days, windows.TrainDays, windows.TestDays, windows.StepDays);
        if (folds.Count == 0)
            throw new ArgumentException(
                $"the tape has {days} whole days, a window needs {windows.TrainDays} to choose on and {windows.TestDays} to test on; "
                + "take shorter windows or more data");
        var segments = new List<WalkForwardSegment>();
        var equity = new List<EquityPoint>();
        var sum = 0;
        var total = config.Cash;
        foreach (var fold in folds)
        {
            var (trainMs, testMs, testEndMs) = (startMs + (fold.TrainFrom * DayMs), startMs + (fold.TestFrom * DayMs), startMs + (fold.TestTo * DayMs));
            var found = ParameterSearch.Run(
                feeds, config, new RunSpan(trainMs - config.WarmUpMs, trainMs, testMs), search with { JournalPath = null }, null, cancellationToken);
            var best = found.Best;
            var chosen = best is null ? config : ParameterSearch.Apply(config, search.Ranges, best.Values);

            // The window that was chosen on warms up the test.
            var test = BacktestRunner.Run(feeds, new RunSpan(trainMs, testMs, testEndMs).Apply(chosen.ToOptions()), null, cancellationToken);
            Append(equity, test, testMs, ref total);
            segments.Add(new WalkForwardSegment(
                trainMs, testMs, testEndMs, search.Ranges.ToDictionary(r => r.Name, r => Parameters.Find(r.Name).Get(chosen)), best?.Score,
                Scores.Of(search.Score, test), test.Equity - test.Cash, test.Trades.Count));
            progress?.Invoke((double)++sum / folds.Count);
        }
        return new WalkForwardResult(segments, equity, EquityMetrics.Compute([.. equity]), (int)Math.Min(search.Combinations, search.TrialsMax));
    }

    internal static (long StartMs, long EndMs) Extent(IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        var whole = BacktestRunner.Run(feeds, span.Apply(config.ToOptions() with { Strategies = _ => [] }), null, cancellationToken);
        var startMs = whole.StartMs % DayMs == 0 ? whole.StartMs : whole.StartMs - (whole.StartMs % DayMs);
        var endMs = whole.EndMs + 1;
        return (startMs, endMs % DayMs > DayMs - 3_600_000 ? endMs - (endMs % DayMs) + DayMs : endMs);
    }

    /// <summary>One account after the other: each test earns what its return makes of what the ones before left. Overlaps of tests are left out.</summary>
    private static void Append(List<EquityPoint> equity, BacktestResult test, long testMs, ref decimal total)
    {
        if (equity.Count == 0) equity.Add(new EquityPoint(testMs, total));
        var from = total;
        for (var i = 1; i < test.Days.Count; i++)
        {
            if (test.Days[i].TimeMs <= equity[^1].TimeMs) continue;
            total = decimal.Round(from * test.Days[i].Equity / test.Cash, 8);
            equity.Add(new EquityPoint(test.Days[i].TimeMs, total));
        }
    }
}
