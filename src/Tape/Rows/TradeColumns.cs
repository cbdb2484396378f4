using System.Text;

namespace Granary.Tape.Rows;

/// <summary>Where the fields of a trade stand in a row; -1 where the layout does not have one.</summary>
internal sealed record TradeColumns(
    TapeLayout Layout, int Count, int Id, int Price, int Quantity, int QuoteQuantity, int FirstTradeId, int LastTradeId, int Time, int IsBuyerMaker,
    int IsBestMatch)
{
    /// <summary>The most columns that a row may have.</summary>
    public const int CountMax = 16;

    private static readonly string[] IdNames = ["agg_trade_id", "aggtradeid", "id", "trade_id"];
    private static readonly string[] QuantityNames = ["quantity", "qty"];
    private static readonly string[] TimeNames = ["transact_time", "time", "timestamp"];
    private static readonly string[] MakerNames = ["is_buyer_maker", "isbuyermaker"];

    /// <summary>Reads a header line: columns are found by their names, in whatever order they stand.</summary>
    /// <returns>Null, and the column at fault, when it is no header of a known layout.</returns>
    public static TradeColumns? FromHeader(ReadOnlySpan<byte> line, out string fault)
    {
        var names = Encoding.UTF8.GetString(line).Split(',').Select(n => n.Trim().Trim('"').ToLowerInvariant()).ToArray();
        var isAggregate = Find(names, "first_trade_id") >= 0 || Find(names, "agg_trade_id", "aggtradeid") >= 0;
        var columns = new TradeColumns(
            isAggregate ? TapeLayout.AggTrades : TapeLayout.Trades, names.Length, Find(names, IdNames), Find(names, "price"), Find(names, QuantityNames),
            Find(names, "quote_qty", "quoteqty", "quote_quantity"), Find(names, "first_trade_id"), Find(names, "last_trade_id"), Find(names, TimeNames),
            Find(names, MakerNames), Find(names, "is_best_match", "isbestmatch"));
        fault = (columns.Id, columns.Price, columns.Quantity, columns.Time, columns.IsBuyerMaker) switch
        {
            ( < 0, _, _, _, _) => isAggregate ? "agg_trade_id" : "id",
            (_, < 0, _, _, _) => "price",
            (_, _, < 0, _, _) => isAggregate ? "quantity" : "qty",
            (_, _, _, < 0, _) => isAggregate ? "transact_time" : "time",
            (_, _, _, _, < 0) => "is_buyer_maker",
            _ when isAggregate && columns.FirstTradeId < 0 => "first_trade_id",
            _ when isAggregate && columns.LastTradeId < 0 => "last_trade_id",
            _ => "",
        };
        if (names.Length <= CountMax) return fault.Length == 0 ? columns : null;
        fault = $"{CountMax + 1} and more";
        return null;
    }

    /// <summary>Tells a layout without header by the number of columns and where the flags and the time stand.</summary>
    /// <returns>Null when it is no row of a known layout.</returns>
    public static TradeColumns? FromRow(ReadOnlySpan<byte> line)
    {
        var fields = Encoding.UTF8.GetString(line).Split(',');
        var isFlag = fields.Select(f => f is "true" or "false" or "True" or "False" or "TRUE" or "FALSE").ToArray();
        return fields.Length switch
        {
            6 => Trades(6),
            7 when isFlag[5] && isFlag[6] => Trades(7),
            7 => AggTrades(7),
            8 => AggTrades(8),
            _ => null,
        };
    }

    /// <summary>The column's official name.</summary>
    public string NameOf(int column) => column switch
    {
        _ when column == Id => Layout == TapeLayout.AggTrades ? "agg_trade_id" : "id",
        _ when column == Price => "price",
        _ when column == Quantity => Layout == TapeLayout.AggTrades ? "quantity" : "qty",
        _ when column == QuoteQuantity => "quote_qty",
        _ when column == FirstTradeId => "first_trade_id",
        _ when column == LastTradeId => "last_trade_id",
        _ when column == Time => Layout == TapeLayout.AggTrades ? "transact_time" : "time",
        _ when column == IsBuyerMaker => "is_buyer_maker",
        _ when column == IsBestMatch => "is_best_match",
        _ => "",
    };

    private static TradeColumns AggTrades(int count) => new(TapeLayout.AggTrades, count, 0, 1, 2, -1, 3, 4, 5, 6, count == 8 ? 7 : -1);

    private static TradeColumns Trades(int count) => new(TapeLayout.Trades, count, 0, 1, 2, 3, -1, -1, 4, 5, count == 7 ? 6 : -1);

    private static int Find(string[] names, params string[] wanted) => Array.FindIndex(names, n => wanted.Contains(n, StringComparer.Ordinal));
}
