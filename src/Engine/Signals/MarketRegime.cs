namespace Granary.Engine.Signals;

/// <summary>What the volatility regime allows (formulas §3.3).</summary>
public enum MarketRegime
{
    /// <summary>An input has no value yet: no new positions.</summary>
    Unknown,

    /// <summary>Crash, spike or liquidity crisis: everything is closed and nothing opened.</summary>
    Extreme,

    /// <summary>High volatility, bars come fast: momentum only.</summary>
    High,

    /// <summary>Low volatility, bars come slowly: mean reversion only.</summary>
    Low,

    /// <summary>Everything else: both signals.</summary>
    Normal,
}
