using Granary.Engine.Book;
using static Granary.Engine.Tests.Book.BookScene;

namespace Granary.Engine.Tests.Book;

public sealed class OrderBookTests
{
    private static readonly OrderBookOptions _spot = new() { Chain = BookChain.Spot };

    [Fact]
    public void Nothing_is_asked_for_before_the_first_change()
    {
        var book = new OrderBook();
        (book.State, book.NeedsSnapshot, book.LastReason).ShouldBe((BookState.Empty, false, ResyncReason.None));
        book.Change(95, 96, 94).ShouldBe(BookOutcome.Buffered);
        (book.State, book.NeedsSnapshot, book.LastReason).ShouldBe((BookState.Syncing, true, ResyncReason.Start));
        (book.Quote, book.LastUpdateId, book.ResyncCount).ShouldBe((default, -1, 0));
    }

    [Fact]
    public void A_snapshot_drops_what_it_contains_and_takes_the_rest()
    {
        var book = new OrderBook();
        book.Change(90, 95, 89);
        book.Change(96, 99, 95);
        book.Change(100, 104, 99);
        book.Change(105, 109, 104);
        book.Apply(Snapshot(102)).ShouldBe(BookOutcome.Applied);
        (book.State, book.NeedsSnapshot, book.LastUpdateId, book.TimeMs, book.BufferedCount).ShouldBe((BookState.Live, false, 109, 1109, 0));
        book.Bids.All().ShouldBe(Levels((99, 10), (98, 10), (97, 109)));
        book.Change(110, 111, 109).ShouldBe(BookOutcome.Applied);
        book.Apply(Snapshot(200)).ShouldBe(BookOutcome.Ignored);
    }

    [Theory]
    // U <= id <= u; the change that ends at the id is contained; pu <= id leaves no room for a missing one; else there is a hole.
    [InlineData(95, 105, 90, BookOutcome.Applied), InlineData(100, 105, 94, BookOutcome.Applied), InlineData(95, 100, 94, BookOutcome.Ignored)]
    [InlineData(95, 99, 94, BookOutcome.Ignored), InlineData(101, 105, 100, BookOutcome.Applied), InlineData(103, 105, 98, BookOutcome.Applied)]
    [InlineData(103, 105, 101, BookOutcome.Resync), InlineData(101, 105, -1, BookOutcome.Resync)]
    public void The_first_change_after_a_futures_snapshot_joins_it(long first, long final, long previous, BookOutcome outcome)
    {
        Live().Change(first, final, previous).ShouldBe(outcome);
        var book = new OrderBook();
        book.Change(first, final, previous);
        book.Apply(Snapshot(100)).ShouldBe(outcome == BookOutcome.Resync ? BookOutcome.Stale : BookOutcome.Applied);
    }

    [Theory]
    [InlineData(95, 105, BookOutcome.Applied), InlineData(101, 105, BookOutcome.Applied), InlineData(95, 100, BookOutcome.Ignored)]
    [InlineData(102, 105, BookOutcome.Resync)]
    public void The_first_change_after_a_spot_snapshot_joins_it(long first, long final, BookOutcome outcome)
    {
        Live(_spot).Change(first, final, -1).ShouldBe(outcome);
        var book = new OrderBook(_spot);
        book.Change(first, final, -1);
        book.Apply(Snapshot(100)).ShouldBe(outcome == BookOutcome.Resync ? BookOutcome.Stale : BookOutcome.Applied);
    }

    [Theory]
    [InlineData(BookChain.Futures, 106, 107, 105, BookOutcome.Applied), InlineData(BookChain.Futures, 108, 109, 105, BookOutcome.Applied)]
    [InlineData(BookChain.Futures, 107, 108, 106, BookOutcome.Resync), InlineData(BookChain.Futures, 104, 107, 103, BookOutcome.Resync)]
    [InlineData(BookChain.Futures, 106, 107, -1, BookOutcome.Resync), InlineData(BookChain.Futures, 101, 105, 100, BookOutcome.Ignored)]
    [InlineData(BookChain.Spot, 106, 107, -1, BookOutcome.Applied), InlineData(BookChain.Spot, 107, 108, -1, BookOutcome.Resync)]
    [InlineData(BookChain.Spot, 104, 107, -1, BookOutcome.Resync), InlineData(BookChain.Spot, 99, 103, -1, BookOutcome.Ignored)]
    public void Every_later_change_follows_the_one_before(BookChain chain, long first, long final, long previous, BookOutcome outcome)
    {
        var book = Live(new OrderBookOptions { Chain = chain });
        book.Change(101, 105, 100).ShouldBe(BookOutcome.Applied);
        book.Change(first, final, previous).ShouldBe(outcome);
        book.State.ShouldBe(outcome == BookOutcome.Resync ? BookState.Syncing : BookState.Live);
        book.NeedsSnapshot.ShouldBe(outcome == BookOutcome.Resync);
        book.ResyncCount.ShouldBe(outcome == BookOutcome.Resync ? 1 : 0);
        if (outcome != BookOutcome.Resync) return;
        (book.Quote, book.Bids.Count, book.LastReason).ShouldBe((default, 0, ResyncReason.Gap));
        // The change that showed the gap is the first of those kept.
        book.Apply(Snapshot(final)).ShouldBe(BookOutcome.Applied);
        book.LastUpdateId.ShouldBe(final);
    }

