namespace Granary.Grains.Interfaces.Risk;

/// <summary>What a stress scenario would do to the account.</summary>
/// <param name="Name">What operators call it.</param>
/// <param name="Profit">Quote units; negative is a loss.</param>
[GenerateSerializer, Immutable, Alias("granary.RiskScenario")]
public sealed record RiskScenario([property: Id(0)] string Name, [property: Id(1)] decimal Profit);
