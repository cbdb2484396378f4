using Granary.Engine.Execution.Placement;

namespace Granary.Backtest.Configuration;

/// <summary>How one strategy's orders are placed, where that differs from the others'.</summary>
public sealed record StrategyPolicy
{
    /// <summary>Name of the strategy, for example momentum; required.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>How its orders are placed; what is left out has the option's default, not the other strategies' value.</summary>
    public PlacementPolicy Policy { get; init; } = new();
}
