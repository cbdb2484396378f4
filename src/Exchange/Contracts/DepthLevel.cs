namespace Granary.Exchange.Contracts;

/// <summary>A book level.</summary>
/// <param name="PriceE8">Price, times 10^8.</param>
/// <param name="QuantityE8">Quantity, times 10^8; 0 removes the level in a diff.</param>
public readonly record struct DepthLevel(long PriceE8, long QuantityE8);
