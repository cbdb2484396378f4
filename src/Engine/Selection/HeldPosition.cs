namespace Granary.Engine.Selection;

/// <summary>A position as it is before a rebalance.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Quantity">Signed base units; positive is long.</param>
/// <param name="Price">Last known price, quote units, above 0.</param>
public sealed record HeldPosition(string Symbol, decimal Quantity, decimal Price);
