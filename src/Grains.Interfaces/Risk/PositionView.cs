namespace Granary.Grains.Interfaces.Risk;

/// <summary>A position as an operator sees it.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Quantity">Signed base units by the engine's own books.</param>
/// <param name="EntryPrice">Volume-weighted.</param>
/// <param name="MarkPrice">0 when unknown.</param>
/// <param name="UnrealizedPnl">At the mark price.</param>
/// <param name="RealizedPnl">Since the books were opened, before fees.</param>
/// <param name="Fees">Since the books were opened.</param>
/// <param name="StopPrice">Protective stop, or null.</param>
/// <param name="Strategy">Who opened it, or EXTERNAL.</param>
[GenerateSerializer, Immutable, Alias("granary.PositionView")]
public sealed record PositionView(
    [property: Id(0)] string Account,
    [property: Id(1)] string Symbol,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] decimal EntryPrice,
    [property: Id(4)] decimal MarkPrice,
    [property: Id(5)] decimal UnrealizedPnl,
    [property: Id(6)] decimal RealizedPnl,
    [property: Id(7)] decimal Fees,
    [property: Id(8)] decimal? StopPrice,
    [property: Id(9)] string Strategy)
{
    /// <summary>Where the stop at the venue stands (a name of ProtectiveStopState), None when there is none, empty when flat.</summary>
    [Id(10)]
    public string StopState { get; init; } = "";

    /// <summary>Why the position has no stop at the venue; empty when it has one.</summary>
    [Id(11)]
    public string StopReason { get; init; } = "";
}
