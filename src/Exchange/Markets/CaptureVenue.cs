using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Tape;

namespace Granary.Exchange.Markets;

/// <summary>
/// Captured quotes and levels as what orders take: the best quote with its quantity, then the book's levels behind it. What an order takes is not gone for
/// the next one: the record goes on as it was. At most <see cref="LevelsMax"/> levels are taken by one order.
/// </summary>
internal sealed class CaptureVenue(IMarketHost host, ListedSymbol symbol) : TapeVenue(host, symbol)
{
    public const int LevelsMax = 1000;

    private Contracts.DepthLevel[] _opposite = [];
    private OrderSide _oppositeOf;
    private long _oppositeVersion = -1;

    public CapturedBook Book { get; } = new();

    public BookTicker Quote { get; private set; }

    /// <summary>Takes a captured quote.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="isNew">Whether it happens now; otherwise it brings back what was before a restart.</param>
    public void Apply(in BookTicker quote, bool isNew)
    {
        Quote = quote;
        if (!isNew || Book.UpdateId != 0) return;
        // Without levels the quotes are all that is known of the queue.
        MoveQueue(OrderSide.Buy, quote.BidPriceE8, quote.BidQuantityE8);
        MoveQueue(OrderSide.Sell, quote.AskPriceE8, quote.AskQuantityE8);
    }

    /// <summary>Takes captured changes of levels.</summary>
    public void Apply(DepthUpdate update, bool isNew)
    {
        Book.Apply(update);
        if (!isNew) return;
        foreach (var level in update.Bids) MoveQueue(OrderSide.Buy, level.PriceE8, level.QuantityE8);
        foreach (var level in update.Asks) MoveQueue(OrderSide.Sell, level.PriceE8, level.QuantityE8);
    }

    /// <summary>Takes a captured book.</summary>
    public void Apply(DepthSnapshot snapshot, bool isNew)
    {
        if (Book.Apply(snapshot) && isNew) MoveQueues();
    }

    public override BookTicker Ticker(long timeMs) => Quote with { TimeMs = timeMs };

    public override Contracts.DepthSnapshot Depth(int limit, long timeMs) => new(Book.UpdateId, timeMs, Book.Bids(limit), Book.Asks(limit));

    /// <summary>The quote's quantity at its price; nobody stands before it; the book's behind it.</summary>
    protected override long QueueAt(OrderSide side, long priceE8)
    {
        var (bestE8, quantityE8) = side == OrderSide.Buy ? (Quote.BidPriceE8, Quote.BidQuantityE8) : (Quote.AskPriceE8, Quote.AskQuantityE8);
        if (bestE8 != 0 && priceE8 == bestE8) return quantityE8;
        if (bestE8 != 0 && (int)side * priceE8.CompareTo(bestE8) > 0) return 0;
        return Book.QuantityAt(side, priceE8);
    }

    protected override long Takeable(OrderSide side, int level, out long priceE8)
    {
        priceE8 = side == OrderSide.Buy ? Quote.AskPriceE8 : Quote.BidPriceE8;
        var best = priceE8;
        if (best == 0) return 0;
        if (level == 0) return side == OrderSide.Buy ? Quote.AskQuantityE8 : Quote.BidQuantityE8;
        if (_oppositeVersion != Book.Version || _oppositeOf != side)
        {
            _opposite = side == OrderSide.Buy ? Book.Asks(LevelsMax) : Book.Bids(LevelsMax);
            _oppositeOf = side;
            _oppositeVersion = Book.Version;
        }
        // The quote is newer than the book: levels at or before it are gone.
        var first = Array.FindIndex(_opposite, l => (int)side * l.PriceE8.CompareTo(best) > 0);
        if (first < 0 || first + level - 1 >= _opposite.Length) return 0;
        priceE8 = _opposite[first + level - 1].PriceE8;
        return _opposite[first + level - 1].QuantityE8;
    }
}
