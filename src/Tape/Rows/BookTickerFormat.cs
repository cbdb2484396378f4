using Granary.Engine.Market;
using Granary.Tape.Files;

namespace Granary.Tape.Rows;

/// <summary>Rows of the layout BookTickers. Update ids and times do not fall.</summary>
internal sealed class BookTickerFormat(Columns columns, TimeUnit unit) : RowFormat<BookTicker>(columns, unit)
{
    private readonly int _id = columns.Places[0], _bid = columns.Places[1], _bidQuantity = columns.Places[2], _ask = columns.Places[3],
        _askQuantity = columns.Places[4], _time = columns.Places[5], _eventTime = columns.Places[6];

    private long _idBefore, _timeBefore;

    public override TapeDefect Parse(RowBlocks rows, out BookTicker row)
    {
        row = default;
        if (rows.ColumnCount != Columns.Count) return Bad(TapeDefect.ColumnCount, -1);
        long id = 0;
        if (_id >= 0 && !Fields.TryParseId(rows.Field(_id), out id)) return Bad(TapeDefect.FieldInvalid, _id);
        if (!TryParse(rows, _bid, TapeDefect.PriceNotPositive, out var bid, out var defect)
            || !TryParse(rows, _bidQuantity, TapeDefect.QuantityNotPositive, out var bidQuantity, out defect)
            || !TryParse(rows, _ask, TapeDefect.PriceNotPositive, out var ask, out defect)
            || !TryParse(rows, _askQuantity, TapeDefect.QuantityNotPositive, out var askQuantity, out defect))
        {
            return defect;
        }
        defect = ParseTime(rows, _time, out var time);
        if (defect == Fine && _eventTime >= 0) defect = ParseTime(rows, _eventTime, out _);
        if (defect == Fine) row = new BookTicker(id, time, bid, bidQuantity, ask, askQuantity);
        return defect;
    }

    public override TapeDefect Compare(in BookTicker row, TapeReport report)
    {
        if (row.UpdateId < _idBefore) return Bad(TapeDefect.IdBackwards, _id);
        if (row.TimeMs < _timeBefore) return Bad(TapeDefect.TimeBackwards, _time);
        (_idBefore, _timeBefore) = (row.UpdateId, row.TimeMs);
        return Fine;
    }

    // Zero stands for an empty side.
    private bool TryParse(RowBlocks rows, int column, TapeDefect negative, out long value, out TapeDefect defect)
    {
        defect = !Fixed8.TryParse(rows.Field(column), out value) ? Bad(TapeDefect.FieldInvalid, column) : value < 0 ? Bad(negative, column) : Fine;
        return defect == Fine;
    }
}
