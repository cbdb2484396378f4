namespace Granary.Grains.Risk;

/// <summary>An order that the gate has reserved for and that is not over yet.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Version">First version of execution's view that contains it; <see cref="long.MaxValue"/> while execution has not confirmed it.</param>
/// <param name="SinceMs">Engine time of its approval; <see cref="long.MaxValue"/> while the journal does not have it.</param>
internal readonly record struct InFlight(string Symbol, long Version, long SinceMs);
