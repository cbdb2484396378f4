using Granary.Engine.Signals;

namespace Granary.Engine.Decisions;

/// <summary>The signals by the names that intents, orders and statistics use.</summary>
public static class SignalNames
{
    /// <summary>Signal A, order flow momentum.</summary>
    public const string Momentum = "momentum";

    /// <summary>Signal B, VWAP mean reversion.</summary>
    public const string Reversion = "reversion";

    /// <summary>The name of a signal.</summary>
    public static string Of(SignalKind signal) => signal == SignalKind.Momentum ? Momentum : Reversion;
}
