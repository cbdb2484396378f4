namespace Granary.Exchange.Contracts;

/// <summary>A position of an account.</summary>
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
    decimal MaintenanceMargin, decimal OpenOrderMargin, int Leverage, long UpdatedMs)
{
    /// <summary>Both in one-way mode, Long or Short in hedge mode.</summary>
    public PositionSide PositionSide { get; init; }

    /// <summary>Crossed or isolated.</summary>
    public MarginType MarginType { get; init; }

    /// <summary>Margin of an isolated position without its unrealised PnL, quote units; 0 when crossed.</summary>
    public decimal IsolatedWallet { get; init; }

    /// <summary>Margin of an isolated position with its unrealised PnL, quote units; 0 when crossed.</summary>
    public decimal IsolatedMargin => MarginType == MarginType.Isolated ? IsolatedWallet + UnrealizedPnl : 0;

    /// <summary>The entry price with the commission paid for what is open: above it for a long, below it for a short. 0 when flat.</summary>
    public decimal BreakEvenPrice { get; init; }

    /// <summary>PnL of all fills before fees, quote units, over every life of the position.</summary>
    public decimal RealizedPnl { get; init; }

    /// <summary>Maintenance margin as a fraction of the margin balance that it is held against; liquidation comes at 1. 0 without a position.</summary>
    public decimal MarginRatio { get; init; }

    /// <summary>Largest position at this leverage, quote units.</summary>
    public decimal NotionalMax { get; init; }
}
