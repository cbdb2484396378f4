namespace Granary.Exchange.Contracts;

/// <summary>Everything that an account has done and that was done to it, as far as it is remembered, at one moment.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Wallet">The wallet.</param>
/// <param name="Positions">Positions that are not flat or have open orders.</param>
/// <param name="Orders">Open and finished orders, by id.</param>
/// <param name="Conditionals">Waiting and ended conditional orders, by id.</param>
/// <param name="Amendments">Amendments of orders, oldest first.</param>
/// <param name="Fills">Fills by symbol in the order of the list, oldest first.</param>
/// <param name="Income">Changes of the wallet, oldest first; with the initial balance they add up to the balance as long as none is forgotten.</param>
public sealed record ExchangeAudit(
    string Account, ExchangeWallet Wallet, IReadOnlyList<ExchangePosition> Positions, IReadOnlyList<ExchangeOrder> Orders,
    IReadOnlyList<ConditionalOrder> Conditionals, IReadOnlyList<OrderAmendment> Amendments, IReadOnlyList<ExchangeFill> Fills,
    IReadOnlyList<IncomeRecord> Income);
