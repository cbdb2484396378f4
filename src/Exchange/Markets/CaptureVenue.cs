using Granary.Engine.Market;
using Granary.Engine.Orders;

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

    public BookTicker Quote { get; set; }

    public override BookTicker Ticker(long timeMs) => Quote with { TimeMs = timeMs };

    public override Contracts.DepthSnapshot Depth(int limit, long timeMs) => new(Book.UpdateId, timeMs, Book.Bids(limit), Book.Asks(limit));

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
