namespace Granary.Silo.Alerts.Rules;

/// <summary>From where on a measure is an alert.</summary>
/// <param name="StaleMs">Age of a symbol's data, milliseconds.</param>
/// <param name="LimitUse">Used share of a limit, a fraction.</param>
/// <param name="Drawdown">Fall of equity from its highest of 7 days, a fraction.</param>
/// <param name="LiquidationDistance">Share that prices may move before the account is liquidated, a fraction; the alert stands below it.</param>
/// <param name="DiskFreeBytes">Free space of the journal's disk; the alert stands below it.</param>
public sealed record AlertThresholds(long StaleMs, decimal LimitUse, decimal Drawdown, decimal LiquidationDistance, long DiskFreeBytes);
