using Granary.Engine.Orders;

namespace Granary.Grains.Interfaces.Strategies;

/// <summary>A strategy's answer for a bar.</summary>
/// <param name="NextBarIndex">The bar needed next; smaller than the batch's first one when bars are missing and nothing was taken.</param>
/// <param name="Taken">Whether the batch was taken over.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Side">The side it wants to enter, or null.</param>
/// <param name="Strength">Signal strength, 0.5 to 1.5 when there is a side.</param>
/// <param name="Why">The conditions with their values, JSON.</param>
[GenerateSerializer, Immutable, Alias("granary.StrategyAnswer")]
public sealed record StrategyAnswer(
    [property: Id(0)] long NextBarIndex,
    [property: Id(1)] bool Taken,
    [property: Id(2)] string Strategy,
    [property: Id(3)] OrderSide? Side,
    [property: Id(4)] double Strength,
    [property: Id(5)] string Why);
