namespace Granary.Exchange.Contracts;

/// <summary>A change of balance or positions.</summary>
/// <param name="Reason">ORDER, FUNDING_FEE, DEPOSIT ... (the m field).</param>
/// <param name="Wallet">The wallet after the change.</param>
/// <param name="BalanceChange">Change that is neither PnL nor fee (the bc field).</param>
/// <param name="Positions">Positions that changed.</param>
/// <param name="TimeMs">Market time.</param>
public sealed record AccountEvent(string Reason, ExchangeWallet Wallet, decimal BalanceChange, IReadOnlyList<ExchangePosition> Positions, long TimeMs);
