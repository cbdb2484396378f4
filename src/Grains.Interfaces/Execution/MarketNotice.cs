namespace Granary.Grains.Interfaces.Execution;

/// <summary>
/// What a symbol tells each of its executions every second and with every bar: prices, where the position's stop stands now, and what it last heard of the
/// position, so that execution says again what got lost.
/// </summary>
/// <param name="BidPrice">Best bid, or null.</param>
/// <param name="AskPrice">Best ask, or null.</param>
/// <param name="LastPrice">Price of the last trade; 0 when there is none.</param>
/// <param name="MarkPrice">Mark price, or null.</param>
/// <param name="OpeningId">Client order id of the entry whose stop is told; empty when none is.</param>
/// <param name="StopPrice">The stop as it may rest at the venue (PositionGuard.RestingStop), quote units; it only ever comes nearer to the market.</param>
[GenerateSerializer, Immutable, Alias("granary.MarketNotice")]
public sealed record MarketNotice(
    [property: Id(0)] decimal? BidPrice,
    [property: Id(1)] decimal? AskPrice,
    [property: Id(2)] decimal LastPrice,
    [property: Id(3)] decimal? MarkPrice,
    [property: Id(4)] string OpeningId,
    [property: Id(5)] decimal StopPrice)
{
    /// <summary>Version of the newest <see cref="PositionNotice"/> that the symbol heard from this execution; 0 when it heard none since it started.</summary>
    [Id(6)]
    public long HeardVersion { get; init; }

    /// <summary>Base units that the market traded since the symbol started; null, the default, before the first live trade. It begins anew with each start.</summary>
    [Id(7)]
    public decimal? Traded { get; init; }
}
