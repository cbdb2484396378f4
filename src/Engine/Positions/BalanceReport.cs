namespace Granary.Engine.Positions;

/// <summary>An asset's balance as the venue reports it.</summary>
/// <param name="Asset">For example USDT.</param>
/// <param name="WalletBalance">Deposits + realised PnL - fees + funding, without unrealised PnL.</param>
/// <param name="AvailableBalance">What may still be used as margin; 0 when the source does not carry it.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
public sealed record BalanceReport(string Asset, decimal WalletBalance, decimal AvailableBalance, long TimeMs)
{
    /// <summary>What the balance changed by besides realised PnL and fees (a deposit, funding); null, the default, where the source does not say.</summary>
    public decimal? Change { get; init; }
}
