namespace Granary.Venues.Ports;

/// <summary>What an account has set for a symbol.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Leverage">1 or more.</param>
/// <param name="IsIsolated">Whether positions have a margin of their own; null where the venue's word for it is not known.</param>
/// <param name="NotionalMax">Largest notional at this leverage, quote units.</param>
public sealed record SymbolSettings(string Symbol, int Leverage, bool? IsIsolated, decimal NotionalMax);
