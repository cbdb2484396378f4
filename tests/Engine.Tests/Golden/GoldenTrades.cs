using System.Globalization;
using System.IO.Compression;
using System.Text;
using Granary.Engine.Market;

namespace Granary.Engine.Tests.Golden;

/// <summary>Reads aggregate trades from the public csv layout.</summary>
internal static class GoldenTrades
{
    public static AggTrade[] Load(string path)
    {
        if (!path.EndsWith(".zip", StringComparison.Ordinal)) return Parse(CsvTable.Load(path));
        using var zip = ZipFile.OpenRead(path);
        var entry = zip.Entries.ShouldHaveSingleItem();
        return Parse(CsvTable.Parse(entry.FullName, new StreamReader(entry.Open())));
    }

    private static AggTrade[] Parse(CsvTable table)
    {
        table.Columns.ShouldBe(["agg_trade_id", "price", "quantity", "first_trade_id", "last_trade_id", "transact_time", "is_buyer_maker"]);
        return [.. table.Rows.Select(row => new AggTrade(
            Integer(row[0]), Integer(row[5]), E8(row[1]), E8(row[2]), Integer(row[3]), (int)(Integer(row[4]) - Integer(row[3]) + 1), bool.Parse(row[6])))];
    }

    private static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static long E8(string text) =>
        Fixed8.TryParse(Encoding.ASCII.GetBytes(text), out var e8) ? e8 : throw new InvalidDataException($"'{text}' is not a number");
}
