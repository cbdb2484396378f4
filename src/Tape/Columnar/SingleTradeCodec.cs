namespace Granary.Tape.Columnar;

/// <summary>Single trades.</summary>
internal sealed class SingleTradeCodec() : RowCodec<SingleTrade>(TapeKind.Trades, 0, 1,
[
    new ColumnSpec("id", ColumnType.Integer),
    new ColumnSpec("time_ms", ColumnType.Integer),
    new ColumnSpec("event_time_ms", ColumnType.Integer, Reference: 1, ColumnEncoding.Relative),
    new ColumnSpec("price", ColumnType.Scaled8),
    new ColumnSpec("quantity", ColumnType.Scaled8),
    new ColumnSpec("is_buyer_maker", ColumnType.Flag),
    new ColumnSpec("is_market", ColumnType.Flag),
])
{
    public override long IdOf(in SingleTrade row) => row.Id;

    public override void Split(ReadOnlySpan<SingleTrade> rows, ColumnData[] columns)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            columns[0].Integers[i] = row.Id;
            columns[1].Integers[i] = row.TimeMs;
            columns[2].Integers[i] = row.EventTimeMs;
            columns[3].Integers[i] = row.PriceE8;
            columns[4].Integers[i] = row.QuantityE8;
            columns[5].Integers[i] = row.IsBuyerMaker ? 1 : 0;
            columns[6].Integers[i] = row.IsMarket ? 1 : 0;
        }
    }

    public override void Join(ColumnData[] columns, Span<SingleTrade> rows)
    {
        long price = ToE8(columns[3]), quantity = ToE8(columns[4]);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new SingleTrade(
                columns[0].Integers[i], columns[2].Integers[i], columns[1].Integers[i], columns[3].Integers[i] * price, columns[4].Integers[i] * quantity,
                columns[5].Integers[i] != 0, columns[6].Integers[i] != 0);
        }
    }
}
