using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>Funding settlements.</summary>
internal sealed class FundingRateCodec() : RowCodec<FundingRate>(TapeKind.FundingRates, 0, 0,
[
    new ColumnSpec("time_ms", ColumnType.Integer),
    new ColumnSpec("rate", ColumnType.Decimal),
])
{
    public override long IdOf(in FundingRate row) => row.TimeMs;

    public override void Split(ReadOnlySpan<FundingRate> rows, ColumnData[] columns)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            columns[0].Integers[i] = rows[i].TimeMs;
            columns[1].Wide[i] = rows[i].Rate;
        }
    }

    public override void Join(ColumnData[] columns, Span<FundingRate> rows)
    {
        for (var i = 0; i < rows.Length; i++) rows[i] = new FundingRate(columns[0].Integers[i], columns[1].DecimalAt(i));
    }
}
