using Granary.Engine.Decisions;
using Granary.Grains.Interfaces.Strategies;

namespace Granary.Grains.Strategies;

/// <summary>The strategies by the names that configuration, intents and the journal use.</summary>
public static class StrategyNames
{
    /// <summary>Signal C, the volatility regime: what the others may open, and when everything is closed.</summary>
    public const string Regime = "regime";

    /// <summary>Signal A, order-flow momentum.</summary>
    public const string Momentum = SignalNames.Momentum;

    /// <summary>Signal B, VWAP mean reversion.</summary>
    public const string Reversion = SignalNames.Reversion;

    /// <summary>Every name that can be configured, in the order in which a bar reaches them.</summary>
    public static IReadOnlyList<string> All { get; } = [Regime, Momentum, Reversion];

    /// <summary>Who keeps the snapshot of a strategy in the journal.</summary>
    public static string OwnerOf(string name, string symbol) => $"strategy/{name}/{symbol}";

    /// <summary>The grain of a strategy for a symbol.</summary>
    /// <exception cref="KeyNotFoundException">There is no strategy of this name; the message lists those there are.</exception>
    public static IStrategyGrain Resolve(IGrainFactory grains, string name, string symbol) => name switch
    {
        Regime => grains.GetGrain<IVolatilityRegimeGrain>(symbol),
        Momentum => grains.GetGrain<IOrderFlowMomentumGrain>(symbol),
        Reversion => grains.GetGrain<IVwapReversionGrain>(symbol),
        _ => throw new KeyNotFoundException($"there is no strategy '{name}'; configure one of: {string.Join(", ", All)}"),
    };

    /// <summary>Says what is wrong with a symbol's list of strategies; null when nothing is.</summary>
    public static string? Complaint(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => !All.Contains(name)) is { } unknown)
            return $"there is no strategy '{unknown}'; configure one of: {string.Join(", ", All)}";
        return names.Contains(Reversion) && !(names.Contains(Regime) && names.Contains(Momentum))
            ? $"{Reversion} needs {Regime} and {Momentum}, whose decisions it rests on; configure all three, or leave {Reversion} out"
            : null;
    }
}
