using Granary.Engine.Risk;
using Granary.Engine.Sizing;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>One account.</summary>
public sealed record AccountSection
{
    /// <summary>Name of the account, part of every client order id; 1 to 8 letters or digits, required.</summary>
    [EntryKey, Matches("[A-Za-z0-9]{1,8}", "1 to 8 letters or digits")]
    public string Name { get; init; } = "";

    /// <summary>Limits of the account.</summary>
    public RiskLimits Limits { get; init; } = new();

    /// <summary>Largest leverage of an entry by its symbol's volatility.</summary>
    public VolatilityLeverage Leverage { get; init; } = new();

    /// <summary>
    /// Whether the account's gross notional is shared out among its symbols in proportion to 1 / volatility, none holding more than its share; a symbol whose
    /// volatility is not known yet then opens nothing; true, false, default false.
    /// </summary>
    public bool RiskParity { get; init; }
}
