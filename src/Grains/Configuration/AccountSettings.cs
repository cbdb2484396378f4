using Granary.Engine.Risk;

namespace Granary.Grains.Configuration;

/// <summary>One account's settings.</summary>
public sealed record AccountSettings
{
    /// <summary>Account name: 1 to 8 letters or digits; part of every client order id.</summary>
    public required string Name { get; init; }

    /// <summary>Limits of the account.</summary>
    public RiskLimits Limits { get; init; } = new();
}
