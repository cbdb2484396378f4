namespace Granary.Client.Api;

/// <summary>How much of a limit is used.</summary>
public sealed record RiskLimitBody
{
    /// <summary>Name of the option.</summary>
    public string Name { get; init; } = "";

    /// <summary>In the limit's unit.</summary>
    public decimal Used { get; init; }

    /// <summary>The limit.</summary>
    public decimal Max { get; init; }
}
