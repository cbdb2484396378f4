namespace Granary.Grains.Interfaces.Symbols;

/// <summary>The volume of one completed UTC day.</summary>
/// <param name="DayStartMs">Start of the day, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Volume">Base units.</param>
[GenerateSerializer, Immutable, Alias("granary.DayVolume")]
public readonly record struct DayVolume([property: Id(0)] long DayStartMs, [property: Id(1)] decimal Volume);
