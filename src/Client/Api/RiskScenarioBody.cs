namespace Granary.Client.Api;

/// <summary>What a stress scenario would do to the account.</summary>
public sealed record RiskScenarioBody
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Negative is a loss.</summary>
    public decimal Profit { get; init; }
}
