namespace Granary.Venues.Ports;

/// <summary>
/// An account's sums and past. Times are milliseconds since the Unix epoch, UTC. Every member throws <see cref="VenueException"/> when the venue does not
/// answer or
/// refuses.
/// </summary>
public interface IAccountHistoryPort
{
    /// <summary>The account's margin as the venue counts it.</summary>
    ValueTask<AccountSummary> GetAccountSummaryAsync(CancellationToken cancellationToken);

    /// <summary>Changes of the wallet, oldest first.</summary>
    /// <param name="symbol">Upper-case symbol, or null for all.</param>
    /// <param name="kind">The venue's word for a kind, for example FUNDING_FEE, or null for all.</param>
    /// <param name="startMs">First time wanted.</param>
    /// <param name="endMs">Last time wanted.</param>
    /// <param name="limit">1 to 1000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">A limit out of range.</exception>
    ValueTask<IReadOnlyList<IncomeRecord>> GetIncomeAsync(string? symbol, string? kind, long startMs, long endMs, int limit,
        CancellationToken cancellationToken);

    /// <summary>The account's fees in a symbol.</summary>
    ValueTask<CommissionRate> GetCommissionRateAsync(string symbol, CancellationToken cancellationToken);

    /// <summary>How many orders the account may send.</summary>
    ValueTask<IReadOnlyList<OrderLimit>> GetOrderLimitsAsync(CancellationToken cancellationToken);
}
