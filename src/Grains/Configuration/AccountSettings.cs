using Granary.Engine.Risk;
using Granary.Engine.Sizing;

namespace Granary.Grains.Configuration;

/// <summary>One account's settings.</summary>
public sealed record AccountSettings
{
    /// <summary>Account name: 1 to 8 letters or digits; part of every client order id.</summary>
    public required string Name { get; init; }

    /// <summary>Limits of the account.</summary>
    public RiskLimits Limits { get; init; } = new();

    /// <summary>Largest leverage of an entry by its symbol's volatility.</summary>
    public VolatilityLeverage Leverage { get; init; } = new();

    /// <summary>
    /// Whether the account's gross notional is shared out among its symbols in proportion to 1 / volatility (formulas §11.1): none holds more than its share.
    /// A symbol whose volatility is not known yet opens nothing then. Default false.
    /// </summary>
    public bool RiskParity { get; init; }
}
