using Granary.Engine.Signals;

namespace Granary.Engine.Decisions;

/// <summary>The signals by the names that intents, orders and statistics use.</summary>
public static class SignalNames
{
    /// <summary>Signal A, order flow momentum.</summary>
    public const string Momentum = "momentum";

    /// <summary>Signal B, VWAP mean reversion.</summary>
    public const string Reversion = "reversion";

    /// <summary>Signal C, the volatility regime: what the others may open, and when everything is closed.</summary>
    public const string Regime = "regime";

    /// <summary>The engine's own signals, in the order in which a bar reaches them.</summary>
    public static IReadOnlyList<string> All { get; } = [Regime, Momentum, Reversion];

    /// <summary>The name of who contributes.</summary>
    public static string Of(in SignalContribution contribution) => contribution.Signal switch
    {
        SignalKind.Momentum => Momentum,
        SignalKind.Reversion => Reversion,
        _ => contribution.Rule!,
    };
}
