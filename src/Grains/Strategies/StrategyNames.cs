using Granary.Engine.Decisions;
using Granary.Engine.Rules;
using Granary.Grains.Interfaces.Strategies;

namespace Granary.Grains.Strategies;

/// <summary>The strategies by the names that configuration, intents and the journal use.</summary>
public static class StrategyNames
{
    /// <summary>Signal C, the volatility regime: what the others may open, and when everything is closed.</summary>
    public const string Regime = SignalNames.Regime;

    /// <summary>Signal A, order-flow momentum.</summary>
    public const string Momentum = SignalNames.Momentum;

    /// <summary>Signal B, VWAP mean reversion.</summary>
    public const string Reversion = SignalNames.Reversion;

    /// <summary>The engine's own signals, in the order in which a bar reaches them. Rules (<see cref="RuleCatalog"/>) come after them.</summary>
    public static IReadOnlyList<string> All => SignalNames.All;

    /// <summary>Who keeps the snapshot of a strategy in the journal.</summary>
    public static string OwnerOf(string name, string symbol) => $"strategy/{name}/{symbol}";

    /// <summary>The grain of a strategy for a symbol.</summary>
    /// <exception cref="KeyNotFoundException">There is no strategy of this name; the message lists those there are.</exception>
    public static IStrategyGrain Resolve(IGrainFactory grains, string name, string symbol) => name switch
    {
        Regime => grains.GetGrain<IVolatilityRegimeGrain>(symbol),
        Momentum => grains.GetGrain<IOrderFlowMomentumGrain>(symbol),
        Reversion => grains.GetGrain<IVwapReversionGrain>(symbol),
        _ when StrategyList.IsRule(name) => Rule(grains, name, symbol),
        _ => throw new KeyNotFoundException(StrategyList.Complaint([name])),
    };

    /// <summary>The grain of a rule for a symbol.</summary>
    public static IBarRuleGrain Rule(IGrainFactory grains, string rule, string symbol) => grains.GetGrain<IBarRuleGrain>($"{symbol}/{rule}");
}
