using System.Globalization;
using Granary.Backtest.Feeds;

namespace Granary.Backtest.Validation;

/// <summary>
/// Looks for decisions that depend on the future: the tape is cut off right after a decision, and the run over what is left must have come to the same orders
/// up to there, that decision included. A strategy that looks one single bar ahead is caught at its first order. And it looks for decisions that depend on how
/// long the warm-up was.
/// </summary>
public static class LeakCheck
{
    /// <summary>Runs it.</summary>
    /// <param name="feeds">The markets.</param>
    /// <param name="options">On what terms. Strategies must take their data from the feed that they are made for.</param>
    /// <param name="cutsMax">Decisions that are checked at most, evenly spread; 1 or more.</param>
    /// <param name="warmUpsMs">Warm-ups to compare, milliseconds; empty for none. The longest is the measure.</param>
    /// <param name="progress">Told how far it is, 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static LeakReport Run(
        IReadOnlyList<MarketFeed> feeds, BacktestOptions options, int cutsMax = 40, IReadOnlyList<long>? warmUpsMs = null, Action<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(cutsMax, 1);
        var whole = Lines(feeds, options, cancellationToken);
        long[] decisions = [.. whole.Where(l => l.IsOrder).Select(l => l.TimeMs).Distinct()];
        long[] cuts = [.. Enumerable.Range(0, Math.Min(cutsMax, decisions.Length))
            .Select(i => decisions[(int)((long)i * decisions.Length / Math.Min(cutsMax, decisions.Length))]).Distinct()];
        int leaks = 0, done = 0;
        long? firstMs = null;
        var first = "";
        foreach (var cut in cuts)
        {
            var end = cut + 1;
            var part = Lines([.. feeds.Select(f => f.Until(end))], options with { ToMs = Math.Min(options.ToMs, end) }, cancellationToken);
            var expected = whole.Where(l => l.TimeMs < end).ToList();
            var at = 0;
            while (at < expected.Count && at < part.Count && expected[at].Text == part[at].Text) at++;
            if (at < expected.Count || at < part.Count)
            {
                leaks++;
                if (firstMs is null)
                {
                    firstMs = cut;
                    var (with, without) = (at < expected.Count ? expected[at].Text : "nothing", at < part.Count ? part[at].Text : "nothing");
                    first = $"whole tape: {with}; without its future: {without}";
                }
            }
            progress?.Invoke((double)++done / (cuts.Length + 1));
        }
        return new LeakReport(cuts.Length, leaks, firstMs, first, WarmUps(feeds, options, warmUpsMs ?? [], cancellationToken));
    }

    private static List<WarmUpReport> WarmUps(
        IReadOnlyList<MarketFeed> feeds, BacktestOptions options, IReadOnlyList<long> warmUpsMs, CancellationToken cancellationToken)
    {
        if (warmUpsMs.Count == 0) return [];
        long[] lengths = [.. warmUpsMs.OrderDescending()];
        var firstMs = feeds.Min(feed => feed.FirstMs());
        var tradeFromMs = Math.Max(options.TradeFromMs, Math.Max(firstMs, options.FromMs) + lengths[0]);
        HashSet<string>? measure = null;
        var reports = new List<WarmUpReport>();
        foreach (var length in lengths)
        {
            var lines = Lines(feeds, options with { FromMs = tradeFromMs - length, TradeFromMs = tradeFromMs }, cancellationToken);
            // Without the sequence of their ids: one order more must not make all that follow different.
            var orders = lines.Where(l => l.IsOrder).Select(l => l.Text[(l.Text.IndexOf(',', "order,".Length) + 1)..]).ToHashSet(StringComparer.Ordinal);
            measure ??= orders;
            reports.Add(new WarmUpReport(length, orders.Count, orders.Except(measure).Count() + measure.Except(orders).Count()));
        }
        return reports;
    }

    private static List<Line> Lines(IReadOnlyList<MarketFeed> feeds, BacktestOptions options, CancellationToken cancellationToken)
    {
        var lines = new List<Line>();
        BacktestRunner.Run(feeds, options with { OnOrderLine = text => lines.Add(Line.Of(text)) }, null, cancellationToken);
        return lines;
    }

    private readonly record struct Line(string Text, bool IsOrder, long TimeMs)
    {
        public static Line Of(string text)
        {
            var line = text.TrimEnd('\n');
            return new Line(
                line, line.StartsWith("order,", StringComparison.Ordinal),
                long.Parse(line.AsSpan(line.LastIndexOf(',') + 1), CultureInfo.InvariantCulture));
        }
    }
}
