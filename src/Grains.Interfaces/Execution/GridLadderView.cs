namespace Granary.Grains.Interfaces.Execution;

/// <summary>One side of a grid. Money in quote units.</summary>
/// <param name="Side">Long or Short.</param>
/// <param name="Limit">The edge next to the recent extreme, which no take-profit passes.</param>
/// <param name="Boundary">The far edge.</param>
/// <param name="StopPrice">The global stop, beyond the boundary.</param>
/// <param name="Held">Base units.</param>
/// <param name="AverageEntry">Average entry; null when nothing is held.</param>
/// <param name="LiquidationPrice">Where what is held would be liquidated; null when nothing is, or nowhere.</param>
/// <param name="Trips">Round trips.</param>
/// <param name="Saturations">Rungs closed at market because every take-profit level was taken.</param>
/// <param name="IsCashShort">Whether rungs wait for margin.</param>
/// <param name="IsStopped">Whether the global stop holds.</param>
/// <param name="IsMoveWaiting">Whether the levels would move, but something held or resting would be stranded.</param>
/// <param name="Rungs">The rungs that hold, rest or are wanted, from the highest price down.</param>
/// <param name="RungCount">All rungs.</param>
[GenerateSerializer, Immutable, Alias("granary.GridLadderView")]
public sealed record GridLadderView(
    [property: Id(0)] string Side,
    [property: Id(1)] decimal Limit,
    [property: Id(2)] decimal Boundary,
    [property: Id(3)] decimal StopPrice,
    [property: Id(4)] decimal Held,
    [property: Id(5)] decimal? AverageEntry,
    [property: Id(6)] decimal? LiquidationPrice,
    [property: Id(7)] long Trips,
    [property: Id(8)] long Saturations,
    [property: Id(9)] bool IsCashShort,
    [property: Id(10)] bool IsStopped,
    [property: Id(11)] bool IsMoveWaiting,
    [property: Id(12)] IReadOnlyList<GridRungView> Rungs,
    [property: Id(13)] int RungCount);
