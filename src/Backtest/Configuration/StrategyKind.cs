namespace Granary.Backtest.Configuration;

/// <summary>The strategies that a configuration can name.</summary>
public enum StrategyKind
{
    /// <summary>The engine's three signals.</summary>
    Signals,

    /// <summary>Crossing averages, over candles.</summary>
    Cross,

    /// <summary>Buy and hold.</summary>
    Hold,

    /// <summary>A coin flip, to measure costs.</summary>
    Coin,

    /// <summary>A plain market maker over a recorded book: two resting orders that follow the middle. It passes no gate: that allows one order.</summary>
    Quote,
}
