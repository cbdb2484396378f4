namespace Granary.Exchange.Contracts;

/// <summary>
/// A USDT wallet. Identity at every moment, to the last decimal: Balance = Initial + RealizedPnl - Fees + Funding + Transfers + InsuranceClear.
/// </summary>
/// <param name="Initial">Balance at the very first start.</param>
/// <param name="Balance">Wallet balance, without unrealised PnL.</param>
/// <param name="RealizedPnl">Sum over all fills, before fees.</param>
/// <param name="Fees">Sum over all fills.</param>
/// <param name="Funding">Received minus paid.</param>
/// <param name="UnrealizedPnl">At mark prices.</param>
/// <param name="Available">What may be used as margin.</param>
/// <param name="UpdatedMs">Market time of the last change.</param>
public sealed record ExchangeWallet(
    decimal Initial, decimal Balance, decimal RealizedPnl, decimal Fees, decimal Funding, decimal UnrealizedPnl, decimal Available, long UpdatedMs)
{
    /// <summary>Deposits minus withdrawals since the first start.</summary>
    public decimal Transfers { get; init; }

    /// <summary>Received from minus paid to the insurance fund.</summary>
    public decimal InsuranceClear { get; init; }

    /// <summary>Balance without the isolated positions' wallets.</summary>
    public decimal CrossBalance { get; init; } = Balance;

    /// <summary>Unrealised PnL of the crossed positions.</summary>
    public decimal CrossUnrealizedPnl { get; init; } = UnrealizedPnl;

    /// <summary>Initial margin of all positions.</summary>
    public decimal PositionMargin { get; init; }

    /// <summary>Initial margin of all open orders.</summary>
    public decimal OpenOrderMargin { get; init; }

    /// <summary>Maintenance margin of all positions.</summary>
    public decimal MaintenanceMargin { get; init; }

    /// <summary>What may be withdrawn.</summary>
    public decimal WithdrawMax { get; init; } = Available;
}
