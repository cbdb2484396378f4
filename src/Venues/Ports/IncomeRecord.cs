namespace Granary.Venues.Ports;

/// <summary>A change of an account's wallet.</summary>
/// <param name="TransactionId">Unique for its kind and account.</param>
/// <param name="Kind">The venue's word: REALIZED_PNL, COMMISSION, FUNDING_FEE, TRANSFER, INSURANCE_CLEAR and others.</param>
/// <param name="Symbol">Upper-case symbol; empty where there is none.</param>
/// <param name="Amount">Above 0 for the account's gain.</param>
/// <param name="Asset">Of the amount.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="TradeId">The trade behind it, or 0.</param>
public sealed record IncomeRecord(long TransactionId, string Kind, string Symbol, decimal Amount, string Asset, long TimeMs, long TradeId);
