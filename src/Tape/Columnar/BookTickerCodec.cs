using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>Best bids and asks. The ask is held against the bid.</summary>
internal sealed class BookTickerCodec() : RowCodec<BookTicker>(TapeKind.BookTickers, 0, 1,
[
    new ColumnSpec("update_id", ColumnType.Integer),
    new ColumnSpec("time_ms", ColumnType.Integer),
    new ColumnSpec("bid_price", ColumnType.Scaled8),
    new ColumnSpec("bid_quantity", ColumnType.Scaled8),
    new ColumnSpec("ask_price", ColumnType.Scaled8, Reference: 2, ColumnEncoding.Relative),
    new ColumnSpec("ask_quantity", ColumnType.Scaled8),
])
{
    public override long IdOf(in BookTicker row) => row.UpdateId;

    public override void Split(ReadOnlySpan<BookTicker> rows, ColumnData[] columns)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            columns[0].Integers[i] = row.UpdateId;
            columns[1].Integers[i] = row.TimeMs;
            columns[2].Integers[i] = row.BidPriceE8;
            columns[3].Integers[i] = row.BidQuantityE8;
            columns[4].Integers[i] = row.AskPriceE8;
            columns[5].Integers[i] = row.AskQuantityE8;
        }
    }

    public override void Join(ColumnData[] columns, Span<BookTicker> rows)
    {
        long bid = ToE8(columns[2]), bidQuantity = ToE8(columns[3]), ask = ToE8(columns[4]), askQuantity = ToE8(columns[5]);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new BookTicker(
                columns[0].Integers[i], columns[1].Integers[i], columns[2].Integers[i] * bid, columns[3].Integers[i] * bidQuantity,
                columns[4].Integers[i] * ask, columns[5].Integers[i] * askQuantity);
        }
    }
}
