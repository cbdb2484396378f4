using Granary.Engine.Market;

namespace Granary.Tape.Rows;

/// <summary>Reads one row of a trade tape. What is wrong is told as defect and column; nothing is thrown and nothing allocated.</summary>
internal sealed class TradeRowParser(TradeColumns columns)
{
    /// <summary>The defect of a row that has none.</summary>
    public const TapeDefect Fine = (TapeDefect)(-1);

    /// <summary>Column of the last defect, or -1 when it concerns the row.</summary>
    public int DefectColumn { get; private set; } = -1;

    public TradeColumns Columns => columns;

    public TapeDefect Parse(ReadOnlySpan<byte> line, out AggTrade trade)
    {
        trade = default;
        // starts[i] is where field i begins; a field ends one before the next begins.
        Span<int> starts = stackalloc int[TradeColumns.CountMax + 1];
        if (!Split(line, starts)) return Bad(TapeDefect.ColumnCount, -1);

        if (!Fields.TryParseId(Field(line, starts, columns.Id), out var id)) return Bad(TapeDefect.FieldInvalid, columns.Id);
        if (!Fixed8.TryParse(Field(line, starts, columns.Price), out var price)) return Bad(TapeDefect.FieldInvalid, columns.Price);
        if (!Fixed8.TryParse(Field(line, starts, columns.Quantity), out var quantity)) return Bad(TapeDefect.FieldInvalid, columns.Quantity);
        if (!Fields.TryParseTimeMs(Field(line, starts, columns.Time), out var time)) return Bad(TapeDefect.TimeImplausible, columns.Time);
        if (!Fields.TryParseFlag(Field(line, starts, columns.IsBuyerMaker), out var isBuyerMaker)) return Bad(TapeDefect.FieldInvalid, columns.IsBuyerMaker);
        if (columns.IsBestMatch >= 0 && !Fields.TryParseFlag(Field(line, starts, columns.IsBestMatch), out _))
            return Bad(TapeDefect.FieldInvalid, columns.IsBestMatch);
        if (price <= 0) return Bad(TapeDefect.PriceNotPositive, columns.Price);
        if (quantity <= 0) return Bad(TapeDefect.QuantityNotPositive, columns.Quantity);

        var firstId = columns.Layout == TapeLayout.Trades ? id : 0;
        var count = 1;
        if (columns.FirstTradeId >= 0)
        {
            var defect = ParseTradeIds(Field(line, starts, columns.FirstTradeId), Field(line, starts, columns.LastTradeId), out firstId, out count);
            if (defect != Fine) return defect;
        }
        if (columns.QuoteQuantity >= 0)
        {
            if (!Fixed8.TryParse(Field(line, starts, columns.QuoteQuantity), out var quote)) return Bad(TapeDefect.FieldInvalid, columns.QuoteQuantity);
            if (!IsNearProduct(price, quantity, quote)) return Bad(TapeDefect.QuoteQuantityOff, columns.QuoteQuantity);
        }
        trade = new AggTrade(id, time, price, quantity, firstId, count, isBuyerMaker);
        return Fine;
    }

    /// <summary>The text of the column in the line, for messages.</summary>
    public ReadOnlySpan<byte> FieldOf(ReadOnlySpan<byte> line, int column)
    {
        Span<int> starts = stackalloc int[TradeColumns.CountMax + 1];
        return column >= 0 && Split(line, starts) ? Field(line, starts, column) : line;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, scoped ReadOnlySpan<int> starts, int column) =>
        line[starts[column]..(starts[column + 1] - 1)];

    // One percent and a hundredth: publishers round the column in different ways; a swap is off by orders of magnitude.
    private static bool IsNearProduct(long price, long quantity, long quote)
    {
        var product = price / (double)Fixed8.One * quantity;
        return Math.Abs(product - quote) <= (0.01 * product) + (0.01 * Fixed8.One);
    }

    private bool Split(ReadOnlySpan<byte> line, scoped Span<int> starts)
    {
        var at = 0;
        for (var column = 0; column < columns.Count; column++)
        {
            starts[column] = at;
            var length = line[at..].IndexOf((byte)',');
            if (length < 0)
            {
                starts[column + 1] = line.Length + 1;
                return column == columns.Count - 1;
            }
            at += length + 1;
        }
        return false;
    }

    private TapeDefect ParseTradeIds(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last, out long firstId, out int count)
    {
        (firstId, count) = (0, 1);
        if (first.IsEmpty && last.IsEmpty) return Fine;
        if (!Fields.TryParseId(first, out firstId)) return Bad(first.IsEmpty ? TapeDefect.TradeIdRange : TapeDefect.FieldInvalid, columns.FirstTradeId);
        if (!Fields.TryParseId(last, out var lastId)) return Bad(last.IsEmpty ? TapeDefect.TradeIdRange : TapeDefect.FieldInvalid, columns.LastTradeId);
        if (lastId < firstId || lastId - firstId >= int.MaxValue) return Bad(TapeDefect.TradeIdRange, columns.LastTradeId);
        count = (int)(lastId - firstId + 1);
        return Fine;
    }

    private TapeDefect Bad(TapeDefect defect, int column)
    {
        DefectColumn = column;
        return defect;
    }
}
