namespace Granary.Grains.Interfaces.Symbols;

/// <summary>One level of an order book.</summary>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units.</param>
[GenerateSerializer, Immutable, Alias("granary.LevelView")]
public sealed record LevelView([property: Id(0)] decimal Price, [property: Id(1)] decimal Quantity);
