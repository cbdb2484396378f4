namespace Granary.Exchange.Contracts;

/// <summary>A one-way cross position.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Quantity">Signed base units.</param>
/// <param name="EntryPrice">Volume-weighted; 0 when flat.</param>
/// <param name="MarkPrice">Quote units.</param>
/// <param name="UnrealizedPnl">At the mark.</param>
/// <param name="LiquidationPrice">0 when there is none.</param>
/// <param name="InitialMargin">Quote units.</param>
/// <param name="MaintenanceMargin">Quote units.</param>
/// <param name="OpenOrderMargin">Quote units.</param>
/// <param name="Leverage">1 to 125.</param>
/// <param name="UpdatedMs">Market time of the last change.</param>
public sealed record ExchangePosition(
    string Symbol, decimal Quantity, decimal EntryPrice, decimal MarkPrice, decimal UnrealizedPnl, decimal LiquidationPrice, decimal InitialMargin,
    decimal MaintenanceMargin, decimal OpenOrderMargin, int Leverage, long UpdatedMs);
