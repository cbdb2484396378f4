namespace Granary.Exchange.Contracts;

/// <summary>A USDT wallet. Identity at every moment, to the last decimal: Balance = Initial + RealizedPnl - Fees + Funding.</summary>
/// <param name="Initial">Balance at the very first start.</param>
/// <param name="Balance">Wallet balance, without unrealised PnL.</param>
/// <param name="RealizedPnl">Sum over all fills, before fees.</param>
/// <param name="Fees">Sum over all fills.</param>
/// <param name="Funding">Received minus paid.</param>
/// <param name="UnrealizedPnl">At mark prices.</param>
/// <param name="Available">What may be used as margin.</param>
/// <param name="UpdatedMs">Market time of the last change.</param>
public sealed record ExchangeWallet(
    decimal Initial, decimal Balance, decimal RealizedPnl, decimal Fees, decimal Funding, decimal UnrealizedPnl, decimal Available, long UpdatedMs);
