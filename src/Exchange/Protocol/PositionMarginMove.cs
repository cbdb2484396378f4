using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Margin that an account moved into an isolated position or back.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">The position's side.</param>
/// <param name="IsAdded">Whether it was added to the position; otherwise it was taken back.</param>
/// <param name="Amount">USDT, 0 or more.</param>
/// <param name="TimeMs">Market time.</param>
internal sealed record PositionMarginMove(string Symbol, PositionSide Side, bool IsAdded, decimal Amount, long TimeMs);
