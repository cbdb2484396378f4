using Granary.Engine.Book;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Book;

/// <summary>Short ways to say what happens to a book.</summary>
internal static class BookScene
{
    /// <summary>A book, live at update 100, with bids 99 and 98, asks 101 and 102, ten each.</summary>
    public static OrderBook Live(OrderBookOptions? options = null)
    {
        var book = new OrderBook(options);
        book.Apply(Snapshot(100)).ShouldBe(BookOutcome.Applied);
        return book;
    }

    public static BookSnapshot Snapshot(long id, int limit = 1000) => new(id, 1000 + id, Levels((99, 10), (98, 10)), Levels((101, 10), (102, 10)), limit);

    public static BookLevel[] Levels(params (long Price, long Quantity)[] levels) => [.. levels.Select(level => new BookLevel(level.Price, level.Quantity))];

    /// <summary>A change with a bid of 97 that tells which one it is.</summary>
    public static BookOutcome Change(this OrderBook book, long first, long final, long previous) =>
        book.Change(first, final, previous, Levels((97, final)), []);

    public static BookOutcome Change(this OrderBook book, long first, long final, long previous, BookLevel[] bids, BookLevel[] asks) =>
        book.Apply(new BookDiff(first, final, previous, 1000 + final, bids, asks));

    public static BookLevel[] All(this BookSide side)
    {
        var levels = new BookLevel[side.Count];
        side.CopyTo(levels).ShouldBe(side.Count);
        return levels;
    }

    public static byte[] Bytes(this OrderBook book)
    {
        var writer = new SnapshotWriter();
        book.Write(writer);
        return writer.ToArray();
    }

    public static OrderBook Restored(this OrderBook book, OrderBookOptions? options = null)
    {
        var restored = new OrderBook(options);
        var reader = new SnapshotReader(book.Bytes());
        restored.Restore(ref reader);
        reader.AtEnd.ShouldBeTrue();
        return restored;
    }
}
