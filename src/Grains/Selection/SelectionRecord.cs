using Granary.Engine.Selection;

namespace Granary.Grains.Selection;

/// <summary>One run of the live selection, as it is recorded.</summary>
/// <param name="CloseMs">End of the candle that it was made of, milliseconds since the Unix epoch, UTC.</param>
/// <param name="FinishedMs">When the selection stood.</param>
/// <param name="Selection">Pool, picks and who was left out, with the reason of each.</param>
/// <param name="Targets">The positions that should be; empty when nothing was selected.</param>
/// <param name="BelowMinimum">Targets worth less than their symbol's least notional, which cannot be opened.</param>
/// <param name="Failed">Symbols whose candles could not be had, with what the venue said.</param>
/// <param name="Gone">Symbols that the run before had and the venue does not trade any more.</param>
/// <param name="Rows">Every symbol's factors and filters, by symbol.</param>
public sealed record SelectionRecord(
    long CloseMs, long FinishedMs, CoinSelection Selection, IReadOnlyList<TargetPosition> Targets, IReadOnlyList<string> BelowMinimum,
    IReadOnlyDictionary<string, string> Failed, IReadOnlyList<string> Gone, IReadOnlyList<SelectionRow> Rows);
