namespace Granary.Backtest.Selection;

/// <summary>When a run of the selector trades.</summary>
/// <param name="HoldCandles">Candles from one rebalance to the next.</param>
/// <param name="Offset">Which of them: 0 to HoldCandles - 1.</param>
public sealed record SelectorVariant(int HoldCandles, int Offset)
{
    /// <summary>Whether it rebalances at a moment.</summary>
    /// <param name="timeMs">The end of a candle, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="intervalMs">Length of a candle.</param>
    public bool IsDue(long timeMs, long intervalMs) => timeMs / intervalMs % HoldCandles == Offset;
}
