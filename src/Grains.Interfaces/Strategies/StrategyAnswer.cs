namespace Granary.Grains.Interfaces.Strategies;

/// <summary>A strategy's answer to a batch of bars.</summary>
/// <typeparam name="TDecision">What it decides of a bar.</typeparam>
/// <param name="NextBarIndex">The bar needed next; smaller than the batch's first one when bars are missing and nothing was taken.</param>
/// <param name="Taken">Whether the batch was taken over.</param>
/// <param name="Decisions">
/// One for each bar of the batch, empty when it was not taken; null for a bar that was known so long ago that the decision is forgotten.
/// </param>
[GenerateSerializer, Immutable, Alias("granary.StrategyAnswer`1")]
public sealed record StrategyAnswer<TDecision>(
    [property: Id(0)] long NextBarIndex,
    [property: Id(1)] bool Taken,
    [property: Id(2)] TDecision?[] Decisions)
    where TDecision : class;
