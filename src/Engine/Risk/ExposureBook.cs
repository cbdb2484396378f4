using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// Positions and reservations of one account. The exposure of a symbol in a direction is its position plus everything in flight that way, valued at its price
/// and never below the price an order was approved at; orders in flight, of unknown outcome and foreign ones all count. Orders that only reduce add nothing.
/// Bounds: <see cref="SymbolsMax"/> symbols and <see cref="ReservationsMax"/> orders in flight (more is an error), <see cref="UnmatchedMax"/> fills whose order
/// is not known yet and <see cref="FinishedMax"/> finished ids (the oldest is forgotten).
/// </summary>
internal sealed class ExposureBook(string marginAsset)
{
    internal const int SymbolsMax = 1024;
    internal const int ReservationsMax = 8192;
    internal const int UnmatchedMax = 1024;
    internal const int FinishedMax = 4096;

    private readonly SortedDictionary<string, SymbolExposure> _symbols = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Reservation> _reservations = new(StringComparer.Ordinal);
    private readonly List<(string Symbol, long VenueOrderId, decimal Quantity)> _unmatched = [];
    private readonly BoundedSet _finished = new(FinishedMax);

    internal IEnumerable<SymbolExposure> Symbols => _symbols.Values;

    internal IEnumerable<Reservation> Reservations => _reservations.Values;

    internal decimal UnrealizedPnl => _symbols.Values.Sum(symbol => symbol.UnrealizedPnl);

    internal int OpenOrders => _reservations.Values.Count(reservation => !reservation.IsFinal);

    internal SymbolExposure Symbol(string symbol)
    {
        if (_symbols.TryGetValue(symbol, out var exposure)) return exposure;
        if (_symbols.Count == SymbolsMax) throw new InvalidOperationException($"symbol {symbol} does not fit: the account has {SymbolsMax} symbols");
        return _symbols[symbol] = new SymbolExposure(symbol, marginAsset);
    }

    internal SymbolExposure? Find(string symbol) => _symbols.GetValueOrDefault(symbol);

    internal int SymbolOrders(string symbol) => _reservations.Values.Count(reservation => reservation.Symbol == symbol && !reservation.IsFinal);

    /// <summary>Drops a reservation that is over.</summary>
    internal void Remove(Reservation over)
    {
        _reservations.Remove(over.ClientOrderId);
        _finished.Add(over.ClientOrderId);
    }

    /// <summary>Drops a reservation whose order the venue has never shown, without remembering it as finished: evidence may bring it back.</summary>
    internal Reservation? Drop(string clientOrderId)
    {
        if (!_reservations.TryGetValue(clientOrderId, out var reservation)) return null;
        if (reservation.VenueOrderId != 0 || reservation.Executed > 0 || reservation.Applied > 0) return null;
        _reservations.Remove(clientOrderId);
        return reservation;
    }

    /// <summary>Own orders in flight, or waiting for their fills, in a symbol.</summary>
    internal IEnumerable<Reservation> Own(string symbol) =>
        _reservations.Values.Where(reservation => reservation.Symbol == symbol && !reservation.IsExternal);

    internal decimal LongNotional(SymbolExposure symbol, decimal price) => Notional(symbol, OrderSide.Buy, price);

    internal decimal ShortNotional(SymbolExposure symbol, decimal price) => Notional(symbol, OrderSide.Sell, price);

    /// <summary>What stands against a planned order on a side at a price.</summary>
    internal ExposureUse Use(string symbol, OrderSide side, decimal price)
    {
        decimal position = 0, opposite = 0, direction = 0, others = 0;
        foreach (var exposure in _symbols.Values)
        {
            var isOwn = exposure.Symbol == symbol;
            var same = Notional(exposure, side, isOwn ? price : exposure.Price);
            var other = Notional(exposure, side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy, isOwn ? price : exposure.Price);
            direction += same;
            if (isOwn) (position, opposite) = (same, other);
            else others += Math.Max(same, other);
        }
        return new ExposureUse(position, opposite, direction, others);
    }

