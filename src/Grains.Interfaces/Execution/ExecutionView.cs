namespace Granary.Grains.Interfaces.Execution;

/// <summary>The books of one account in one symbol.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Ready">Reconciled since start and since the last loss of the user stream.</param>
/// <param name="Detail">Why not ready, or the last reconciliation in words.</param>
/// <param name="Version">Rises with each change, across activations.</param>
/// <param name="Quantity">Signed position.</param>
/// <param name="CostBasis">Exact signed cost of the position.</param>
/// <param name="EntryPrice">Volume-weighted; 0 when flat.</param>
/// <param name="RealizedPnl">Since the books were opened, before fees.</param>
/// <param name="Fees">In the margin asset, since the books were opened.</param>
/// <param name="DayPnl">Realised net of fees in the UTC day of <paramref name="Day"/>.</param>
/// <param name="Day">Days since the Unix epoch of market time.</param>
/// <param name="LastTradeId">The last fill contained.</param>
/// <param name="FillCount">Fills contained.</param>
/// <param name="StopPrice">Price of the position's stop at the venue, or the planned one of a position without; null when there is neither.</param>
/// <param name="Strategy">Who holds the position, or empty.</param>
/// <param name="LiveOrders">Orders that are not final.</param>
[GenerateSerializer, Immutable, Alias("granary.ExecutionView")]
public sealed record ExecutionView(
    [property: Id(0)] string Account,
    [property: Id(1)] string Symbol,
    [property: Id(2)] bool Ready,
    [property: Id(3)] string Detail,
    [property: Id(4)] long Version,
    [property: Id(5)] decimal Quantity,
    [property: Id(6)] decimal CostBasis,
    [property: Id(7)] decimal EntryPrice,
    [property: Id(8)] decimal RealizedPnl,
    [property: Id(9)] decimal Fees,
    [property: Id(10)] decimal DayPnl,
    [property: Id(11)] long Day,
    [property: Id(12)] long LastTradeId,
    [property: Id(13)] long FillCount,
    [property: Id(14)] decimal? StopPrice,
    [property: Id(15)] string Strategy,
    [property: Id(16)] IReadOnlyList<OrderView> LiveOrders)
{
    /// <summary>Where the stop at the venue stands (a name of ProtectiveStopState), None when there is none, empty when flat.</summary>
    [Id(17)]
    public string StopState { get; init; } = "";

    /// <summary>Why the position has no stop at the venue; empty when it has one.</summary>
    [Id(18)]
    public string StopReason { get; init; } = "";

    /// <summary>The part of <see cref="Quantity"/> that somebody else brought (the EXTERNAL lot), signed.</summary>
    [Id(19)]
    public decimal ExternalQuantity { get; init; }

    /// <summary>The part of <see cref="Quantity"/> that is left over and too small to be ordered, signed.</summary>
    [Id(20)]
    public decimal DustQuantity { get; init; }

    /// <summary>What the engine's own lots realised since the books were opened, net of their fees; by lots, where <see cref="RealizedPnl"/> is the venue's.</summary>
    [Id(21)]
    public decimal OwnPnl { get; init; }

    /// <summary>Approved orders that reach the venue in parts; <see cref="LiveOrders"/> has the parts that are not final.</summary>
    [Id(22)]
    public IReadOnlyList<WorkingOrderView> Working { get; init; } = [];

    /// <summary>Fees paid in other assets since the books were opened, by name; they are no part of <see cref="Fees"/>.</summary>
    [Id(23)]
    public AssetAmount[] OtherFees { get; init; } = [];
}
