namespace Granary.Exchange.Contracts;

/// <summary>What ends when an incoming order meets a resting order of its own account (selfTradePreventionMode).</summary>
public enum SelfTradePrevention
{
    /// <summary>Not said: the exchange lets the incoming order expire, as with <see cref="ExpireTaker"/>.</summary>
    None,

    /// <summary>The incoming order.</summary>
    ExpireTaker,

    /// <summary>The resting order; the incoming one goes on.</summary>
    ExpireMaker,

    /// <summary>Both.</summary>
    ExpireBoth,
}
