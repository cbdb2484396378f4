using Granary.Engine.Risk;
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
}
