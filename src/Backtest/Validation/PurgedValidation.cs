using Granary.Engine.Statistics;

namespace Granary.Backtest.Validation;

/// <summary>
/// Judges a search by what its choice earns on days that it was not chosen on. A day's label lasts until the positions opened on it are surely closed; days
/// whose labels touch the fold are purged, and those after it are under embargo.
/// </summary>
public static class PurgedValidation
{
    /// <summary>Runs it over the daily returns of all configurations.</summary>
    /// <param name="returns">For each configuration the return of each day; all of the same days.</param>
    /// <param name="folds">Number of folds, 2 or more.</param>
    /// <param name="labelDays">Days that a position may be open beyond the day it was opened on, 0 or more.</param>
    /// <param name="embargoDays">Days left out after each fold, 0 or more.</param>
    /// <exception cref="ArgumentException">The configurations have different days, or there are fewer days than folds.</exception>
    public static PurgedResult Run(IReadOnlyList<double[]> returns, int folds, int labelDays, int embargoDays)
    {
        ArgumentNullException.ThrowIfNull(returns);
        ArgumentOutOfRangeException.ThrowIfNegative(labelDays);
        var days = returns.Count == 0 ? 0 : returns[0].Length;
        if (returns.FirstOrDefault(r => r.Length != days) is { } other)
            throw new ArgumentException($"a configuration has {other.Length} days, another {days}; run all over the same span", nameof(returns));
        long[] starts = [.. Enumerable.Range(0, days).Select(d => (long)d)], ends = [.. starts.Select(d => d + labelDays)];
        var choices = new List<PurgedChoice>();
        foreach (var fold in PurgedFolds.Make(starts, ends, folds, embargoDays))
        {
            (int Index, double Sharpe)? best = null;
            for (var i = 0; i < returns.Count; i++)
            {
                double[] train = [.. fold.Train.Select(d => returns[i][d])];
                if (SharpeOf(train) is { } sharpe && !(sharpe <= best?.Sharpe)) best = (i, sharpe);
            }
            double?[] tests = [.. returns.Select(r => SharpeOf(r.AsSpan(fold.TestFrom, fold.TestTo - fold.TestFrom)))];
            var own = best is { } found ? tests[found.Index] : null;
            double? rank = own is null || tests.Length < 2 ? null : (double)tests.Count(t => t < own) / (tests.Length - 1);
            choices.Add(new PurgedChoice(fold.TestFrom, fold.TestTo, fold.Train.Count, best?.Index, best?.Sharpe, own, rank));
        }
        var ranked = choices.Where(c => c.TestRank is not null).ToList();
        return new PurgedResult(choices, ranked.Count == 0 ? null : (double)ranked.Count(c => c.TestRank < 0.5) / ranked.Count);
    }

    private static double? SharpeOf(ReadOnlySpan<double> returns) =>
        Sample.StandardDeviation(returns) is { } deviation && deviation > 0 ? Sample.Mean(returns) / deviation : null;
}
