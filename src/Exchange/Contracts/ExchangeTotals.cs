namespace Granary.Exchange.Contracts;

/// <summary>
/// Where all the money is. Identity at every moment, to the last decimal:
/// Wallets - OpenCost + Clearing + Insurance + Fees + FundingPool = Deposits - Withdrawals.
/// </summary>
/// <param name="Wallets">Sum of the accounts' wallet balances.</param>
/// <param name="OpenCost">Signed cost of the accounts' open positions: what was paid for longs minus what was received for shorts.</param>
/// <param name="Clearing">Received minus paid by the other side of every fill; for fills between accounts both sides cancel.</param>
/// <param name="Insurance">The insurance fund.</param>
/// <param name="Fees">Commissions collected.</param>
/// <param name="FundingPool">Funding paid minus funding received by accounts.</param>
/// <param name="Deposits">Initial balances, the fund's initial balance, and deposits.</param>
/// <param name="Withdrawals">Withdrawals.</param>
public sealed record ExchangeTotals(
    decimal Wallets, decimal OpenCost, decimal Clearing, decimal Insurance, decimal Fees, decimal FundingPool, decimal Deposits, decimal Withdrawals)
{
    /// <summary>0 unless money was created or lost.</summary>
    public decimal Difference => Wallets - OpenCost + Clearing + Insurance + Fees + FundingPool - Deposits + Withdrawals;
}
