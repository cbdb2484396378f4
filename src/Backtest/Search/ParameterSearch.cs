using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Results;
using Granary.Engine.Performance;
using Granary.Engine.Statistics;

namespace Granary.Backtest.Search;

/// <summary>
/// Tries configurations, several at once. The trials and their order depend on the options only, not on the number of workers nor on interruptions: they are
/// chosen in rounds of a fixed size, each from the rounds before.
/// </summary>
public static class ParameterSearch
{
    private const int RoundTrials = 16;

    /// <summary>Searches.</summary>
    /// <param name="feeds">The markets.</param>
    /// <param name="config">What is not searched.</param>
    /// <param name="span">From and to, milliseconds since the Unix epoch, UTC, and where trading begins.</param>
    /// <param name="options">What is searched.</param>
    /// <param name="progress">Told the number of trials done and the best score so far; null for nobody.</param>
    /// <param name="cancellationToken">Ends it; what is done stays in the journal.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="InvalidDataException">The journal is of another search or damaged.</exception>
    public static SearchResult Run(
        IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, SearchOptions options, Action<int, double?>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var journal = new SearchJournal(options.JournalPath, Subject(feeds, config, span, options));
        var source = new TrialSource(options);
        var trials = new List<SearchTrial>();
        var done = new List<(int[] Place, double? Score)>();
        int resumed = 0, finished = 0;
        double? best = null;
        while (trials.Count < options.TrialsMax)
        {
            var places = source.Next(trials.Count, Math.Min(RoundTrials, options.TrialsMax - trials.Count), done);
            if (places.Count == 0) break;
            var first = trials.Count;
            var round = new SearchTrial[places.Count];
            Parallel.For(0, places.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellationToken }, i =>
            {
                double[] values = [.. places[i].Select((at, p) => options.Ranges[p][at])];
                if (journal.Found.TryGetValue(first + i, out var known) && known.Values.SequenceEqual(values))
                {
                    round[i] = known;
                    Interlocked.Increment(ref resumed);
                    return;
                }
                round[i] = Try(feeds, config, span, options, first + i, values, cancellationToken);
                lock (journal)
                {
                    journal.Add(round[i]);
                    finished++;
                    if (round[i].Score is { } score && !(score <= best)) best = score;
                    progress?.Invoke(first + finished, best);
                }
            });
            finished = 0;
            trials.AddRange(round);
            done.AddRange(round.Select((trial, i) => (places[i], trial.Score)));
        }
        return new SearchResult(options.Ranges, trials, resumed);
    }

    /// <summary>The configuration of a trial.</summary>
    public static RunConfig Apply(RunConfig config, IReadOnlyList<ParameterRange> ranges, IReadOnlyList<double> values)
    {
        for (var i = 0; i < ranges.Count; i++) config = Parameters.Set(config, ranges[i].Name, values[i]);
        return config;
    }

    private static SearchTrial Try(
        IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, SearchOptions options, int number, double[] values,
        CancellationToken cancellationToken)
    {
        BacktestResult result;
        try
        {
            result = BacktestRunner.Run(feeds, span.Apply(Apply(config, options.Ranges, values).ToOptions()), null, cancellationToken);
        }
        catch (ArgumentException)
        {
            // A combination that the strategy refuses, for example a fast mean longer than the slow one, has no score.
            return new SearchTrial(number, values, null, null, 0, 0, "", []);
        }
        var returns = EquityCurve.Returns(EquityCurve.Solvent([.. result.Days]));
        double? sharpe = Sample.StandardDeviation(returns) is { } deviation && deviation > 0 ? Sample.Mean(returns) / deviation : null;
        return new SearchTrial(number, values, Scores.Of(options.Score, result), sharpe, result.Equity - result.Cash, result.Trades.Count, result.OrderHash,
            returns);
    }

    private static string Subject(IReadOnlyList<MarketFeed> feeds, RunConfig config, RunSpan span, SearchOptions options)
    {
        var (symbols, ranges) = (string.Join(' ', feeds.Select(f => f.Symbol)), string.Join(' ', options.Ranges));
        var text = $"{symbols}|{config.ToJson()}|{span}|{options.Method}|{options.Score}|{options.Seed}|{ranges}";
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
        return $"{string.Join(' ', options.Ranges.Select(r => r.Name))} on {symbols}, {Convert.ToHexStringLower(hash)[..16]}";
    }
}
