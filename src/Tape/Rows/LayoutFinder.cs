using System.Text;
using Granary.Tape.Files;

namespace Granary.Tape.Rows;

/// <summary>Tells a file's layout by its first line: a header by the names of its columns, in whatever order; a row by its shape.</summary>
internal static class LayoutFinder
{
    /// <summary>Reads the first line of a file.</summary>
    /// <param name="rows">The file, at its beginning.</param>
    /// <param name="wanted">The layout, or null to find it.</param>
    /// <param name="isRow">Whether the line is a row already.</param>
    /// <exception cref="TapeException">The file is empty or of no known layout.</exception>
    public static Columns Read(RowBlocks rows, TapeLayout? wanted, out bool isRow)
    {
        if (!rows.TryNext() || rows.IsBlank)
            throw new TapeException(rows.FileName, 0, "", TapeDefect.FileEmpty, "the file begins with nothing; download it again");
        var first = rows.Line;
        isRow = IsRow(first);
        if (!isRow)
        {
            return FromHeader(first, wanted, out var fault) ?? throw new TapeException(
                rows.FileName, 1, fault, TapeDefect.LayoutUnknown, fault.Length > 0
                    ? $"the header '{Quotation.Of(first, 120)}' lacks this column or has too many; expected the columns of a public layout"
                    : $"'{Quotation.Of(first, 80)}' is neither a header nor a row of a public layout");
        }
        return FromRow(first, wanted) ?? throw new TapeException(
            rows.FileName, 1, "", TapeDefect.LayoutUnknown,
            $"'{Quotation.Of(first, 80)}' is no row of {(wanted is { } layout ? "the layout " + layout : "a known layout")}; name the layout, or add the header");
    }

    /// <summary>Whether the line is a row: a header holds no number.</summary>
    public static bool IsRow(ReadOnlySpan<byte> line)
    {
        foreach (var range in line.Split((byte)','))
        {
            if (Fields.TryParseDecimal(line[range], out _)) return true;
        }
        return line[0] is >= (byte)'0' and <= (byte)'9' or (byte)'-';
    }

    /// <summary>Reads a header line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="wanted">The layout, or null to find it.</param>
    /// <param name="fault">The column that is missing, when the header is of no layout.</param>
    /// <returns>Null when it is no header of a known layout.</returns>
    public static Columns? FromHeader(ReadOnlySpan<byte> line, TapeLayout? wanted, out string fault)
    {
        var names = Encoding.UTF8.GetString(line).Split(',').Select(n => n.Trim().Trim('"').ToLowerInvariant()).ToArray();
        var layout = wanted ?? LayoutOf(names);
        var specs = Layouts.Of(layout);
        var places = specs.Select(s => Array.FindIndex(names, s.IsCalled)).ToArray();
        fault = "";
        if (names.Length > Columns.CountMax) fault = $"{Columns.CountMax + 1} and more";
        for (var i = 0; i < specs.Length && fault.Length == 0; i++)
        {
            if (specs[i].IsRequired && places[i] < 0) fault = specs[i].Name;
        }
        if (fault.Length == 0) return new Columns(layout, names.Length, places);
        // Where no column is known, none can be named as missing.
        if (places.All(p => p < 0)) fault = "";
        return null;
    }

    /// <summary>Reads the shape of a row.</summary>
    /// <param name="line">The line.</param>
    /// <param name="wanted">The layout, or null to find it.</param>
    /// <returns>Null when it is no row of a known layout.</returns>
    public static Columns? FromRow(ReadOnlySpan<byte> line, TapeLayout? wanted)
    {
        var shape = new StringBuilder();
        foreach (var range in line.Split((byte)',')) shape.Append(ShapeOf(line[range]));
        return Match(shape.ToString(), wanted);
    }

