namespace Granary.Grains.Interfaces.Risk;

/// <summary>What an operator sees of an account.</summary>
/// <param name="Account">Account name.</param>
/// <param name="State">Recovering, Active, ReduceOnly or Halted.</param>
/// <param name="StateReason">Why.</param>
/// <param name="Wallet">Wallet balance by the engine's own books.</param>
/// <param name="VenueWallet">Wallet balance as the venue last said.</param>
/// <param name="InitialWallet">Wallet when the books were opened.</param>
/// <param name="RealizedPnl">Since then, before fees.</param>
/// <param name="Fees">Since then.</param>
/// <param name="OtherFlows">Since then: funding, transfers and whatever else changed the wallet at the venue.</param>
/// <param name="UnrealizedPnl">At mark prices.</param>
/// <param name="GrossNotional">Sum of absolute position values.</param>
/// <param name="NetNotional">Sum of signed position values.</param>
/// <param name="DayPnl">Realised in this UTC day of market time, net of fees.</param>
/// <param name="LiveOrders">Orders that are not final.</param>
/// <param name="UnknownOrders">Orders whose outcome is unknown.</param>
/// <param name="ReservedNotional">Notional held for orders in flight.</param>
/// <param name="Approvals">Proposals approved since the silo started.</param>
/// <param name="Refusals">Proposals refused since the silo started, by reason.</param>
/// <param name="Positions">Open positions.</param>
/// <param name="TimeMs">Engine time of this view.</param>
/// <param name="Funding">Of the other flows, what the venue named funding.</param>
/// <param name="Transfers">Of the other flows, what the venue named deposits, withdrawals and transfers.</param>
[GenerateSerializer, Immutable, Alias("granary.RiskView")]
public sealed record RiskView(
    [property: Id(0)] string Account,
    [property: Id(1)] string State,
    [property: Id(2)] string StateReason,
    [property: Id(3)] decimal Wallet,
    [property: Id(4)] decimal VenueWallet,
    [property: Id(5)] decimal InitialWallet,
    [property: Id(6)] decimal RealizedPnl,
    [property: Id(7)] decimal Fees,
    [property: Id(8)] decimal OtherFlows,
    [property: Id(9)] decimal UnrealizedPnl,
    [property: Id(10)] decimal GrossNotional,
    [property: Id(11)] decimal NetNotional,
    [property: Id(12)] decimal DayPnl,
    [property: Id(13)] int LiveOrders,
    [property: Id(14)] int UnknownOrders,
    [property: Id(15)] decimal ReservedNotional,
    [property: Id(16)] long Approvals,
    [property: Id(17)] IReadOnlyDictionary<string, long> Refusals,
    [property: Id(18)] IReadOnlyList<PositionView> Positions,
    [property: Id(19)] long TimeMs,
    [property: Id(20)] decimal Funding = 0,
    [property: Id(21)] decimal Transfers = 0)
{
    /// <summary>Fees paid in other assets than the margin's, converted at a stated price; no part of <see cref="Fees"/>.</summary>
    [Id(22)]
    public IReadOnlyList<AssetFee> OtherFees { get; init; } = [];
}
