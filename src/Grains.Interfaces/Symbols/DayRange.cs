namespace Granary.Grains.Interfaces.Symbols;

/// <summary>Consecutive UTC days.</summary>
/// <param name="FirstMs">Start of the first day, milliseconds since the Unix epoch, UTC.</param>
/// <param name="LastMs">Start of the last day.</param>
[GenerateSerializer, Immutable, Alias("granary.DayRange")]
public readonly record struct DayRange([property: Id(0)] long FirstMs, [property: Id(1)] long LastMs);
