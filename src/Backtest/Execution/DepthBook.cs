namespace Granary.Backtest.Execution;

/// <summary>
/// A recorded book as quantities by tick: two arrays over the ticks seen so far, which grow when a price lies outside. Best prices follow the changes; a
/// change costs a store, a vanished best level a walk to the next. Quantities and prices times 10^8.
/// </summary>
public sealed class DepthBook
{
    /// <summary>Ticks from the lowest to the highest price that fit; a level further away is left out.</summary>
    public const int TicksMax = 1 << 22;

    private readonly long _tickE8;
    private long[] _bids = [];
    private long[] _asks = [];
    private long _base;
    private int _bestBid = -1;
    private int _bestAsk = int.MaxValue;
    private int _taking = -1;

    /// <summary>An empty book.</summary>
    /// <param name="tickE8">The tick, times 10^8, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tick is not above 0.</exception>
    public DepthBook(long tickE8)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tickE8);
        _tickE8 = tickE8;
    }

    /// <summary>Best bid; 0 when there is none.</summary>
    public long BestBidE8 => _bestBid < 0 ? 0 : (_base + _bestBid) * _tickE8;

    /// <summary>Best ask; 0 when there is none.</summary>
    public long BestAskE8 => _bestAsk >= _asks.Length ? 0 : (_base + _bestAsk) * _tickE8;

    /// <summary>The middle of the two; 0 while a side is empty.</summary>
    public long MidE8 => BestBidE8 > 0 && BestAskE8 > 0 ? (BestBidE8 + BestAskE8) / 2 : 0;

    /// <summary>Levels that were left out because they lie too far away.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Empties the book, before a snapshot.</summary>
    public void Clear()
    {
        Array.Clear(_bids);
        Array.Clear(_asks);
        _bestBid = -1;
        _bestAsk = int.MaxValue;
    }

    /// <summary>Quantity at a price.</summary>
    /// <param name="side">1 for bids, -1 for asks.</param>
    /// <param name="priceE8">The price.</param>
    public long QuantityAt(int side, long priceE8)
    {
        var i = (priceE8 / _tickE8) - _base;
        return i >= 0 && i < _bids.Length ? (side > 0 ? _bids : _asks)[i] : 0;
    }

    /// <summary>Sets a level.</summary>
    /// <param name="side">1 for bids, -1 for asks.</param>
    /// <param name="priceE8">The price.</param>
    /// <param name="quantityE8">The quantity from now on; 0 removes the level.</param>
    /// <returns>The quantity before.</returns>
    public long Set(int side, long priceE8, long quantityE8)
    {
        var tick = priceE8 / _tickE8;
        var place = tick - _base;
        if ((ulong)place >= (ulong)_bids.Length)
        {
            if (quantityE8 == 0) return 0;
            if (!Grow(tick))
            {
                LeftOut++;
                return 0;
            }
            place = tick - _base;
        }
        var i = (int)place;
        if (side > 0)
        {
            var before = _bids[i];
            _bids[i] = quantityE8;
            if (quantityE8 > 0)
            {
                if (i > _bestBid) _bestBid = i;
            }
            else if (i == _bestBid) _bestBid = _bids.AsSpan(0, i).LastIndexOfAnyExcept(0);
            return before;
        }
        var was = _asks[i];
        _asks[i] = quantityE8;
        if (quantityE8 > 0)
        {
            if (i < _bestAsk) _bestAsk = i;
        }
        else if (i == _bestAsk)
        {
            var next = _asks.AsSpan(i + 1).IndexOfAnyExcept(0);
            _bestAsk = next < 0 ? int.MaxValue : i + 1 + next;
        }
        return was;
    }

    /// <summary>The next level that an order takes from; the recorded book itself is not changed by our orders.</summary>
    /// <param name="sign">1 for a buy, -1 for a sell.</param>
    /// <param name="limitE8">Its limit; long.MaxValue for none.</param>
    /// <param name="priceE8">The level's price.</param>
    /// <param name="quantityE8">Its quantity.</param>
    internal bool NextToTake(int sign, long limitE8, out long priceE8, out long quantityE8)
    {
        (priceE8, quantityE8) = (0, 0);
        int i;
        if (sign > 0)
        {
            i = _taking < 0 ? _bestAsk : Next(_asks, _taking + 1);
            if (i >= _asks.Length) return false;
            quantityE8 = _asks[i];
        }
        else
        {
            i = _taking < 0 ? _bestBid : _bids.AsSpan(0, _taking).LastIndexOfAnyExcept(0);
            if (i < 0) return false;
            quantityE8 = _bids[i];
        }
        priceE8 = (_base + i) * _tickE8;
        if (limitE8 != long.MaxValue && sign * (priceE8 - limitE8) > 0) return false;
        _taking = i;
        return true;
    }

    /// <summary>Ends taking.</summary>
    internal void Restore() => _taking = -1;

    private static int Next(long[] levels, int from)
    {
        var next = from >= levels.Length ? -1 : levels.AsSpan(from).IndexOfAnyExcept(0);
        return next < 0 ? int.MaxValue : from + next;
    }

    private bool Grow(long tick)
    {
        const int room = 1 << 12;
        // By half at least, so that a book that widens level by level is copied a few times only; where that is too much, by what is needed.
        var (low, high) = Bounds(tick, Math.Max(room, _bids.Length / 2));
        if (high - low > TicksMax) (low, high) = Bounds(tick, room);
        if (high - low > TicksMax) return false;
        var (bids, asks) = (new long[high - low], new long[high - low]);
        var shift = (int)(_bids.Length == 0 ? 0 : _base - low);
        _bids.CopyTo(bids, shift);
        _asks.CopyTo(asks, shift);
        if (_bestBid >= 0) _bestBid += shift;
        if (_bestAsk < _asks.Length) _bestAsk += shift;
        else _bestAsk = int.MaxValue;
        (_bids, _asks, _base) = (bids, asks, low);
        return true;
    }

    private (long Low, long High) Bounds(long tick, long room)
    {
        var end = _base + _bids.Length;
        if (_bids.Length == 0) return (Math.Max(tick - room, 0), tick + room);
        return (tick < _base ? Math.Max(tick - room, 0) : _base, tick >= end ? tick + room : end);
    }
}
