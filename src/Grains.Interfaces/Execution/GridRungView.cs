namespace Granary.Grains.Interfaces.Execution;

/// <summary>A rung. Prices in quote units, quantities in base units.</summary>
/// <param name="Rung">0 at the boundary.</param>
/// <param name="State">A name of RungState.</param>
/// <param name="Price">Its level.</param>
/// <param name="TakeProfit">The level that closes it; null while nothing is held.</param>
/// <param name="Quantity">Of its entry.</param>
/// <param name="Held">What it holds.</param>
/// <param name="EntryPrice">Average entry of that; null while nothing is held.</param>
/// <param name="Rejects">Post-only rejects in a row.</param>
[GenerateSerializer, Immutable, Alias("granary.GridRungView")]
public sealed record GridRungView(
    [property: Id(0)] int Rung,
    [property: Id(1)] string State,
    [property: Id(2)] decimal Price,
    [property: Id(3)] decimal? TakeProfit,
    [property: Id(4)] decimal Quantity,
    [property: Id(5)] decimal Held,
    [property: Id(6)] decimal? EntryPrice,
    [property: Id(7)] int Rejects);
