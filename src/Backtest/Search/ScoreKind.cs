namespace Granary.Backtest.Search;

/// <summary>What makes one run better than another.</summary>
public enum ScoreKind
{
    /// <summary>Sharpe ratio of the daily returns.</summary>
    Sharpe,

    /// <summary>Change of equity.</summary>
    Net,

    /// <summary>Annual growth over the deepest drawdown.</summary>
    Calmar,

    /// <summary>Mean net PnL of a trade.</summary>
    Expectancy,
}