    internal void Reserve(Order order, decimal price, decimal executed = 0, long venueOrderId = 0)
    {
        var request = order.Request;
        Symbol(request.Symbol);
        Add(new Reservation
        {
            ClientOrderId = request.ClientOrderId,
            Symbol = request.Symbol,
            Side = request.Side,
            Quantity = request.Quantity,
            ReduceOnly = request.ReduceOnly,
            Price = price,
            Source = order,
            Executed = executed,
            Applied = executed,
            VenueOrderId = venueOrderId,
            IsEntryCounted = executed > 0,
        });
    }

    /// <summary>Books a fill once; null when it was known.</summary>
    internal FillEffect? Apply(Fill fill, string clientOrderId)
    {
        var symbol = Symbol(fill.Symbol);
        if (!symbol.Trades.TryAdd(fill.TradeId)) return null;
        var reservation = Match(fill, clientOrderId);
        if (reservation is not null) reservation.Applied += fill.Quantity;
        else if (fill.VenueOrderId > 0)
        {
            if (_unmatched.Count == UnmatchedMax) _unmatched.RemoveAt(0);
            _unmatched.Add((fill.Symbol, fill.VenueOrderId, fill.Quantity));
        }
        return Book(symbol, fill, reservation);
    }

    /// <summary>Learns from an order what it did not know: the venue's id, and with it fills that came earlier.</summary>
    internal void Learn(TrackedOrder order)
    {
        if (!_reservations.TryGetValue(order.ClientOrderId, out var reservation) || order.VenueOrderId == 0 || reservation.VenueOrderId != 0) return;
        reservation.VenueOrderId = order.VenueOrderId;
        reservation.Applied += TakeUnmatched(order);
    }

    /// <summary>Brings a reservation up to date with its order, after the order's fills were booked. Returns it when it is over.</summary>
    internal Reservation? Settle(TrackedOrder order)
    {
        if (!_reservations.TryGetValue(order.ClientOrderId, out var reservation))
        {
            reservation = Foreign(order);
            if (reservation is null) return null;
            Add(reservation);
        }
        reservation.Executed = Math.Max(reservation.Executed, order.ExecutedQuantity);
        reservation.IsFinal |= !order.IsLive;
        if (!reservation.IsOver) return null;
        _reservations.Remove(reservation.ClientOrderId);
        if (order.Status != OrderStatus.Rejected) _finished.Add(reservation.ClientOrderId);
        return reservation;
    }

    /// <summary>Takes over the venue's position: what was executed is contained in it, so nothing waits for fills any more. Returns what is over.</summary>
    internal List<Reservation> Adopt(string symbolName, decimal quantity, decimal entryPrice)
    {
        var symbol = Symbol(symbolName);
        symbol.Ledger.Adopt(quantity, entryPrice);
        symbol.Trades.RaiseFloor(symbol.Trades.Last);
        symbol.Entries = quantity == 0 ? 0 : Math.Max(symbol.Entries, 1);
        if (quantity == 0) (symbol.Strategy, symbol.TradeNet) = ("", 0);
        else if (symbol.Strategy.Length == 0) symbol.Strategy = TrackedOrder.External;
        var over = new List<Reservation>();
        foreach (var reservation in _reservations.Values.Where(reservation => reservation.Symbol == symbolName))
        {
            reservation.Applied = Math.Max(reservation.Applied, reservation.Executed);
            if (reservation.IsOver) over.Add(reservation);
        }
        over.ForEach(Remove);
        return over;
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Section("exposure", 1);
        writer.Write(_symbols.Count);
        foreach (var symbol in _symbols.Values) symbol.Write(writer);
        writer.Write(_reservations.Count);
        foreach (var reservation in _reservations.Values) reservation.Write(writer);
        writer.Write(_unmatched.Count);
        foreach (var (symbol, venueOrderId, quantity) in _unmatched)
        {
            writer.Write(symbol);
            writer.Write(venueOrderId);
            writer.Write(quantity);
        }
        _finished.Write(writer);
    }

    internal void Read(ref SnapshotReader reader)
    {
        reader.Section("exposure", 1);
        _symbols.Clear();
        _reservations.Clear();
        _unmatched.Clear();
        for (var i = reader.ReadCount(SymbolsMax, "symbols"); i > 0; i--)
        {
            var symbol = SymbolExposure.Read(ref reader, marginAsset);
            _symbols[symbol.Symbol] = symbol;
        }
        for (var i = reader.ReadCount(ReservationsMax, "reservations"); i > 0; i--) Add(Reservation.Read(ref reader));
        for (var i = reader.ReadCount(UnmatchedMax, "unmatched fills"); i > 0; i--)
            _unmatched.Add((reader.ReadString(), reader.ReadInt64(), reader.ReadDecimal()));
        _finished.Read(ref reader);
    }

