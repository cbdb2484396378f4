using Granary.Backtest.Results;
using Granary.Engine.Performance;
using Granary.Engine.Statistics;

namespace Granary.Backtest.Validation;

/// <summary>
/// Resamples a run's own past: its trades one by one with replacement, or its days in circular blocks. Says how lucky the order of things was, not whether
/// the edge is real. Deterministic for a seed.
/// </summary>
public static class MonteCarlo
{
    private const int StepsMax = 250;
    private const double RuinShare = 0.5;

    private static readonly double[] Levels = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Draws trades; null with fewer than two.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static MonteCarloResult? OfTrades(BacktestResult result, MonteCarloOptions options)
    {
        ArgumentNullException.ThrowIfNull(result);
        return OfTrades((double)result.Cash, [.. result.Trades.Select(t => (double)t.NetPnl)], options);
    }

    /// <summary>Draws trades; null with fewer than two.</summary>
    /// <param name="start">Equity at the start.</param>
    /// <param name="pnls">Net PnL of each trade.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static MonteCarloResult? OfTrades(double start, double[] pnls, MonteCarloOptions options)
    {
        ArgumentNullException.ThrowIfNull(pnls);
        ArgumentNullException.ThrowIfNull(options);
        return pnls.Length < 2 ? null : Draw("bootstrap of the trades", start, pnls.Length, options, 1, i => pnls[i], static (equity, step) => equity + step);
    }

    /// <summary>Draws blocks of days; null with fewer than two daily returns.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static MonteCarloResult? OfDays(BacktestResult result, MonteCarloOptions options)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        var returns = EquityCurve.Returns(EquityCurve.Solvent([.. result.Days]));
        return returns.Length < 2
            ? null
            : Draw(
                $"bootstrap of blocks of {options.BlockDays} days", (double)result.Cash, returns.Length, options, options.BlockDays, i => returns[i],
                static (equity, step) => equity * (1 + step));
    }

    private static MonteCarloResult Draw(
        string method, double start, int length, MonteCarloOptions options, int block, Func<int, double> item, Func<double, double, double> next)
    {
        options.Validate();
        var random = new Random(options.Seed);
        var steps = Math.Min(length, StepsMax);
        var paths = new double[steps + 1][];
        for (var s = 0; s <= steps; s++) paths[s] = new double[options.Paths];
        var drawdowns = new double[options.Paths];
        int losses = 0, ruins = 0;
        for (var p = 0; p < options.Paths; p++)
        {
            double equity = start, peak = start, lowest = start;
            paths[0][p] = start;
            for (int i = 0, at = 0, left = 0; i < length; i++, left--)
            {
                if (left == 0) (at, left) = (random.Next(length), block);
                equity = next(equity, item(at));
                at = (at + 1) % length;
                peak = Math.Max(peak, equity);
                lowest = Math.Min(lowest, equity);
                drawdowns[p] = Math.Min(drawdowns[p], (equity - peak) / peak);
                var step = (int)((long)(i + 1) * steps / length);
                paths[step][p] = equity;
            }
            if (equity < start) losses++;
            if (lowest <= start * RuinShare) ruins++;
        }
        foreach (var step in paths) Array.Sort(step);
        Array.Sort(drawdowns);
        var actual = new double[steps + 1];
        var own = actual[0] = start;
        for (var i = 0; i < length; i++)
        {
            own = next(own, item(i));
            actual[(int)((long)(i + 1) * steps / length)] = own;
        }
        return new MonteCarloResult(
            method, options.Paths, Levels, [.. Levels.Select(level => (IReadOnlyList<double>)[.. paths.Select(step => Sample.Quantile(step, level)!.Value)])],
            actual, [.. Levels.Select(level => Sample.Quantile(paths[steps], level)!.Value)],
            [.. Levels.Select(level => Sample.Quantile(drawdowns, level)!.Value)], (double)losses / options.Paths, (double)ruins / options.Paths);
    }
}
