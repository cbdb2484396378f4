using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// What the protocol remembers of a symbol's market for candles and day statistics: one day of minutes and forty days of hours. In memory;
/// after a restart trades come back from the exchange's history, marks do not. Guarded by the stream protocol's gate.
/// </summary>
internal sealed class SymbolHistory
{
    /// <summary>Minutes kept.</summary>
    public const int MinutesMax = 1500;

    private const int HoursMax = 960;
    private const long MinuteMs = 60_000;
    private const long HourMs = 3_600_000;
    private const long DayMs = 86_400_000;

    private readonly List<Candle> _minutes = [];
    private readonly List<Candle> _hours = [];
    private readonly List<PriceCandle> _marks = [];
    private readonly List<PriceCandle> _indexes = [];
    private readonly List<PriceCandle> _premiums = [];
    private MarkPrice _mark;

    public AggTrade? LastTrade { get; private set; }

    public MarkPrice LastMark => _mark;

    public BookTicker LastTicker { get; set; }

    public IReadOnlyList<PriceCandle> Marks => _marks;

    public IReadOnlyList<PriceCandle> Indexes => _indexes;

    /// <summary>How far the mark is above the index, a fraction of the index.</summary>
    public IReadOnlyList<PriceCandle> Premiums => _premiums;

    public void Add(in AggTrade trade)
    {
        LastTrade = trade;
        Current(_minutes, MinuteMs, MinutesMax, trade).Add(trade);
        Current(_hours, HourMs, HoursMax, trade).Add(trade);
    }

    public void Add(in MarkPrice mark)
    {
        _mark = mark;
        Add(_marks, mark.TimeMs, mark.Mark);
        Add(_indexes, mark.TimeMs, mark.Index);
        if (mark.Index != 0) Add(_premiums, mark.TimeMs, decimal.Round((mark.Mark - mark.Index) / mark.Index, 8));
    }

    /// <summary>The candle that begins at a time, as far as it has come; null when nothing is known of it or before it.</summary>
    public Candle? Fold(long openMs, long nextMs)
    {
        var parts = nextMs - openMs > DayMs ? _hours : _minutes;
        Candle? candle = null;
        foreach (var part in parts)
        {
            if (part.OpenMs >= nextMs) break;
            if (part.OpenMs < openMs) continue;
            candle ??= new Candle(openMs, part.OpenE8);
            candle.Add(part);
        }
        return candle ?? (LastTrade is { } last && last.TimeMs < nextMs ? new Candle(openMs, last.PriceE8) : null);
    }

    /// <summary>The last 24 hours up to a time, by whole minutes; null before the first trade.</summary>
    public Candle? Day(long timeMs)
    {
        var sinceMs = ((timeMs - DayMs) / MinuteMs * MinuteMs) + MinuteMs;
        return Fold(sinceMs, sinceMs + DayMs);
    }

    private static Candle Current(List<Candle> candles, long intervalMs, int max, in AggTrade trade)
    {
        var openMs = trade.TimeMs / intervalMs * intervalMs;
        if (candles.Count > 0 && candles[^1].OpenMs >= openMs) return candles[^1];
        if (candles.Count == max) candles.RemoveAt(0);
        candles.Add(new Candle(openMs, trade.PriceE8));
        return candles[^1];
    }

    private static void Add(List<PriceCandle> candles, long timeMs, decimal price)
    {
        var openMs = timeMs / MinuteMs * MinuteMs;
        if (candles.Count > 0 && candles[^1].OpenMs >= openMs)
        {
            candles[^1].Add(price, price, price);
            return;
        }
        if (candles.Count == MinutesMax) candles.RemoveAt(0);
        candles.Add(new PriceCandle(openMs, price));
    }
}
