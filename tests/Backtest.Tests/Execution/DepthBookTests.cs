using Granary.Backtest.Execution;

namespace Granary.Backtest.Tests.Execution;

public sealed class DepthBookTests
{
    [Fact]
    public void A_book_that_widens_keeps_its_levels()
    {
        var book = new DepthBook(10);
        for (var i = 0; i < 40; i++)
        {
            book.Set(1, 10_000_000 - (i * 37_000), i + 1);
            book.Set(-1, 10_000_010 + (i * 41_000), i + 1);
        }
        (book.BestBidE8, book.BestAskE8, book.LeftOut).ShouldBe((10_000_000, 10_000_010, 0));
        for (var i = 0; i < 40; i++)
        {
            book.QuantityAt(1, 10_000_000 - (i * 37_000)).ShouldBe(i + 1);
            book.QuantityAt(-1, 10_000_010 + (i * 41_000)).ShouldBe(i + 1);
        }
    }

    [Fact]
    public void A_level_too_far_away_is_left_out_and_the_widest_book_still_fits()
    {
        var book = new DepthBook(1);
        book.Set(1, 10_000_000, 5);
        book.Set(1, 10_000_000 - DepthBook.TicksMax, 6).ShouldBe(0);
        book.LeftOut.ShouldBe(1);
        // Half as much again would be too much; what is needed is not.
        book.Set(1, 10_000_000 - (DepthBook.TicksMax * 3 / 4), 7);
        book.Set(1, 10_000_000 - (DepthBook.TicksMax * 9 / 10), 8);
        (book.LeftOut, book.QuantityAt(1, 10_000_000 - (DepthBook.TicksMax * 9L / 10))).ShouldBe((1, 8));
    }
}
