using System.Globalization;
using System.Text;
using System.Text.Json;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Tests.Golden;

namespace Granary.Engine.Tests.Book;

/// <summary>The golden tables of formulas §8, with the windows and levels that their params.json names.</summary>
public sealed class BookGoldenTests
{
    private static string Folder => GoldenFolder.SharedFile("golden");

    [SharedFact]
    public void Quotes_and_order_flow_match()
    {
        var input = CsvTable.Load(Path.Combine(Folder, "inputs", "book_ticker.csv.gz"));
        input.Columns.ShouldBe(["time", "bid_price", "bid_qty", "ask_price", "ask_qty"]);
        var features = new BookFeatures(new BookFeatureOptions { OfiWindow = Parameters().GetProperty("ofi_bucket").GetInt32() });
        var rows = new List<(long Time, decimal? Event, decimal Cumulative, decimal? Window, Quote Quote)>();
        foreach (var row in input.Rows)
        {
            features.Update(new BookTicker(rows.Count, Integer(row[0]), E8(row[1]), E8(row[2]), E8(row[3]), E8(row[4])));
            rows.Add((Integer(row[0]), features.OrderFlow.Event, features.OrderFlow.Cumulative, features.OrderFlow.Window, features.Quote));
        }
        Compare("book_ticker.csv", rows, new Dictionary<string, Func<(long Time, decimal? Event, decimal Cumulative, decimal? Window, Quote Quote), object?>>
        {
            ["time"] = row => row.Time,
            ["ofi_event"] = row => row.Event,
            ["ofi_cumulative"] = row => row.Cumulative,
            ["ofi_window"] = row => row.Window,
            ["microprice"] = row => row.Quote.Microprice,
            ["mid"] = row => row.Quote.Mid,
            ["imbalance"] = row => row.Quote.Imbalance,
        }).ShouldBe(rows.Count * 7);
    }

    [SharedFact]
    public void Depth_matches()
    {
        var input = CsvTable.Load(Path.Combine(Folder, "inputs", "depth20.csv.gz"));
        input.Columns.ShouldBe(["snapshot", "side", "level", "price", "quantity"]);
        var levels = Parameters().GetProperty("levels").EnumerateArray().Select(level => level.GetInt32()).ToArray();
        var features = new BookFeatures();
        var rows = new List<(long Snapshot, Quote Quote, Dictionary<int, DepthProfile> Depth)>();
        foreach (var snapshot in input.Rows.GroupBy(row => row[0]))
        {
            // Through the book, so that its order is tested with the sums.
            var book = new OrderBook();
            book.Apply(new BookSnapshot(1, 0, Side(snapshot, "bid"), Side(snapshot, "ask"), 1000)).ShouldBe(BookOutcome.Applied);
            rows.Add((Integer(snapshot.Key), book.Quote, levels.ToDictionary(level => level, level => features.Depth(book, level)!.Value)));
        }
        var columns = new Dictionary<string, Func<(long Snapshot, Quote Quote, Dictionary<int, DepthProfile> Depth), object?>>
        {
            ["snapshot"] = row => row.Snapshot,
            ["mid"] = row => row.Quote.Mid,
        };
        foreach (var level in levels)
        {
            columns[$"bid_volume_{level}"] = row => (double)row.Depth[level].BidVolume;
            columns[$"ask_volume_{level}"] = row => (double)row.Depth[level].AskVolume;
            columns[$"imbalance_{level}"] = row => row.Depth[level].Imbalance;
            columns[$"bid_slope_{level}"] = row => row.Depth[level].BidSlope;
            columns[$"ask_slope_{level}"] = row => row.Depth[level].AskSlope;
        }
        CsvTable.Load(Path.Combine(Folder, "expected", "depth20.csv")).Columns.ShouldBe(columns.Keys, ignoreOrder: true);
        Compare("depth20.csv", rows, columns).ShouldBe(rows.Count * (2 + (5 * levels.Length)));
    }

    private static int Compare<T>(string file, List<T> rows, Dictionary<string, Func<T, object?>> columns)
    {
        // Only this file's lines: others' may hold quoted fields.
        var specs = File.ReadLines(Path.Combine(Folder, "COLUMNS.csv")).Select(line => line.Split(',')).Where(fields => fields[0] == $"expected/{file}").ToDictionary(
            fields => fields[1],
            fields => new ColumnSpec(fields[2], double.Parse(fields[3], CultureInfo.InvariantCulture), double.Parse(fields[4], CultureInfo.InvariantCulture)));
        return GoldenComparer.ShouldMatch(CsvTable.Load(Path.Combine(Folder, "expected", file)), specs, rows, columns);
    }

    private static BookLevel[] Side(IEnumerable<string[]> rows, string side) =>
        [.. rows.Where(row => row[1] == side).Select(row => new BookLevel(E8(row[3]), E8(row[4])))];

    private static JsonElement Parameters()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "params.json")));
        return document.RootElement.GetProperty("book").Clone();
    }

    private static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static long E8(string text) =>
        Fixed8.TryParse(Encoding.ASCII.GetBytes(text), out var e8) ? e8 : throw new InvalidDataException($"'{text}' is not a number");
}
