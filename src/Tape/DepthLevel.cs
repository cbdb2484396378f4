namespace Granary.Tape;

/// <summary>One price of an order book.</summary>
/// <param name="PriceE8">Price in quote units, times 10^8.</param>
/// <param name="QuantityE8">Quantity there in base units, times 10^8; in a change 0 takes the price away.</param>
public readonly record struct DepthLevel(long PriceE8, long QuantityE8);
