namespace Granary.Engine.Selection;

/// <summary>The outcome of one run of the selection.</summary>
/// <param name="RunCandleMs">Open time of the candle that closed at the run, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Pool">The symbols that passed all filters, sorted by factor.</param>
/// <param name="Shorts">The head of the pool; empty when the pool is too small.</param>
/// <param name="Longs">The tail of the pool; empty when the pool is too small.</param>
/// <param name="Dropped">All other symbols, by symbol.</param>
/// <param name="Refusal">Why nothing was selected, in words; empty when it was.</param>
public sealed record CoinSelection(
    long RunCandleMs,
    IReadOnlyList<PooledSymbol> Pool,
    IReadOnlyList<PooledSymbol> Shorts,
    IReadOnlyList<PooledSymbol> Longs,
    IReadOnlyList<DroppedSymbol> Dropped,
    string Refusal)
{
    /// <summary>Whether symbols were selected.</summary>
    public bool IsSelected => Refusal.Length == 0;
}
