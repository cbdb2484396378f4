using Granary.Grains.Interfaces.Risk;

namespace Granary.Silo.Operator.Bodies;

/// <summary>An account as the API tells it; the fields are those of <see cref="RiskView"/> and the equity.</summary>
/// <param name="Account">Account name.</param>
/// <param name="State">Recovering, Active, ReduceOnly, Halted, or NoAnswer when its grain did not answer (then every number is 0).</param>
/// <param name="StateReason">Why.</param>
/// <param name="Wallet">Wallet balance by the engine's own books.</param>
/// <param name="VenueWallet">Wallet balance as the venue last said.</param>
/// <param name="InitialWallet">Wallet when the books were opened.</param>
/// <param name="RealizedPnl">Since then, before fees.</param>
/// <param name="Fees">Since then.</param>
/// <param name="OtherFlows">Since then: funding, transfers and the like.</param>
/// <param name="UnrealizedPnl">At mark prices.</param>
/// <param name="Equity">Wallet and unrealised PnL.</param>
/// <param name="GrossNotional">Sum of absolute position values.</param>
/// <param name="NetNotional">Sum of signed position values.</param>
/// <param name="DayPnl">Realised in this UTC day of market time, net of fees.</param>
/// <param name="LiveOrders">Orders that are not final.</param>
/// <param name="UnknownOrders">Orders whose outcome is unknown.</param>
/// <param name="ReservedNotional">Notional held for orders in flight.</param>
/// <param name="Approvals">Proposals approved since the silo started.</param>
/// <param name="Refusals">Proposals refused since the silo started, by reason.</param>
/// <param name="Positions">Open positions.</param>
/// <param name="TimeMs">Engine time of this view, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Funding">Of the other flows, what the venue named funding.</param>
/// <param name="Transfers">Of the other flows, what the venue named deposits, withdrawals and transfers.</param>
public sealed record AccountBody(
    string Account, string State, string StateReason, decimal Wallet, decimal VenueWallet, decimal InitialWallet, decimal RealizedPnl, decimal Fees,
    decimal OtherFlows, decimal UnrealizedPnl, decimal Equity, decimal GrossNotional, decimal NetNotional, decimal DayPnl, int LiveOrders,
    int UnknownOrders, decimal ReservedNotional, long Approvals, IReadOnlyDictionary<string, long> Refusals, IReadOnlyList<PositionView> Positions,
    long TimeMs, decimal Funding, decimal Transfers)
{
    /// <summary>Fees paid in other assets, converted at a stated price; no part of <see cref="Fees"/>, wallet or PnL.</summary>
    public IReadOnlyList<AssetFee> OtherFees { get; init; } = [];

    /// <summary>State of an account whose grain did not answer.</summary>
    public const string NoAnswer = "NoAnswer";

    /// <summary>What the account's grain said.</summary>
    public static AccountBody From(RiskView v) => new(
        v.Account, v.State, v.StateReason, v.Wallet, v.VenueWallet, v.InitialWallet, v.RealizedPnl, v.Fees, v.OtherFlows, v.UnrealizedPnl,
        v.Wallet + v.UnrealizedPnl, v.GrossNotional, v.NetNotional, v.DayPnl, v.LiveOrders, v.UnknownOrders, v.ReservedNotional, v.Approvals, v.Refusals,
        v.Positions, v.TimeMs, v.Funding, v.Transfers)
    {
        OtherFees = v.OtherFees,
    };

    /// <summary>An account that did not answer.</summary>
    public static AccountBody Silent(string account, string why, long timeMs) => new(
        account, NoAnswer, why, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, new Dictionary<string, long>(), [], timeMs, 0, 0);
}
