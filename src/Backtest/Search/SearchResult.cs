using Granary.Backtest.Validation;

namespace Granary.Backtest.Search;

/// <summary>What a search came to.</summary>
/// <param name="Ranges">What was searched.</param>
/// <param name="Trials">The trials by number.</param>
/// <param name="Resumed">How many of them were read from the journal.</param>
public sealed record SearchResult(IReadOnlyList<ParameterRange> Ranges, IReadOnlyList<SearchTrial> Trials, int Resumed)
{
    /// <summary>The trial of the highest score, the first of equals; null when no score is defined.</summary>
    public SearchTrial? Best => Trials.Where(t => t.Score is not null).OrderByDescending(t => t.Score).ThenBy(t => t.Number).FirstOrDefault();

    /// <summary>The daily Sharpe ratios of all trials, for deflation.</summary>
    public double[] Sharpes => [.. Trials.Where(t => t.SharpePerDay is not null).Select(t => t.SharpePerDay!.Value)];

    /// <summary>The best score over each pair of values of the first two parameters; null with one parameter.</summary>
    public ParameterSurface? Surface
    {
        get
        {
            if (Ranges.Count < 2) return null;
            var (x, y) = (Ranges[0], Ranges[1]);
            double[] xs = [.. Enumerable.Range(0, x.Count).Select(i => x[i])], ys = [.. Enumerable.Range(0, y.Count).Select(i => y[i])];
            var cells = Trials.GroupBy(t => (t.Values[0], t.Values[1])).ToDictionary(g => g.Key, g => g.Max(t => t.Score));
            return new ParameterSurface(
                x.Name, y.Name, xs, ys, [.. ys.Select(v => (IReadOnlyList<double?>)[.. xs.Select(u => cells.GetValueOrDefault((u, v)))])]);
        }
    }
}