    [Fact]
    public void A_snapshot_older_than_what_was_kept_is_stale_until_a_newer_one_comes()
    {
        var book = new OrderBook();
        book.Change(110, 112, 108);
        book.Change(113, 115, 112);
        book.Apply(Snapshot(100)).ShouldBe(BookOutcome.Stale);
        (book.State, book.NeedsSnapshot, book.StaleCount, book.BufferedCount).ShouldBe((BookState.Syncing, true, 1, 2));
        book.Apply(Snapshot(113)).ShouldBe(BookOutcome.Applied);
        book.LastUpdateId.ShouldBe(115);
    }

    [Fact]
    public void A_hole_among_the_changes_kept_forgets_those_before_it()
    {
        var book = new OrderBook();
        book.Change(101, 105, 100);
        book.Change(108, 109, 107);
        book.BufferedCount.ShouldBe(1);
        book.Apply(Snapshot(102)).ShouldBe(BookOutcome.Stale);
        book.Apply(Snapshot(108)).ShouldBe(BookOutcome.Applied);
    }

    [Theory]
    [InlineData(3, 1000, 1), InlineData(1000, 4, 2), InlineData(2, 1000, 2)]
    public void A_full_buffer_starts_over(int changesMax, int levelsMax, int left)
    {
        var book = new OrderBook(new OrderBookOptions { BufferedMax = changesMax, BufferedLevelsMax = levelsMax });
        for (var id = 101; id < 105; id++) book.Change(id, id, id - 1);
        if (levelsMax == 4)
        {
            book.Change(105, 105, 104);
            book.Change(106, 106, 105);
        }
        book.BufferedCount.ShouldBe(left);
        book.Apply(Snapshot(100)).ShouldBe(BookOutcome.Stale);
        book.Apply(Snapshot(105)).ShouldBe(BookOutcome.Applied);
    }

    [Fact]
    public void A_change_larger_than_the_buffer_must_be_in_the_snapshot()
    {
        var book = new OrderBook(new OrderBookOptions { BufferedLevelsMax = 2 });
        book.Change(101, 101, 100);
        book.Change(102, 102, 101, Levels((95, 1), (96, 1), (97, 1)), []);
        book.BufferedCount.ShouldBe(0);
        book.Apply(Snapshot(101)).ShouldBe(BookOutcome.Stale);
        book.Apply(Snapshot(102)).ShouldBe(BookOutcome.Applied);
        book.Change(103, 103, 102).ShouldBe(BookOutcome.Applied);
    }

    [Fact]
    public void A_crossed_book_is_not_believed()
    {
        var book = Live();
        book.Change(101, 101, 100, Levels((101, 5)), []).ShouldBe(BookOutcome.Resync);
        (book.State, book.LastReason, book.ResyncCount, book.Bids.Count, book.Asks.Count).ShouldBe((BookState.Syncing, ResyncReason.Crossed, 1, 0, 0));
        book.Apply(new BookSnapshot(101, 0, Levels((101, 1)), Levels((101, 1)), 1000)).ShouldBe(BookOutcome.Stale);
        book.Apply(Snapshot(101)).ShouldBe(BookOutcome.Applied);
        // What crosses while the changes kept are applied is no better.
        book = new OrderBook();
        book.Change(101, 101, 100, Levels((150, 5)), []);
        book.Apply(Snapshot(100)).ShouldBe(BookOutcome.Stale);
        (book.State, book.LastReason, book.NeedsSnapshot, book.BufferedCount).ShouldBe((BookState.Syncing, ResyncReason.Crossed, true, 0));
    }

    [Fact]
    public void One_side_may_be_empty()
    {
        var book = Live();
        book.Change(101, 101, 100, Levels((99, 0), (98, 0), (55, 0)), []).ShouldBe(BookOutcome.Applied);
        (book.Bids.Count, book.Bids.Best, book.Quote).ShouldBe((0, null, new Quote(0, 0, 101, 10)));
        (book.Quote.Mid, book.Quote.Spread, book.Quote.Microprice, book.Quote.Imbalance).ShouldBe((null, null, null, null));
        book.Change(102, 102, 101, Levels((100, 1)), Levels((101, 0))).ShouldBe(BookOutcome.Applied);
        book.Quote.ShouldBe(new Quote(100, 1, 102, 10));
    }

    [Fact]
    public void The_owner_may_ask_for_a_resync()
    {
        var book = new OrderBook();
        book.Resync();
        book.State.ShouldBe(BookState.Empty);
        book = Live();
        book.Resync();
        (book.State, book.NeedsSnapshot, book.LastReason, book.ResyncCount).ShouldBe((BookState.Syncing, true, ResyncReason.Requested, 1));
        book.Change(150, 151, 149).ShouldBe(BookOutcome.Buffered);
        book.Apply(Snapshot(100)).ShouldBe(BookOutcome.Stale);
        book.Apply(Snapshot(150)).ShouldBe(BookOutcome.Applied);
    }

