namespace Granary.Engine.Book;

/// <summary>One price of an order book.</summary>
/// <param name="PriceE8">Price in quote units, times 10^8; above 0.</param>
/// <param name="QuantityE8">Quantity resting there in base units, times 10^8; in a change it replaces the old one, and 0 takes the price away.</param>
public readonly record struct BookLevel(long PriceE8, long QuantityE8);
