using Granary.Engine.Performance;

namespace Granary.Backtest.Results;

/// <summary>One symbol of a run.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Events">Trades, candles or rows of a book that were read.</param>
/// <param name="Rejected">Trades that cleaning kept out of bars and fills.</param>
/// <param name="Bars">Volume bars closed.</param>
/// <param name="BarDigest">Fingerprint of the bars; empty when nobody needed bars.</param>
/// <param name="OpenQuantity">Position at the end, signed base units.</param>
/// <param name="LastMs">Its last event, milliseconds since the Unix epoch, UTC; 0 without any.</param>
/// <param name="Prices">Last price now and then, thinned out to a few thousand.</param>
/// <param name="Days">Last price at the end of each UTC day.</param>
public sealed record SymbolSummary(
    string Symbol, long Events, long Rejected, long Bars, string BarDigest, decimal OpenQuantity, long LastMs,
    IReadOnlyList<PricePoint> Prices, IReadOnlyList<PricePoint> Days)
{
    /// <summary>What buying at the first price and holding would have come to, per base unit (formulas §9.9).</summary>
    public EquityPoint[] Hold => Prices.Count == 0
        ? []
        : [new EquityPoint(Prices[0].TimeMs, Prices[0].Price), .. Days.Select(day => new EquityPoint(day.TimeMs, day.Price))];
}
