using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>Candles.</summary>
internal sealed class KlineCodec() : RowCodec<Kline>(TapeKind.Klines, 0, 0,
[
    new ColumnSpec("open_time_ms", ColumnType.Integer),
    new ColumnSpec("open", ColumnType.Decimal),
    new ColumnSpec("high", ColumnType.Decimal, Reference: 1, ColumnEncoding.Relative),
    new ColumnSpec("low", ColumnType.Decimal, Reference: 1, ColumnEncoding.Relative),
    new ColumnSpec("close", ColumnType.Decimal, Reference: 1, ColumnEncoding.Relative),
    new ColumnSpec("volume", ColumnType.Decimal),
    new ColumnSpec("close_time_ms", ColumnType.Integer, Reference: 0, ColumnEncoding.Relative),
    new ColumnSpec("quote_volume", ColumnType.Decimal),
    new ColumnSpec("trade_count", ColumnType.Integer32),
    new ColumnSpec("taker_buy_volume", ColumnType.Decimal),
    new ColumnSpec("taker_buy_quote_volume", ColumnType.Decimal),
])
{
    public override long IdOf(in Kline row) => row.OpenTimeMs;

    public override void Split(ReadOnlySpan<Kline> rows, ColumnData[] columns)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            columns[0].Integers[i] = row.OpenTimeMs;
            columns[1].Wide[i] = row.Open;
            columns[2].Wide[i] = row.High;
            columns[3].Wide[i] = row.Low;
            columns[4].Wide[i] = row.Close;
            columns[5].Wide[i] = row.Volume;
            columns[6].Integers[i] = row.CloseTimeMs;
            columns[7].Wide[i] = row.QuoteVolume;
            columns[8].Integers[i] = row.TradeCount;
            columns[9].Wide[i] = row.TakerBuyVolume;
            columns[10].Wide[i] = row.TakerBuyQuoteVolume;
        }
    }

    public override void Join(ColumnData[] columns, Span<Kline> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new Kline(
                columns[0].Integers[i], columns[1].DecimalAt(i), columns[2].DecimalAt(i), columns[3].DecimalAt(i), columns[4].DecimalAt(i),
                columns[5].DecimalAt(i), columns[6].Integers[i], columns[7].DecimalAt(i), (int)columns[8].Integers[i], columns[9].DecimalAt(i),
                columns[10].DecimalAt(i));
        }
    }
}
