namespace Granary.Engine.Positions;

/// <summary>A position as the venue reports it (one-way mode).</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Quantity">Signed base units; positive is long.</param>
/// <param name="EntryPrice">Volume-weighted entry price; 0 when flat.</param>
/// <param name="MarkPrice">Mark price; 0 when the source does not carry it.</param>
/// <param name="UnrealizedPnl">At the mark price.</param>
/// <param name="LiquidationPrice">0 when there is none.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
public sealed record PositionReport(
    string Symbol, decimal Quantity, decimal EntryPrice, decimal MarkPrice, decimal UnrealizedPnl, decimal LiquidationPrice, long TimeMs);
