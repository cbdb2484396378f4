namespace Granary.Backtest.Validation;

/// <summary>What a market can do to a strategy.</summary>
public enum StressKind
{
    /// <summary>Prices fall by a tenth within a minute and come back within five.</summary>
    FlashCrash,

    /// <summary>Prices are a twentieth lower from one trade to the next, and stay there.</summary>
    Gap,

    /// <summary>For ten minutes buyers pay half a percent more than sellers get.</summary>
    SpreadBlowOut,

    /// <summary>The exchange is silent for ten minutes, and comes back three percent lower.</summary>
    Outage,
}
