using Granary.Engine.Signals;

namespace Granary.Engine.Sizing;

/// <summary>What the market regime multiplies a size with (formulas §4.1).</summary>
public sealed record RegimeFactors
{
    /// <summary>In a high regime; 0 to 10, default 0.5.</summary>
    public decimal High { get; init; } = 0.5m;

    /// <summary>In a normal regime; 0 to 10, default 1.</summary>
    public decimal Normal { get; init; } = 1m;

    /// <summary>In a low regime; 0 to 10, default 0.7.</summary>
    public decimal Low { get; init; } = 0.7m;

    /// <summary>The factor of a regime; 0 where nothing may be opened (Unknown, Extreme).</summary>
    public decimal Of(MarketRegime regime) => regime switch
    {
        MarketRegime.High => High,
        MarketRegime.Normal => Normal,
        MarketRegime.Low => Low,
        _ => 0,
    };

    /// <summary>Checks every factor.</summary>
    /// <exception cref="ArgumentException">A factor is outside its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        ParameterCheck.Within(nameof(High), High, 0, 10);
        ParameterCheck.Within(nameof(Normal), Normal, 0, 10);
        ParameterCheck.Within(nameof(Low), Low, 0, 10);
    }
}
