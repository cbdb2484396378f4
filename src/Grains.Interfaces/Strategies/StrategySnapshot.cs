namespace Granary.Grains.Interfaces.Strategies;

/// <summary>The state of a strategy, for the journal.</summary>
/// <param name="NextBarIndex">The bar needed next; 0 before the first.</param>
/// <param name="Bytes">The snapshot; empty before the first bar.</param>
[GenerateSerializer, Immutable, Alias("granary.StrategySnapshot")]
public sealed record StrategySnapshot([property: Id(0)] long NextBarIndex, [property: Id(1)] byte[] Bytes);
