using Granary.Engine.Statistics;

namespace Granary.Engine.Performance;

/// <summary>
/// Value at risk and expected shortfall of the book as it is now (formulas §9.7): today's signed notionals under the returns of past periods. Historical: the
/// quantile of those profits, linear between order statistics, and the mean of the ones at or below it. Parametric: normal with their mean and standard
/// deviation (ddof 1), which is the same as with the returns' means and covariance matrix, since the profit is linear in the returns.
/// </summary>
public static class PortfolioRisk
{
    /// <summary>The book's profit in every period, quote units, oldest first; empty without periods.</summary>
    /// <param name="positions">The book; a symbol at most once.</param>
    /// <param name="history">Returns of at least the book's symbols, all of the same periods.</param>
    /// <exception cref="ArgumentException">A symbol has no returns, or not as many as the others, or one that is not finite; the message names it.</exception>
    public static double[] Profits(IReadOnlyList<PortfolioPosition> positions, IReadOnlyList<PortfolioReturns> history)
    {
        var periods = history.Count == 0 ? 0 : history[0].Returns.Count;
        var profits = new double[periods];
        foreach (var position in positions)
        {
            var returns = Find(history, position.Symbol).Returns;
            if (returns.Count != periods)
            {
                throw new ArgumentException(
                    $"{position.Symbol} has {returns.Count} returns, {history[0].Symbol} has {periods}; they must be of the same periods");
            }
            var notional = (double)position.Notional;
            for (var i = 0; i < periods; i++)
            {
                if (!double.IsFinite(returns[i])) throw new ArgumentException($"return {i} of {position.Symbol} is not a number");
                profits[i] += notional * returns[i];
            }
        }
        return profits;
    }

    /// <summary>Tail by the periods themselves; null without periods.</summary>
    /// <param name="profits">Profits of past periods, quote units.</param>
    /// <param name="level">Confidence.</param>
    public static PortfolioTail? Historical(ReadOnlySpan<double> profits, PortfolioTailLevel level)
    {
        if (profits.IsEmpty) return null;
        var sorted = profits.ToArray();
        Array.Sort(sorted);
        var quantile = SortedWindow.OfSorted(sorted, 1 - level.Confidence);
        var (sum, count) = (0.0, 0);
        foreach (var profit in sorted)
        {
            if (profit > quantile) break;
            (sum, count) = (sum + profit, count + 1);
        }
        return new PortfolioTail(-quantile, -(sum / count));
    }

    /// <summary>Tail by the normal distribution; null with fewer than two periods.</summary>
    /// <param name="profits">Profits of past periods, quote units.</param>
    /// <param name="level">Confidence.</param>
    public static PortfolioTail? Parametric(ReadOnlySpan<double> profits, PortfolioTailLevel level)
    {
        if (profits.Length < 2) return null;
        var mean = 0.0;
        foreach (var profit in profits) mean += profit;
        mean /= profits.Length;
        var squares = 0.0;
        foreach (var profit in profits) squares += (profit - mean) * (profit - mean);
        var deviation = Math.Sqrt(squares / (profits.Length - 1));
        return new PortfolioTail((level.NormalQuantile * deviation) - mean, (level.NormalShortfall * deviation) - mean);
    }

    private static PortfolioReturns Find(IReadOnlyList<PortfolioReturns> history, string symbol)
    {
        foreach (var returns in history)
        {
            if (returns.Symbol == symbol) return returns;
        }
        throw new ArgumentException($"{symbol} is in the book, but has no returns; add its history or leave the position out");
    }
}
