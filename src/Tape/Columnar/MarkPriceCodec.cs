using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>Mark prices. The index price is held against the mark price.</summary>
internal sealed class MarkPriceCodec() : RowCodec<MarkPrice>(TapeKind.MarkPrices, 0, 0,
[
    new ColumnSpec("time_ms", ColumnType.Integer),
    new ColumnSpec("mark", ColumnType.Decimal),
    new ColumnSpec("index", ColumnType.Decimal, Reference: 1, ColumnEncoding.Relative),
    new ColumnSpec("funding_rate", ColumnType.Decimal),
    new ColumnSpec("next_funding_time_ms", ColumnType.Integer),
])
{
    public override long IdOf(in MarkPrice row) => row.TimeMs;

    public override void Split(ReadOnlySpan<MarkPrice> rows, ColumnData[] columns)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            columns[0].Integers[i] = row.TimeMs;
            columns[1].Wide[i] = row.Mark;
            columns[2].Wide[i] = row.Index;
            columns[3].Wide[i] = row.FundingRate;
            columns[4].Integers[i] = row.NextFundingTimeMs;
        }
    }

    public override void Join(ColumnData[] columns, Span<MarkPrice> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new MarkPrice(
                columns[0].Integers[i], columns[1].DecimalAt(i), columns[2].DecimalAt(i), columns[3].DecimalAt(i), columns[4].Integers[i]);
        }
    }
}
