namespace Granary.Venues.Ports;

/// <summary>An account's margin as the venue counts it, quote units.</summary>
/// <param name="WalletBalance">Without unrealised profit.</param>
/// <param name="UnrealizedProfit">Of all positions at mark.</param>
/// <param name="MarginBalance">The two together.</param>
/// <param name="InitialMargin">Of positions and open orders.</param>
/// <param name="MaintenanceMargin">At or below which positions are liquidated.</param>
/// <param name="AvailableBalance">Free for new orders.</param>
public sealed record AccountSummary(
    decimal WalletBalance, decimal UnrealizedProfit, decimal MarginBalance, decimal InitialMargin, decimal MaintenanceMargin, decimal AvailableBalance);
