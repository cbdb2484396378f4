using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>One selection of a run.</summary>
/// <param name="TimeMs">End of the candle that it was made of, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Selection">Pool, picks and who was left out.</param>
/// <param name="Targets">The positions that should be; empty when nothing was selected.</param>
public sealed record SelectionEntry(long TimeMs, CoinSelection Selection, IReadOnlyList<TargetPosition> Targets);
