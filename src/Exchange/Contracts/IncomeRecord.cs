namespace Granary.Exchange.Contracts;

/// <summary>One change of an account's wallet balance. The initial balance and all records add up to the balance.</summary>
/// <param name="TransactionId">Rises across the whole exchange.</param>
/// <param name="Type">REALIZED_PNL, COMMISSION, FUNDING_FEE, TRANSFER or INSURANCE_CLEAR.</param>
/// <param name="Symbol">Upper-case symbol; empty for transfers.</param>
/// <param name="Amount">Received when positive, paid when negative; USDT.</param>
/// <param name="Info">The venue's info field.</param>
/// <param name="TradeId">The trade that caused it, or 0.</param>
/// <param name="TimeMs">Market time.</param>
public sealed record IncomeRecord(long TransactionId, string Type, string Symbol, decimal Amount, string Info, long TradeId, long TimeMs);
