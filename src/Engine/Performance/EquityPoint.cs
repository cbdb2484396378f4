namespace Granary.Engine.Performance;

/// <summary>Equity of an account at one moment. A point at 00:00 UTC closes the day before; the first point of a curve is its start (formulas §9).</summary>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="Equity">Wallet plus unrealised PnL, quote units.</param>
public readonly record struct EquityPoint(long TimeMs, decimal Equity);
