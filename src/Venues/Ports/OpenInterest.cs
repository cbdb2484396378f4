namespace Granary.Venues.Ports;

/// <summary>Open contracts of a symbol.</summary>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Value">Quote units; null where the venue does not say.</param>
public readonly record struct OpenInterest(long TimeMs, decimal Quantity, decimal? Value);
