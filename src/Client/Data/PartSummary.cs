using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Client.Data;

/// <summary>The figures of one file: rows, span, prices, and the tick and step that all prices and quantities are multiples of.</summary>
public sealed class PartSummary : RowVisitor
{
    private long _tickE8, _stepE8, _lowE8, _highE8;

    /// <summary>Rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Time of the first row, milliseconds since the Unix epoch, UTC; null without rows.</summary>
    public long? FirstMs { get; private set; }

    /// <summary>Time of the last row, milliseconds since the Unix epoch, UTC; null without rows.</summary>
    public long? LastMs { get; private set; }

    /// <summary>Lowest price; null when the layout has none.</summary>
    public decimal? Low { get; private set; }

    /// <summary>Highest price; null when the layout has none.</summary>
    public decimal? High { get; private set; }

    /// <summary>Id of the first trade; null when the layout has no trades.</summary>
    public long? FirstId { get; private set; }

    /// <summary>Id of the last trade; null when the layout has no trades.</summary>
    public long? LastId { get; private set; }

    /// <summary>Rows in which the taker bought; null when the layout does not tell it.</summary>
    public long? TakerBuys { get; private set; }

    /// <summary>The largest number that all prices are multiples of; null without prices.</summary>
    public decimal? Tick => _tickE8 > 0 ? Fixed8.ToDecimal(_tickE8) : null;

    /// <summary>The largest number that all quantities are multiples of; null without quantities.</summary>
    public decimal? Step => _stepE8 > 0 ? Fixed8.ToDecimal(_stepE8) : null;

    /// <inheritdoc/>
    public override void Visit(in AggTrade trade, long line)
    {
        See(trade.TimeMs);
        FirstId ??= trade.Id;
        LastId = trade.Id;
        TakerBuys = (TakerBuys ?? 0) + (trade.IsBuyerMaker ? 0 : 1);
        _tickE8 = Divisor(_tickE8, trade.PriceE8);
        _stepE8 = Divisor(_stepE8, trade.QuantityE8);
        if (Low is null || trade.PriceE8 < _lowE8) (_lowE8, Low) = (trade.PriceE8, trade.Price);
        if (High is null || trade.PriceE8 > _highE8) (_highE8, High) = (trade.PriceE8, trade.Price);
    }

    /// <inheritdoc/>
    public override void Visit(in KlineRow row, long line)
    {
        var kline = row.Kline;
        See(kline.OpenTimeMs);
        Low = Low is { } low ? Math.Min(low, kline.Low) : kline.Low;
        High = High is { } high ? Math.Max(high, kline.High) : kline.High;
        foreach (var price in (ReadOnlySpan<decimal>)[kline.Open, kline.High, kline.Low, kline.Close]) _tickE8 = Divisor(_tickE8, ToE8(price));
        _stepE8 = Divisor(_stepE8, ToE8(kline.Volume));
    }

    /// <inheritdoc/>
    public override void Visit(in FundingRow row, long line) => See(row.Funding.TimeMs);

    /// <inheritdoc/>
    public override void Visit(in BookTicker ticker, long line)
    {
        See(ticker.TimeMs);
        _tickE8 = Divisor(Divisor(_tickE8, ticker.BidPriceE8), ticker.AskPriceE8);
        _stepE8 = Divisor(Divisor(_stepE8, ticker.BidQuantityE8), ticker.AskQuantityE8);
        if (ticker.BidPriceE8 > 0) Low = Low is { } low ? Math.Min(low, ticker.BidPrice) : ticker.BidPrice;
        if (ticker.AskPriceE8 > 0) High = High is { } high ? Math.Max(high, ticker.AskPrice) : ticker.AskPrice;
    }

    /// <inheritdoc/>
    public override void Visit(in MarkPrice mark, long line)
    {
        var price = mark.Mark;
        See(mark.TimeMs);
        Low = Low is { } low ? Math.Min(low, price) : price;
        High = High is { } high ? Math.Max(high, price) : price;
        _tickE8 = Divisor(_tickE8, ToE8(price));
    }

    /// <inheritdoc/>
    public override void Visit(in CaptureFrame frame) => See(frame.ReceivedNs / 1_000_000);

    private void See(long timeMs)
    {
        Rows++;
        FirstMs = FirstMs is { } first ? Math.Min(first, timeMs) : timeMs;
        LastMs = LastMs is { } last ? Math.Max(last, timeMs) : timeMs;
    }

    // A number outside the range says nothing about the step.
    private static long ToE8(decimal value) => value is >= 0 and < 40_000_000_000m && decimal.Round(value, Fixed8.Decimals) == value ? Fixed8.FromDecimal(value) : 0;

    private static long Divisor(long divisor, long value)
    {
        while (divisor != 0)
        {
            if (divisor == 1) return 1;
            (divisor, value) = (value % divisor, divisor);
        }
        return value;
    }
}
