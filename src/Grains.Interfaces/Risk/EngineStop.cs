namespace Granary.Grains.Interfaces.Risk;

/// <summary>A stop of the whole engine.</summary>
/// <param name="Action">None, ReduceOnly, Halt or Flatten.</param>
/// <param name="Who">Who made or lifted it.</param>
/// <param name="Reason">Why.</param>
/// <param name="TimeMs">When, milliseconds since the Unix epoch, UTC; 0 when there never was one.</param>
[GenerateSerializer, Immutable, Alias("granary.EngineStop")]
public sealed record EngineStop(
    [property: Id(0)] string Action,
    [property: Id(1)] string Who,
    [property: Id(2)] string Reason,
    [property: Id(3)] long TimeMs);
