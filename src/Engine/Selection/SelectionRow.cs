namespace Granary.Engine.Selection;

/// <summary>One symbol as it stands at a run of the selection.</summary>
/// <param name="Symbol">Upper-case symbol, for example BTCUSDT.</param>
/// <param name="Factors">The factors at the last candle, in the order of <see cref="SelectionOptions.Factors"/>; null for "no value".</param>
/// <param name="Filters">The filters' values at the last candle, in the order of <see cref="SelectionOptions.Filters"/>; null for "no value".</param>
/// <param name="Close">Close of the last candle, quote units.</param>
/// <param name="CandleCount">Candles up to and including the last one.</param>
/// <param name="LastCandleMs">Open time of the last candle, milliseconds since the Unix epoch, UTC.</param>
public sealed record SelectionRow(
    string Symbol, IReadOnlyList<double?> Factors, IReadOnlyList<decimal?> Filters, decimal Close, long CandleCount, long LastCandleMs)
{
    /// <summary>Quote volume of the last candle, quote units.</summary>
    public decimal QuoteVolume { get; init; }

    /// <summary>How many candles up to the last one, without a break, saw no trade; 0 when the last one did.</summary>
    public long FlatCount { get; init; }
}
