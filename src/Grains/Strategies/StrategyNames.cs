using Granary.Grains.Interfaces.Strategies;

namespace Granary.Grains.Strategies;

/// <summary>The strategies by the names that configuration, intents and the journal use.</summary>
public static class StrategyNames
{
    /// <summary>Order-flow momentum.</summary>
    public const string Momentum = "momentum";

    /// <summary>Every name that can be configured.</summary>
    public static IReadOnlyList<string> All { get; } = [Momentum];

    /// <summary>The grain of a strategy for a symbol.</summary>
    /// <exception cref="KeyNotFoundException">There is no strategy of this name; the message lists those there are.</exception>
    public static IStrategyGrain Resolve(IGrainFactory grains, string name, string symbol) => name switch
    {
        Momentum => grains.GetGrain<IOrderFlowMomentumGrain>(symbol),
        _ => throw new KeyNotFoundException($"there is no strategy '{name}'; configure one of: {string.Join(", ", All)}"),
    };
}
