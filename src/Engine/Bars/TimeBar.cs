using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// One bar of a fixed span of time (formulas §1.6): the trades with StartMs &lt;= time &lt;= EndMs. A bar without trades is flat at the close before it. Holds
/// scaled integers; the decimals are made when they are read.
/// </summary>
public readonly record struct TimeBar
{
    private readonly TradeTotals _totals;

    internal TimeBar(long index, long startMs, long stepMs, in TradeTotals totals, bool isComplete)
    {
        Index = index;
        StartMs = startMs;
        StepMs = stepMs;
        _totals = totals;
        IsComplete = isComplete;
    }

    /// <summary>0 for the first bar of its step, then consecutive, bars without trades included.</summary>
    public long Index { get; }

    /// <summary>First millisecond of the bar since the Unix epoch, UTC; a multiple of <see cref="StepMs"/>.</summary>
    public long StartMs { get; }

    /// <summary>Span of the bar, milliseconds.</summary>
    public long StepMs { get; }

    /// <summary>Last millisecond of the bar: start + step - 1, as in the venue's candles.</summary>
    public long EndMs => StartMs + StepMs - 1;

    /// <summary>Whether there was no trade.</summary>
    public bool IsEmpty => _totals.TradeCount == 0;

    /// <summary>
    /// False when trades of the bar were lost, or may have been: those of a gap in the feed within it, at its beginning or at its end, or one that came before
    /// it but too late for the bar it belonged to.
    /// </summary>
    public bool IsComplete { get; }

    /// <summary>Aggregate trade id of the first trade; null when empty.</summary>
    public long? FirstId => IsEmpty ? null : _totals.FirstId;

    /// <summary>Aggregate trade id of the last trade; null when empty.</summary>
    public long? LastId => IsEmpty ? null : _totals.LastId;

    /// <summary>Time of the first trade, milliseconds since the Unix epoch, UTC; null when empty.</summary>
    public long? OpenTimeMs => IsEmpty ? null : _totals.OpenTimeMs;

    /// <summary>Time of the last trade, milliseconds since the Unix epoch, UTC; null when empty.</summary>
    public long? CloseTimeMs => IsEmpty ? null : _totals.CloseTimeMs;

    /// <summary>Span of the bar's own trades, milliseconds (formulas §2.1); 0 when empty.</summary>
    public long DurationMs => _totals.CloseTimeMs - _totals.OpenTimeMs;

    /// <summary>Price of the first trade, quote units; the close of the bar before when empty.</summary>
    public decimal Open => Fixed8.ToDecimal(_totals.Open);

    /// <summary>Highest price.</summary>
    public decimal High => Fixed8.ToDecimal(_totals.High);

    /// <summary>Lowest price.</summary>
    public decimal Low => Fixed8.ToDecimal(_totals.Low);

    /// <summary>Price of the last trade.</summary>
    public decimal Close => Fixed8.ToDecimal(_totals.Close);

    /// <summary>Sum of quantities, base units.</summary>
    public decimal Volume => TradeTotals.ToDecimalE8(_totals.Volume);

    /// <summary>Sum of price times quantity, quote units.</summary>
    /// <exception cref="OverflowException">It has more digits than a decimal holds (above 7.9 trillion).</exception>
    public decimal QuoteVolume => Fixed8.ToDecimalE16(_totals.QuoteVolume);

    /// <summary>Aggregate trades.</summary>
    public int TradeCount => _totals.TradeCount;

    /// <summary>Volume in which the taker bought.</summary>
    public decimal BuyVolume => TradeTotals.ToDecimalE8(_totals.BuyVolume);

    /// <summary>Volume in which the taker sold.</summary>
    public decimal SellVolume => TradeTotals.ToDecimalE8(_totals.SellVolume);

    /// <summary>Quote volume in which the taker bought.</summary>
    /// <exception cref="OverflowException">It has more digits than a decimal holds (above 7.9 trillion).</exception>
    public decimal BuyQuoteVolume => Fixed8.ToDecimalE16(_totals.BuyQuoteVolume);

    /// <summary>Quote volume in which the taker sold.</summary>
    /// <exception cref="OverflowException">It has more digits than a decimal holds (above 7.9 trillion).</exception>
    public decimal SellQuoteVolume => Fixed8.ToDecimalE16(_totals.SellQuoteVolume);

    /// <summary>Trades in which the taker bought.</summary>
    public int BuyTradeCount => _totals.BuyTradeCount;

    /// <summary>Trades in which the taker sold.</summary>
    public int SellTradeCount => _totals.SellTradeCount;

    /// <summary>The bar as a candle. Its trade count is of aggregate trades; the venue's candles count single ones.</summary>
    public Kline ToKline() => new(StartMs, Open, High, Low, Close, Volume, EndMs, QuoteVolume, TradeCount, BuyVolume, BuyQuoteVolume);

    /// <summary>Writes the bar.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Write(Index);
        writer.Write(StartMs);
        writer.Write(StepMs);
        writer.Write(IsComplete);
        _totals.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static TimeBar Read(ref SnapshotReader reader)
    {
        var (index, startMs, stepMs, isComplete) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean());
        return new TimeBar(index, startMs, stepMs, TradeTotals.Read(ref reader), isComplete);
    }
}
