using Granary.Engine.Protection;

namespace Granary.Engine.Risk;

/// <summary>Limits and protection that go together: both have the same stop, so that a size risks what it says.</summary>
/// <param name="Name">Name in configuration and messages.</param>
/// <param name="Limits">The account's limits.</param>
/// <param name="Guard">The positions' protection.</param>
public sealed record RiskProfile(string Name, RiskLimits Limits, GuardParameters Guard);
