using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>Aggregate trades. The first trade id follows the trade before, so that it costs nothing while no single trade is missing.</summary>
internal sealed class AggTradeCodec() : RowCodec<AggTrade>(TapeKind.AggTrades, 0, 1,
[
    new ColumnSpec("id", ColumnType.Integer),
    new ColumnSpec("time_ms", ColumnType.Integer),
    new ColumnSpec("price", ColumnType.Scaled8),
    new ColumnSpec("quantity", ColumnType.Scaled8),
    new ColumnSpec("trade_count", ColumnType.Integer32),
    new ColumnSpec("first_trade_id", ColumnType.Integer, Reference: 4, ColumnEncoding.Chained),
    new ColumnSpec("is_buyer_maker", ColumnType.Flag),
])
{
    public override long IdOf(in AggTrade row) => row.Id;

    public override void Split(ReadOnlySpan<AggTrade> rows, ColumnData[] columns)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            columns[0].Integers[i] = row.Id;
            columns[1].Integers[i] = row.TimeMs;
            columns[2].Integers[i] = row.PriceE8;
            columns[3].Integers[i] = row.QuantityE8;
            columns[4].Integers[i] = row.TradeCount;
            columns[5].Integers[i] = row.FirstTradeId;
            columns[6].Integers[i] = row.IsBuyerMaker ? 1 : 0;
        }
    }

    public override void Join(ColumnData[] columns, Span<AggTrade> rows)
    {
        foreach (var column in columns) ArgumentOutOfRangeException.ThrowIfLessThan(column.Integers.Length, rows.Length);
        long price = ToE8(columns[2]), quantity = ToE8(columns[3]);
        // Lengths are checked above, once a block instead of seven times a row.
        ref var ids = ref MemoryMarshal.GetArrayDataReference(columns[0].Integers);
        ref var times = ref MemoryMarshal.GetArrayDataReference(columns[1].Integers);
        ref var prices = ref MemoryMarshal.GetArrayDataReference(columns[2].Integers);
        ref var quantities = ref MemoryMarshal.GetArrayDataReference(columns[3].Integers);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(columns[4].Integers);
        ref var firsts = ref MemoryMarshal.GetArrayDataReference(columns[5].Integers);
        ref var makers = ref MemoryMarshal.GetArrayDataReference(columns[6].Integers);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new AggTrade(
                Unsafe.Add(ref ids, i), Unsafe.Add(ref times, i), Unsafe.Add(ref prices, i) * price, Unsafe.Add(ref quantities, i) * quantity,
                Unsafe.Add(ref firsts, i), (int)Unsafe.Add(ref counts, i), Unsafe.Add(ref makers, i) != 0);
        }
    }
}
