using Granary.Engine.Protection;

namespace Granary.Engine.Risk;

/// <summary>Limits and protection that go together: sizes are made with the protection's hard stop.</summary>
/// <param name="Name">Name in configuration and messages.</param>
/// <param name="Limits">The account's limits.</param>
/// <param name="Guard">The positions' protection.</param>
public sealed record RiskProfile(string Name, RiskLimits Limits, GuardParameters Guard);
