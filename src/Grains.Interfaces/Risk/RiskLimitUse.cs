namespace Granary.Grains.Interfaces.Risk;

/// <summary>How much of a limit is used.</summary>
/// <param name="Name">Name of the option under Accounts:Limits.</param>
/// <param name="Used">In the limit's unit.</param>
/// <param name="Max">The limit.</param>
[GenerateSerializer, Immutable, Alias("granary.RiskLimitUse")]
public sealed record RiskLimitUse([property: Id(0)] string Name, [property: Id(1)] decimal Used, [property: Id(2)] decimal Max);
