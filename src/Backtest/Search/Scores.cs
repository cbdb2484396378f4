using Granary.Backtest.Results;
using Granary.Engine.Performance;

namespace Granary.Backtest.Search;

/// <summary>Scores of runs.</summary>
public static class Scores
{
    /// <summary>The score of a run; null where it is undefined, which is worse than any number.</summary>
    public static double? Of(ScoreKind kind, BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return kind switch
        {
            ScoreKind.Net => (double)(result.Equity - result.Cash),
            ScoreKind.Expectancy => TradeMetrics.Compute(result.Trades.Select(t => t.NetPnl)).Expectancy,
            ScoreKind.Calmar => EquityMetrics.Compute([.. result.Days]).Calmar,
            ScoreKind.Sharpe => EquityMetrics.Compute([.. result.Days]).Sharpe,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "expected Sharpe, Net, Calmar or Expectancy"),
        };
    }
}
