namespace Granary.Grains.Interfaces.Risk;

/// <summary>What became of a stop of the whole engine.</summary>
/// <param name="Stop">The stop in force.</param>
/// <param name="Untold">Accounts that did not answer.</param>
[GenerateSerializer, Immutable, Alias("granary.EngineStopAnswer")]
public sealed record EngineStopAnswer([property: Id(0)] EngineStop Stop, [property: Id(1)] IReadOnlyList<string> Untold);
