using Granary.Engine.Market;
using Granary.Tape.Files;

namespace Granary.Tape.Rows;

/// <summary>Rows of the layouts Klines, Ohlcv and Ohlc. Open times rise within a symbol.</summary>
internal sealed class KlineFormat : RowFormat<KlineRow>
{
    private readonly int _symbol, _time, _open, _high, _low, _close, _volume, _closeTime, _quoteVolume, _count, _takerVolume, _takerQuote;
    private readonly SymbolNames _names;
    private readonly long _stepMs;
    private string _symbolBefore = "";
    private long _timeBefore;
    private bool _hasBefore;

    /// <param name="columns">Where the fields stand.</param>
    /// <param name="unit">The unit of the times.</param>
    /// <param name="names">The symbols.</param>
    /// <param name="stepMs">Time between candles, for those without a close time; 0 when it is not known.</param>
    public KlineFormat(Columns columns, TimeUnit unit, SymbolNames names, long stepMs) : base(columns, unit)
    {
        var places = columns.Places;
        (_symbol, _time, _open, _high, _low, _close) = (places[0], places[1], places[2], places[3], places[4], places[5]);
        _volume = places.Length > 6 ? places[6] : -1;
        (_closeTime, _quoteVolume, _count, _takerVolume, _takerQuote) = places.Length > 7 ? (places[7], places[8], places[9], places[10], places[11]) : (-1, -1, -1, -1, -1);
        (_names, _stepMs) = (names, stepMs);
    }

    public override TapeDefect Parse(RowBlocks rows, out KlineRow row)
    {
        row = default;
        if (rows.ColumnCount != Columns.Count) return Bad(TapeDefect.ColumnCount, -1);
        var symbol = _names.Fallback;
        if (_symbol >= 0 && !_names.TryGet(rows.Field(_symbol), out symbol)) return Bad(TapeDefect.FieldInvalid, _symbol);
        var defect = ParseTime(rows, _time, out var openTime);
        if (defect != Fine) return defect;
        if (!TryParsePrice(rows, _open, out var open, out defect) || !TryParsePrice(rows, _high, out var high, out defect)
            || !TryParsePrice(rows, _low, out var low, out defect) || !TryParsePrice(rows, _close, out var close, out defect)
            || !TryParseVolume(rows, _volume, out var volume, out defect) || !TryParseVolume(rows, _quoteVolume, out var quoteVolume, out defect)
            || !TryParseVolume(rows, _takerVolume, out var takerVolume, out defect) || !TryParseVolume(rows, _takerQuote, out var takerQuote, out defect))
        {
            return defect;
        }
        long count = 0;
        if (_count >= 0 && (!Fields.TryParseId(rows.Field(_count), out count) || count > int.MaxValue)) return Bad(TapeDefect.FieldInvalid, _count);
        var closeTime = openTime + Math.Max(_stepMs - 1, 0);
        if (_closeTime >= 0)
        {
            defect = ParseTime(rows, _closeTime, out closeTime);
            if (defect != Fine) return defect;
            if (closeTime < openTime) return Bad(TapeDefect.TimeImplausible, _closeTime);
        }
        row = new KlineRow(symbol, new Kline(openTime, open, high, low, close, volume, closeTime, quoteVolume, (int)count, takerVolume, takerQuote));
        return Fine;
    }

    public override TapeDefect Compare(in KlineRow row, TapeReport report)
    {
        if (_hasBefore && row.Kline.OpenTimeMs <= _timeBefore && row.Symbol == _symbolBefore) return Bad(TapeDefect.TimeBackwards, _time);
        (_hasBefore, _timeBefore, _symbolBefore) = (true, row.Kline.OpenTimeMs, row.Symbol);
        return Fine;
    }

    private bool TryParsePrice(RowBlocks rows, int column, out decimal price, out TapeDefect defect)
    {
        defect = !Fields.TryParseDecimal(rows.Field(column), out price) ? Bad(TapeDefect.FieldInvalid, column)
            : price <= 0 ? Bad(TapeDefect.PriceNotPositive, column) : Fine;
        return defect == Fine;
    }

    private bool TryParseVolume(RowBlocks rows, int column, out decimal volume, out TapeDefect defect)
    {
        (volume, defect) = (0, Fine);
        if (column < 0) return true;
        defect = !Fields.TryParseDecimal(rows.Field(column), out volume) ? Bad(TapeDefect.FieldInvalid, column)
            : volume < 0 ? Bad(TapeDefect.QuantityNotPositive, column) : Fine;
        return defect == Fine;
    }
}
