using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Gateway;

/// <summary>The live order book: from changes and a snapshot, begun anew on a gap, shown to the symbol's grain.</summary>
public sealed class SymbolBookTests
{
    private const long E8 = Fixed8.One;

    [Fact]
    public void Changes_and_a_snapshot_make_a_book_and_the_grain_sees_its_features()
    {
        using var bench = Started();
        bench.Venue.Book = new BookSnapshot(10, 5, [Level(100, 3), Level(99, 1)], [Level(101, 1), Level(102, 5)], 1_000);
        Depth(bench, 9, 11, 8, [Level(100, 2)], []);
        bench.Pass(1);
        bench.Venue.Count("depth").ShouldBe(1);
        Depth(bench, 12, 12, 11, [], [Level(101, 2)]);
        bench.Venue.Market!.OnBookTicker(0, new BookTicker(12, 1, 100 * E8, 2 * E8, 101 * E8, 2 * E8), 0);
        bench.Pass(1);

        var book = bench.SymbolView.Book!;
        book.State.ShouldBe("Live");
        (book.Spread, book.Imbalance, book.Resyncs).ShouldBe((1m, 0.0, 0L));
        book.Depth[0].ShouldBe(new DepthView(1, 2, 2, 0, 4, 4));
    }

    [Fact]
    public void A_gap_in_the_changes_fetches_a_new_snapshot_and_a_stale_one_is_asked_for_again()
    {
        using var bench = Started();
        bench.Venue.Book = new BookSnapshot(10, 5, [Level(100, 3)], [Level(101, 1)], 1_000);
        Depth(bench, 9, 11, 8, [Level(100, 2)], []);
        bench.Pass(1);
        Depth(bench, 20, 21, 19, [Level(100, 7)], []);
        bench.Pass(3);
        bench.SymbolView.Book!.State.ShouldBe("Syncing");
        bench.Venue.Count("depth").ShouldBeGreaterThan(2);

        bench.Venue.Book = new BookSnapshot(20, 6, [Level(100, 4)], [Level(101, 1)], 1_000);
        bench.Pass(2);
        Depth(bench, 22, 22, 21, [Level(99, 1)], []);
        bench.Pass(1);
        var book = bench.SymbolView.Book!;
        (book.State, book.Resyncs).ShouldBe(("Live", 1L));
        book.Depth[0].BidVolume.ShouldBe(7);
    }

    [Fact]
    public void Lost_quotes_begin_the_book_anew()
    {
        using var bench = Started();
        bench.Venue.Book = new BookSnapshot(10, 5, [Level(100, 3)], [Level(101, 1)], 1_000);
        Depth(bench, 9, 11, 8, [Level(100, 2)], []);
        bench.Pass(1);
        bench.Venue.Market!.OnQuoteConnection(false, "cut");
        bench.Venue.Book = new BookSnapshot(30, 7, [Level(100, 9)], [Level(101, 1)], 1_000);
        Depth(bench, 29, 31, 28, [], [Level(101, 2)]);
        bench.Pass(2);
        (bench.SymbolView.Book!.State, bench.SymbolView.Book.Resyncs).ShouldBe(("Live", 1L));
    }

    private static GrainBench Started()
    {
        var bench = new GrainBench();
        bench.Start(services: true);
        bench.Pass(1);
        return bench;
    }

    private static BookLevel Level(long price, long quantity) => new(price * E8, quantity * E8);

    private static void Depth(GrainBench bench, long first, long last, long previous, BookLevel[] bids, BookLevel[] asks) =>
        bench.Venue.Market!.OnDepth(0, new BookDiff(first, last, previous, last, bids, asks), 0);
}