    private static Columns? Match(string shape, TapeLayout? wanted) => (shape.Length, wanted) switch
    {
        (7 or 8, TapeLayout.AggTrades) => Make(TapeLayout.AggTrades, shape.Length, 0),
        (6 or 7, TapeLayout.Trades) => Make(TapeLayout.Trades, shape.Length, 0),
        (11 or 12, TapeLayout.Klines) => Make(TapeLayout.Klines, shape.Length, 1),
        (13, TapeLayout.Klines) => Make(TapeLayout.Klines, 13, 0),
        (6, TapeLayout.Ohlcv) => Make(TapeLayout.Ohlcv, 6, 1),
        (5, TapeLayout.Ohlc) => Make(TapeLayout.Ohlc, 5, 1),
        (3, TapeLayout.FundingRates) when shape[0] == 't' => Make(TapeLayout.FundingRates, 3, 1),
        (3, TapeLayout.FundingRates) => new Columns(TapeLayout.FundingRates, 3, [0, 1, -1, 2]),
        (2, TapeLayout.FundingRates) => new Columns(TapeLayout.FundingRates, 2, [-1, 0, -1, 1]),
        (7, TapeLayout.BookTickers) => Make(TapeLayout.BookTickers, 7, 0),
        (5, TapeLayout.BookTickers) => new Columns(TapeLayout.BookTickers, 5, [-1, 1, 2, 3, 4, 0, -1]),
        (_, not null) => null,
        _ when shape.Length is 6 or 7 && shape.EndsWith('f') && (shape.Length == 6 || shape[5] == 'f') => Match(shape, TapeLayout.Trades),
        (6, _) when shape[0] == 't' && shape.IndexOf('f') < 0 => Match(shape, TapeLayout.Ohlcv),
        (7, _) when shape[5] == 't' && shape[6] == 't' => Match(shape, TapeLayout.BookTickers),
        (7 or 8, _) => Match(shape, TapeLayout.AggTrades),
        (11 or 12, _) when shape[0] == 't' => Match(shape, TapeLayout.Klines),
        (13, _) when shape[1] == 't' => Match(shape, TapeLayout.Klines),
        (5, _) when shape[0] == 't' => Match(shape, TapeLayout.Ohlc),
        (6, _) => Match(shape, TapeLayout.Trades),
        (3, _) when shape[0] == 't' || shape[1] == 't' => Match(shape, TapeLayout.FundingRates),
        _ => null,
    };

    // The row holds the layout's columns from the one with the number on.
    private static Columns Make(TapeLayout layout, int count, int from)
    {
        var places = Enumerable.Range(0, Layouts.Of(layout).Length).Select(i => i >= from && i - from < count ? i - from : -1);
        return new Columns(layout, count, [.. places]);
    }

    private static char ShapeOf(ReadOnlySpan<byte> field) =>
        Fields.TryParseFlag(field, out _) ? 'f' : Fields.ParseTimeMs(field, out _) != TimeUnit.None ? 't' : '-';

    private static TapeLayout LayoutOf(string[] names)
    {
        bool Has(TapeLayout layout, string column) => names.Any(Array.Find(Layouts.Of(layout), c => c.Name == column)!.IsCalled);
        if (Has(TapeLayout.AggTrades, "first_trade_id") || names.Contains("agg_trade_id") || names.Contains("aggtradeid")) return TapeLayout.AggTrades;
        if (Has(TapeLayout.BookTickers, "best_bid_price")) return TapeLayout.BookTickers;
        if (Has(TapeLayout.FundingRates, "last_funding_rate")) return TapeLayout.FundingRates;
        if (!names.Contains("open") || !names.Contains("high")) return TapeLayout.Trades;
        if (Has(TapeLayout.Klines, "close_time") && Has(TapeLayout.Klines, "quote_volume") && Has(TapeLayout.Klines, "taker_buy_volume")) return TapeLayout.Klines;
        return names.Contains("volume") ? TapeLayout.Ohlcv : TapeLayout.Ohlc;
    }
}
