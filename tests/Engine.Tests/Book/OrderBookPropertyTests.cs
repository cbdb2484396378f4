using Granary.Engine.Book;
using Granary.Engine.Snapshots;
using static Granary.Engine.Tests.Book.BookScene;

namespace Granary.Engine.Tests.Book;

/// <summary>Long seeded lives against the obvious book.</summary>
public sealed class OrderBookPropertyTests
{
    [Theory]
    [InlineData(1, 20_000, 30), InlineData(2, 20_000, 400), InlineData(3, 2000, 4000), InlineData(4, 200, 60), InlineData(5, 20_000, 60_000), InlineData(6, 300, 60_000)]
    public void The_book_is_the_obvious_one(int seed, int levelsMax, int width)
    {
        var random = new Random(seed);
        var options = new OrderBookOptions { LevelsMax = levelsMax };
        var book = new OrderBook(options);
        var start = new BookSnapshot(0, 0, Side(random, 200_000, -width, 50), Side(random, 200_001, width, 50), 1000);
        book.Apply(start).ShouldBe(BookOutcome.Applied);
        var model = new ModelBook(start);
        var center = 200_000;
        for (var id = 1; id <= 3000; id++)
        {
            center = Math.Clamp(center + (random.Next(100) == 0 ? random.Next(-width, width) : random.Next(-3, 4)), 100_000, 300_000);
            // What lies across the new middle goes, as a venue would take it away.
            BookLevel[] bids = [.. model.Bids.Where(level => level.PriceE8 > center).Select(level => level with { QuantityE8 = 0 }), .. Changes(random, center, -width)];
            BookLevel[] asks = [.. model.Asks.Where(level => level.PriceE8 <= center).Select(level => level with { QuantityE8 = 0 }), .. Changes(random, center + 1, width)];
            book.Change(id, id, id - 1, bids, asks).ShouldBe(BookOutcome.Applied);
            model.Apply(bids, asks);
            if (id % 500 == 0) book = book.Restored(options);
            Within(book.Bids, isBid: true).ShouldBe(model.Bids.TakeWhile(level => level.PriceE8 > (book.Bids.HorizonE8 ?? 0)).Take(levelsMax));
            Within(book.Asks, isBid: false).ShouldBe(model.Asks.TakeWhile(level => level.PriceE8 < (book.Asks.HorizonE8 ?? long.MaxValue)).Take(levelsMax));
        }
    }

    [Fact]
    public void A_restored_book_goes_on_bit_for_bit_in_every_state()
    {
        var random = new Random(7);
        var options = new OrderBookOptions { LevelsMax = 10, TopLevels = 3 };
        var (book, twin) = (new OrderBook(options), new OrderBook(options));
        long last = 100;
        for (var i = 0; i < 3000; i++)
        {
            if (i % 7 == 0) twin = twin.Restored(options);
            if (random.Next(15) == 0)
            {
                var snapshot = Snapshot(last - random.Next(12), limit: random.Next(2, 5));
                twin.Apply(snapshot).ShouldBe(book.Apply(snapshot));
            }
            var previous = random.Next(30) == 0 ? last - 1 : last;
            last = previous + random.Next(1, 5);
            var (bids, asks) = (Changes(random, 99, -10), Changes(random, random.Next(50) == 0 ? 95 : 101, 10));
            twin.Change(previous + 1, last, previous, bids, asks).ShouldBe(book.Change(previous + 1, last, previous, bids, asks));
            twin.Bytes().ShouldBe(book.Bytes());
        }
        (book.ResyncCount, book.RefreshCount, book.StaleCount).ShouldSatisfyAllConditions(
            counts => counts.ResyncCount.ShouldBeGreaterThan(10), counts => counts.RefreshCount.ShouldBeGreaterThan(1), counts => counts.StaleCount.ShouldBeGreaterThan(1));
    }

    [Fact]
    public void Damaged_snapshots_are_refused_by_one_exception()
    {
        var random = new Random(8);
        var book = new OrderBook();
        book.Apply(Snapshot(100));
        book.Change(102, 103, 101);
        book.Change(104, 104, 103);
        foreach (var source in new[] { book, Live() })
        {
            var bytes = source.Bytes();
            for (var length = 0; length < bytes.Length; length++) Should.Throw<InvalidDataException>(() => Restore(bytes[..length]));
            for (var i = 0; i < 3000; i++)
            {
                var damaged = bytes.ToArray();
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                try
                {
                    Restore(damaged);
                }
                catch (InvalidDataException)
                {
                    // The only way to refuse.
                }
            }
        }
        Should.Throw<InvalidDataException>(() => Live().Restored(new OrderBookOptions { LevelsMax = 50 })).Message.ShouldContain("2000 levels");
    }

    [Fact]
    public void Changes_allocate_nothing()
    {
        var book = Live();
        var random = new Random(9);
        var changes = Enumerable.Range(0, 500).Select(_ => (Bids: Changes(random, 99, -90), Asks: Changes(random, 101, 500))).ToArray();
        var id = 100L;
        Run();
        Run().ShouldBe(0);
        book.Bids.Count.ShouldBeGreaterThan(5);

        long Run()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var (bids, asks) in changes) book.Apply(new BookDiff(++id, id, id - 1, id, bids, asks));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void Restore(byte[] bytes)
    {
        var reader = new SnapshotReader(bytes);
        new OrderBook().Restore(ref reader);
    }

    /// <summary>The levels that the side knows to be complete.</summary>
    private static IEnumerable<BookLevel> Within(BookSide side, bool isBid) =>
        side.All().TakeWhile(level => side.HorizonE8 is not { } horizon || (isBid ? level.PriceE8 > horizon : level.PriceE8 < horizon));

    private static BookLevel[] Side(Random random, int best, int width, int count) =>
        [.. Enumerable.Range(0, count).Select(i => best + (Math.Sign(width) * i)).Select(price => new BookLevel(price, random.Next(1, 100)))];

    private static BookLevel[] Changes(Random random, int best, int width) =>
        [.. Enumerable.Range(0, random.Next(12)).Select(_ => best + (Math.Sign(width) * (int)(Math.Pow(random.NextDouble(), 3) * Math.Abs(width))))
            .Select(price => new BookLevel(price, random.Next(3) == 0 ? 0 : random.Next(1, 100)))];
}
