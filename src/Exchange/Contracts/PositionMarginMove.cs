namespace Granary.Exchange.Contracts;

/// <summary>Margin that an account moved into an isolated position or back.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">The position's side.</param>
/// <param name="Amount">USDT: added to the position when positive, taken back when negative.</param>
/// <param name="TimeMs">Market time.</param>
public sealed record PositionMarginMove(string Symbol, PositionSide Side, decimal Amount, long TimeMs);
