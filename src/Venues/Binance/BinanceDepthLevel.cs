namespace Granary.Venues.Binance;

/// <summary>One price level of an order book.</summary>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units.</param>
public readonly record struct BinanceDepthLevel(decimal Price, decimal Quantity);
