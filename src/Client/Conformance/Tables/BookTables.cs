using System.Runtime.InteropServices;
using Granary.Engine.Book;
using Granary.Engine.Market;

namespace Granary.Client.Conformance.Tables;

/// <summary>Best quotes with their order flow, and depth snapshots (formulas §8).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class BookTables(ConformanceSource source) : IConformanceFamily
{
    private const int LevelsMax = 20_000;

    private static readonly CsvColumn<QuoteRow>[] QuoteColumns =
    [
        new("time", row => row.TimeMs),
        new("ofi_event", row => row.Event),
        new("ofi_cumulative", row => row.Cumulative),
        new("ofi_window", row => row.Window),
        new("microprice", row => row.Quote.Microprice),
        new("mid", row => row.Quote.Mid),
        new("imbalance", row => row.Quote.Imbalance),
    ];

    /// <inheritdoc/>
    public string Name => "book";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() => [new("book_ticker", WriteQuotes), new("depth20", WriteDepth)];

    private void WriteQuotes(CsvTableWriter csv)
    {
        var window = source.Params["book"]["ofi_bucket"].Int(1, BookFeatureOptions.WindowMax);
        var features = new BookFeatures(new BookFeatureOptions { OfiWindow = window });
        using var table = source.Inputs.Open("book_ticker");
        csv.Write(table.Rows().Select(row => Take(row, features)), QuoteColumns);
    }

    private static QuoteRow Take(CsvRow row, BookFeatures features)
    {
        var timeMs = row.Long("time");
        features.Update(new BookTicker(0, timeMs, row.E8("bid_price"), row.E8("bid_qty"), row.E8("ask_price"), row.E8("ask_qty")));
        return new QuoteRow(timeMs, features.OrderFlow.Event, features.OrderFlow.Cumulative, features.OrderFlow.Window, features.Quote);
    }

    private void WriteDepth(CsvTableWriter csv)
    {
        var levels = source.Params["book"]["levels"].Items.Select(level => level.Int(1, LevelsMax)).ToArray();
        using var table = source.Inputs.Open("depth20");
        csv.Write(Snapshots(table), DepthColumns(levels));
    }

    /// <summary>Consecutive rows of one snapshot; the levels of a side may come in any order.</summary>
    private static IEnumerable<DepthRow> Snapshots(CsvTableReader table)
    {
        DepthRow? current = null;
        foreach (var row in table.Rows())
        {
            var snapshot = row.Long("snapshot");
            if (current is not null && current.Snapshot != snapshot)
            {
                yield return current.Sorted();
                current = null;
            }
            current ??= new DepthRow(snapshot, [], []);
            var side = row.Text("side") switch
            {
                "bid" => current.Bids,
                "ask" => current.Asks,
                _ => throw row.Wrong("side", "bid or ask"),
            };
            side.Add(new BookLevel(row.E8("price"), row.E8("quantity")));
        }
        if (current is not null) yield return current.Sorted();
    }

    private static CsvColumn<DepthRow>[] DepthColumns(int[] levels) =>
    [
        new("snapshot", row => row.Snapshot),
        new("mid", row => row.Mid),
        .. levels.SelectMany(level => new CsvColumn<DepthRow>[]
        {
            new($"bid_volume_{level}", row => row.Depth(level).BidVolume),
            new($"ask_volume_{level}", row => row.Depth(level).AskVolume),
            new($"imbalance_{level}", row => row.Depth(level).Imbalance),
            new($"bid_slope_{level}", row => row.Depth(level).BidSlope),
            new($"ask_slope_{level}", row => row.Depth(level).AskSlope),
        }),
    ];

    private sealed record QuoteRow(long TimeMs, decimal? Event, decimal Cumulative, decimal? Window, Quote Quote);

    private sealed record DepthRow(long Snapshot, List<BookLevel> Bids, List<BookLevel> Asks)
    {
        public double? Mid => Bids.Count > 0 && Asks.Count > 0
            ? new Quote(Bids[0].PriceE8, Bids[0].QuantityE8, Asks[0].PriceE8, Asks[0].QuantityE8).Mid
            : null;

        public DepthRow Sorted()
        {
            Bids.Sort((a, b) => b.PriceE8.CompareTo(a.PriceE8));
            Asks.Sort((a, b) => a.PriceE8.CompareTo(b.PriceE8));
            return this;
        }

        public DepthProfile Depth(int levels) =>
            DepthProfile.Of(CollectionsMarshal.AsSpan(Bids), CollectionsMarshal.AsSpan(Asks), levels);
    }
}
