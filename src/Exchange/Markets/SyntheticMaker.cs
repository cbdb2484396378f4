using Granary.Engine.Orders;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Markets;

/// <summary>
/// A background market maker: a ladder of quotes on each side on a grid of its own spacing. When the fair price moves, quotes that left the ladder are
/// taken away and missing ones are placed; the others keep their place in the queue.
/// </summary>
/// <param name="spacingTicks">Distance between its quotes in ticks, 1 or more.</param>
/// <param name="levels">Quotes a side.</param>
/// <param name="quantitySteps">Typical quantity of a quote in steps.</param>
/// <param name="asideTicks">Distance that its best quotes keep from the fair price.</param>
internal sealed class SyntheticMaker(long spacingTicks, int levels, long quantitySteps, long asideTicks)
{
    private readonly Quote[] _bids = new Quote[levels];
    private readonly Quote[] _asks = new Quote[levels];

    /// <summary>Takes away the quotes that are outside the ladder around the fair price.</summary>
    public void Withdraw(OrderBook book, long fairTicks)
    {
        Withdraw(book, _bids, LowestBid(fairTicks), LowestBid(fairTicks) + levels - 1);
        Withdraw(book, _asks, LowestAsk(fairTicks), LowestAsk(fairTicks) + levels - 1);
    }

    /// <summary>Places missing quotes, never crossing the book.</summary>
    /// <param name="venue">Where they rest.</param>
    /// <param name="fairTicks">The fair price.</param>
    /// <param name="tickE8">Tick, times 10^8.</param>
    /// <param name="stepE8">Step, times 10^8.</param>
    /// <param name="depth">Size of what is placed now against the usual.</param>
    /// <param name="random">Draws the quantities.</param>
    public void Refresh(BookVenue venue, long fairTicks, long tickE8, long stepE8, double depth, SeededRandom random)
    {
        for (var i = 0; i < levels; i++)
        {
            Place(venue, _bids, OrderSide.Buy, LowestBid(fairTicks) + levels - 1 - i, tickE8, stepE8, i, depth, random);
            Place(venue, _asks, OrderSide.Sell, LowestAsk(fairTicks) + i, tickE8, stepE8, i, depth, random);
        }
    }

    private static void Withdraw(OrderBook book, Quote[] quotes, long first, long last)
    {
        for (var i = 0; i < quotes.Length; i++)
        {
            ref var quote = ref quotes[i];
            if (quote.Order is null || (quote.Grid >= first && quote.Grid <= last)) continue;
            book.Cancel(quote.Order, quote.Id);
            quote.Order = null;
        }
    }

    // Bids end below the fair tick and asks begin above it, so two makers never cross each other and the tightest spread is one tick.
    private long LowestBid(long fairTicks) => Floor(fairTicks - asideTicks, spacingTicks) - (levels - 1);

    private long LowestAsk(long fairTicks) => Floor(fairTicks + asideTicks, spacingTicks) + 1;

    private static long Floor(long value, long divisor) => value >= 0 ? value / divisor : ((value + 1) / divisor) - 1;

    private void Place(
        BookVenue venue, Quote[] quotes, OrderSide side, long grid, long tickE8, long stepE8, int rank, double depth, SeededRandom random)
    {
        var price = grid * spacingTicks * tickE8;
        if (price <= 0) return;
        // A window of consecutive grid lines maps onto distinct slots.
        ref var quote = ref quotes[((grid % levels) + levels) % levels];
        if (quote.Order is { IsResting: true } order && order.Id == quote.Id && quote.Grid == grid) return;
        var steps = Math.Max(1, (long)(quantitySteps * (0.4 + (1.2 * random.Uniform())) * (1 + (0.15 * rank)) * depth));
        var result = venue.Match(new BookRequest(side, MatchRule.PostOnly, price, steps * stepE8));
        quote = result.Resting is { } resting ? new Quote { Order = resting, Id = resting.Id, Grid = grid } : default;
    }

    private struct Quote
    {
        public BookOrder? Order;
        public long Id;
        public long Grid;
    }
}
