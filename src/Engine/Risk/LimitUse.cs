namespace Granary.Engine.Risk;

/// <summary>How much of a limit is used.</summary>
/// <param name="Name">The limit's name in <see cref="RiskLimits"/>.</param>
/// <param name="Used">In the limit's own unit.</param>
/// <param name="Max">The limit.</param>
public sealed record LimitUse(string Name, decimal Used, decimal Max);