    [Fact]
    public void A_book_that_leaves_its_snapshot_behind_is_refreshed_while_it_stays_live()
    {
        // Two levels a side were asked for and came: beyond them there may be more.
        var book = new OrderBook(new OrderBookOptions { TopLevels = 2 });
        book.Apply(Snapshot(100, limit: 2)).ShouldBe(BookOutcome.Applied);
        (book.IsCompleteTo(2), book.IsCompleteTo(3), book.Bids.HorizonE8, book.Asks.HorizonE8).ShouldBe((true, false, 97, 103));
        book.Change(101, 101, 100, Levels((99, 0)), []).ShouldBe(BookOutcome.Applied);
        (book.IsCompleteTo(1), book.IsCompleteTo(2), book.NeedsSnapshot).ShouldBe((true, false, false));
        book.Change(102, 102, 101, Levels((97, 3)), []).ShouldBe(BookOutcome.Applied);
        (book.State, book.NeedsSnapshot, book.LastReason, book.RefreshCount, book.ResyncCount).ShouldBe((BookState.Live, true, ResyncReason.Shallow, 1, 0));
        book.Change(103, 103, 102, Levels((96, 4)), []).ShouldBe(BookOutcome.Applied);
        book.Apply(new BookSnapshot(99, 0, Levels((50, 1)), Levels((200, 1)), 1000)).ShouldBe(BookOutcome.Stale);
        book.Quote.BidPriceE8.ShouldBe(98);
        book.Apply(new BookSnapshot(102, 0, Levels((98, 10), (97, 3), (95, 1)), Levels((101, 10)), 1000)).ShouldBe(BookOutcome.Applied);
        (book.State, book.NeedsSnapshot, book.LastUpdateId, book.ResyncCount).ShouldBe((BookState.Live, false, 103, 0));
        book.Bids.All().ShouldBe(Levels((98, 10), (97, 3), (96, 4), (95, 1)));
        book.IsCompleteTo(100).ShouldBeTrue();
    }

    [Fact]
    public void Beyond_the_bound_the_worst_levels_are_forgotten_and_the_book_knows_it()
    {
        var book = Live(new OrderBookOptions { LevelsMax = 10, TopLevels = 0 });
        book.Change(101, 101, 100, [.. Enumerable.Range(80, 12).Select(price => new BookLevel(price, 1))], []).ShouldBe(BookOutcome.Applied);
        book.Bids.All().Select(level => level.PriceE8).ShouldBe([99, 98, 91, 90, 89, 88, 87, 86, 85, 84]);
        (book.Bids.HorizonE8, book.IsCompleteTo(2), book.Bids.IsCompleteTo(10), book.Bids.IsCompleteTo(11)).ShouldBe((83, true, true, false));
        book.Change(102, 102, 101, Levels((50, 1), (99, 0)), []).ShouldBe(BookOutcome.Applied);
        (book.Bids.Count, book.Bids.HorizonE8).ShouldBe((10, 83));
    }

    [Fact]
    public void Changes_within_the_best_levels_are_measured()
    {
        var book = Live(new OrderBookOptions { TopLevels = 1 });
        book.Change(101, 101, 100, Levels((99, 4), (98, 1), (50, 7)), Levels((100, 2), (102, 0))).ShouldBe(BookOutcome.Applied);
        // 6 less at the best bid and 2 in front of the best ask; 98, 50 and 102 were not the best.
        book.ChangedQuantity.ShouldBe(8);
        book.Change(101, 101, 100).ShouldBe(BookOutcome.Ignored);
        book.ChangedQuantity.ShouldBe(0);
    }

    [Fact]
    public void Quantities_at_a_price()
    {
        var book = Live();
        book.Change(101, 101, 100, Levels((98, 0)), []);
        (book.Bids.QuantityE8At(99), book.Bids.QuantityE8At(98), book.Bids.QuantityE8At(200), book.Asks.QuantityE8At(102)).ShouldBe((10, 0, 0, 10));
    }

    [Fact]
    public void Options_are_checked()
    {
        Should.Throw<ArgumentException>(() => new OrderBook(new OrderBookOptions { LevelsMax = 9 })).Message.ShouldBe("LevelsMax is 9; it must be 10 to 20000");
        Should.Throw<ArgumentException>(() => new OrderBook(new OrderBookOptions { TopLevels = 2001 })).Message.ShouldContain("TopLevels");
        Should.Throw<ArgumentException>(() => new OrderBook(new OrderBookOptions { BufferedMax = 0 })).Message.ShouldContain("BufferedMax");
        Should.Throw<ArgumentException>(() => new OrderBook(new OrderBookOptions { BufferedLevelsMax = 0 })).Message.ShouldContain("BufferedLevelsMax");
    }
}
