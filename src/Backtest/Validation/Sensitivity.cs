using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Search;

namespace Granary.Backtest.Validation;

/// <summary>Moves each parameter by up to 30 % either way, the others as they are (formulas §10.4).</summary>
public static class Sensitivity
{
    private static readonly double[] Changes = [-0.3, -0.15, 0.15, 0.3];

    /// <summary>Runs it.</summary>
    /// <param name="feeds">The markets.</param>
    /// <param name="config">The parameters as they are.</param>
    /// <param name="span">The part of the tape.</param>
    /// <param name="names">The parameters to move.</param>
    /// <param name="score">The score.</param>
    /// <param name="progress">Told the share that is done; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public static SensitivityResult Run(
        IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, IReadOnlyList<string> names, ScoreKind score, Action<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(names);
        var runs = names.SelectMany(name => Changes.Select(change => (Name: Parameters.Find(name).Name, Change: change))).ToList();
        var points = new SensitivityPoint[runs.Count];
        var done = 0;
        var baseScore = ScoreOf(feeds, config, span, score, cancellationToken);
        Parallel.For(0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, i =>
        {
            var (name, change) = runs[i];
            var parameter = Parameters.Find(name);
            var moved = Parameters.Set(config, name, parameter.Get(config) * (1 + change));
            points[i] = new SensitivityPoint(name, change, parameter.Get(moved), ScoreOf(feeds, moved, span, score, cancellationToken));
            progress?.Invoke((double)Interlocked.Increment(ref done) / runs.Count);
        });
        string[] unstable = [.. points.GroupBy(p => p.Parameter).Where(g => IsUnstable(baseScore, g)).Select(g => g.Key)];
        double? plateau = baseScore > 0 && points.Length > 0 ? (double)points.Count(p => p.Score >= baseScore / 2) / points.Length : null;
        return new SensitivityResult(baseScore, points, unstable, plateau);
    }

    private static bool IsUnstable(double? baseScore, IEnumerable<SensitivityPoint> points)
    {
        if (baseScore is not { } score || score == 0) return true;
        double low = score, high = score;
        foreach (var point in points)
        {
            if (point.Score is not { } own) return true;
            (low, high) = (Math.Min(low, own), Math.Max(high, own));
        }
        return (high - low) / Math.Abs(score) > 0.5;
    }

    private static double? ScoreOf(IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, ScoreKind score, CancellationToken cancellationToken)
    {
        try
        {
            return Scores.Of(score, BacktestRunner.Run(feeds, span.Apply(config.ToOptions()), null, cancellationToken));
        }
        catch (ArgumentException)
        {
            // Moved out of its range: as bad as a run without a score.
            return null;
        }
    }
}