    private decimal Notional(SymbolExposure symbol, OrderSide side, decimal price)
    {
        var notional = (int)side * symbol.Ledger.Quantity * price;
        foreach (var reservation in _reservations.Values)
        {
            if (reservation.Symbol == symbol.Symbol && reservation.Side == side && !reservation.ReduceOnly)
                notional += reservation.Remaining * Math.Max(price, reservation.Price);
        }
        return Math.Max(notional, 0);
    }

    private void Add(Reservation reservation)
    {
        if (_reservations.Count == ReservationsMax)
            throw new InvalidOperationException($"order {reservation.ClientOrderId} does not fit: the account has {ReservationsMax} orders in flight");
        _reservations[reservation.ClientOrderId] = reservation;
    }

    internal Reservation? Match(Fill fill, string clientOrderId)
    {
        if (clientOrderId.Length > 0 && _reservations.TryGetValue(clientOrderId, out var reservation)) return reservation;
        return fill.VenueOrderId == 0
            ? null
            : _reservations.Values.FirstOrDefault(other => other.VenueOrderId == fill.VenueOrderId && other.Symbol == fill.Symbol);
    }

    private decimal TakeUnmatched(TrackedOrder order)
    {
        var sum = _unmatched.Where(entry => entry.VenueOrderId == order.VenueOrderId && entry.Symbol == order.Request.Symbol).Sum(entry => entry.Quantity);
        if (sum != 0) _unmatched.RemoveAll(entry => entry.VenueOrderId == order.VenueOrderId && entry.Symbol == order.Request.Symbol);
        return sum;
    }

    /// <summary>
    /// A reservation for an order that none was made for: a foreign one, or one of ours that was taken for refused and turned out to exist. Nothing is made of
    /// reports that come after the end, nor without the venue's own evidence.
    /// </summary>
    private Reservation? Foreign(TrackedOrder order)
    {
        if (order.IsFillOnly || !order.IsSeenAtVenue || _finished.Contains(order.ClientOrderId)) return null;
        if (!order.IsLive && order.MissingQuantity <= 0) return null;
        TakeUnmatched(order);
        var request = order.Request;
        return new Reservation
        {
            ClientOrderId = request.ClientOrderId,
            Symbol = request.Symbol,
            Side = request.Side,
            Quantity = request.Quantity,
            ReduceOnly = request.ReduceOnly,
            Price = request.Price ?? Symbol(request.Symbol).Price,
            Source = order.Source,
            VenueOrderId = order.VenueOrderId,
            Executed = order.ExecutedQuantity,
            Applied = order.FilledQuantity,
        };
    }

    private FillEffect Book(SymbolExposure symbol, Fill fill, Reservation? reservation)
    {
        var fee = fill.FeeAsset == marginAsset ? fill.Fee : 0;
        var before = symbol.Ledger.Quantity;
        var realized = symbol.Ledger.Apply(fill);
        var after = symbol.Ledger.Quantity;
        string? closed = null;
        decimal closedNet = 0;
        var flips = before != 0 && after != 0 && Math.Sign(before) != Math.Sign(after);
        var closingFee = flips ? fee * (Math.Abs(before) / fill.Quantity) : fee;
        symbol.TradeNet += realized - closingFee;
        if (before != 0 && (after == 0 || flips))
        {
            (closed, closedNet) = (symbol.Strategy, symbol.TradeNet);
            (symbol.Strategy, symbol.TradeNet, symbol.Entries) = ("", flips ? closingFee - fee : 0, 0);
        }
        if (after != 0)
        {
            if (symbol.Strategy.Length == 0) symbol.Strategy = reservation?.Source?.Strategy ?? TrackedOrder.External;
            var opens = Math.Sign(after) == (int)fill.Side;
            if (opens && reservation is { IsEntryCounted: false }) symbol.Entries++;
            else if (opens && reservation is null) symbol.Entries = Math.Max(symbol.Entries, 1);
            if (opens && reservation is not null) reservation.IsEntryCounted = true;
        }
        return new FillEffect(realized - fee, fee, closed, closedNet);
    }
}
