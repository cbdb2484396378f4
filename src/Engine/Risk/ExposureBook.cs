using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>
/// Positions and reservations of one account. The exposure of a symbol in a direction is its position plus everything in flight that way, valued at its price
/// and never below the price an order was approved at; orders in flight, of unknown outcome and foreign ones all count. Orders that only reduce add nothing.
/// Bounds: <see cref="SymbolsMax"/> symbols and <see cref="ReservationsMax"/> orders in flight (more is an error), <see cref="UnmatchedMax"/> fills whose order
/// is not known yet and <see cref="FinishedMax"/> finished ids (the oldest is forgotten).
/// </summary>
internal sealed partial class ExposureBook(string marginAsset)
{
    internal const int SymbolsMax = 1024;
    internal const int ReservationsMax = 8192;
    internal const int UnmatchedMax = 1024;
    internal const int FinishedMax = 4096;

    private const int SpareMax = 256;

    private readonly Dictionary<string, SymbolExposure> _bySymbol = new(StringComparer.Ordinal);
    private readonly List<SymbolExposure> _symbols = [];
    private readonly HashSet<Reservation> _reservations = new(ReservationById.Instance);
    private readonly Stack<Reservation> _spare = [];
    private readonly List<(string Symbol, long VenueOrderId, decimal Quantity)> _unmatched = [];
    private readonly BoundedSet _finished = new(FinishedMax);

    /// <summary>By name.</summary>
    internal List<SymbolExposure> Symbols => _symbols;

    internal decimal UnrealizedPnl
    {
        get
        {
            var sum = 0m;
            foreach (var symbol in _symbols) sum += symbol.UnrealizedPnl;
            return sum;
        }
    }

    internal int OpenOrders
    {
        get
        {
            var count = 0;
            foreach (var symbol in _symbols) count += OpenOrdersOf(symbol);
            return count;
        }
    }

    internal SymbolExposure Symbol(string name)
    {
        if (_bySymbol.TryGetValue(name, out var exposure)) return exposure;
        if (_symbols.Count == SymbolsMax) throw new InvalidOperationException($"symbol {name} does not fit: the account has {SymbolsMax} symbols");
        return Insert(new SymbolExposure(name, marginAsset));
    }

    internal SymbolExposure? Find(string name) => _bySymbol.GetValueOrDefault(name);

    internal static int OpenOrdersOf(SymbolExposure symbol)
    {
        var count = symbol.Standing?.OrdersMax ?? 0;
        foreach (var order in symbol.Orders)
        {
            if (!order.IsFinal) count++;
        }
        return count;
    }

    /// <summary>Drops a reservation that is over.</summary>
    internal void Remove(Reservation over)
    {
        Forget(over);
        _finished.Add(over.ClientOrderId);
    }

    /// <summary>Drops a reservation whose order the venue has never shown, without remembering it as finished: evidence may bring it back.</summary>
    internal Reservation? Drop(ReadOnlySpan<char> clientOrderId)
    {
        if (Reserved(clientOrderId) is not { } reservation) return null;
        if (reservation.VenueOrderId != 0 || reservation.Executed > 0 || reservation.Applied > 0) return null;
        Forget(reservation);
        return reservation;
    }

    /// <summary>Drops a reservation of an order that something else covers from now on.</summary>
    internal void Drop(Reservation covered)
    {
        Forget(covered);
        Recycle(covered);
    }

    /// <summary>Takes back a reservation that is in the book no more, to be used for another order.</summary>
    internal void Recycle(Reservation over)
    {
        if (_spare.Count == SpareMax) return;
        over.Clear();
        _spare.Push(over);
    }

    internal void Reserve(in Approval approval, decimal price)
    {
        RequireRoom();
        var reservation = Rent();
        reservation.Begin(in approval, price);
        Add(reservation);
    }

    internal void Reserve(Order order, decimal price, decimal executed, long venueOrderId)
    {
        RequireRoom();
        var reservation = Rent();
        reservation.Begin(order.Request, price, order);
        (reservation.Executed, reservation.Applied, reservation.VenueOrderId) = (executed, executed, venueOrderId);
        reservation.IsEntryCounted = executed > 0;
        Add(reservation);
    }

    /// <summary>Books a fill once; null when it was known.</summary>
    /// <param name="fill">The fill.</param>
    /// <param name="clientOrderId">Its order's id as far as known, or empty.</param>
    /// <param name="owner">Whose order it was, where the caller knows: a strategy, or EXTERNAL; empty: as the order in flight says, else EXTERNAL.</param>
    internal FillEffect? Apply(Fill fill, string clientOrderId, string owner)
    {
        var symbol = Symbol(fill.Symbol);
        if (!symbol.Trades.TryAdd(fill.TradeId)) return null;
        var reservation = Match(fill, clientOrderId);
        if (reservation is not null) reservation.Applied += fill.Quantity;
        else if (fill.VenueOrderId > 0 && !IsCovered(symbol, clientOrderId))
        {
            if (_unmatched.Count == UnmatchedMax) _unmatched.RemoveAt(0);
            _unmatched.Add((fill.Symbol, fill.VenueOrderId, fill.Quantity));
        }
        if (reservation is { IsExternal: false, Strategy: { } strategy }) owner = strategy;
        if (owner.Length == 0) owner = IsCovered(symbol, clientOrderId) ? RungOrderId.Strategy : TrackedOrder.External;
        return Book(symbol, fill, reservation, owner);
    }

    /// <summary>Learns from an order what it did not know: the venue's id, and with it fills that came earlier.</summary>
    internal void Learn(TrackedOrder order)
    {
        if (Reserved(order.ClientOrderId) is not { } reservation || order.VenueOrderId == 0 || reservation.VenueOrderId != 0) return;
        reservation.VenueOrderId = order.VenueOrderId;
        reservation.Applied += TakeUnmatched(order);
    }

    /// <summary>Brings a reservation up to date with its order, after the order's fills were booked. Returns it when it is over.</summary>
    internal Reservation? Settle(TrackedOrder order)
    {
        if (Reserved(order.ClientOrderId) is not { } reservation)
        {
            // What a part may still do, the approved order's own reservation counts.
            if (Whole(order.ClientOrderId) is not null || IsCovered(Symbol(order.Request.Symbol), order.ClientOrderId) || Foreign(order) is not { } foreign) return null;
            reservation = foreign;
        }
        reservation.Executed = Math.Max(reservation.Executed, order.ExecutedQuantity);
        reservation.IsFinal |= !order.IsLive;
        if (!reservation.IsOver) return null;
        Forget(reservation);
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
        symbol.Lots.Adopt(quantity, entryPrice);
        symbol.Trade.Disturb();
        if (symbol.Lots.Own.Quantity == 0) symbol.Trade.Clear();
        if (quantity == 0) symbol.Strategy = "";
        else if (symbol.Strategy.Length == 0) symbol.Strategy = TrackedOrder.External;
        var over = new List<Reservation>();
        foreach (var reservation in symbol.Orders)
        {
            reservation.Applied = Math.Max(reservation.Applied, reservation.Executed);
            if (reservation.IsOver) over.Add(reservation);
        }
        over.ForEach(Remove);
        return over;
    }

    internal Reservation? Match(Fill fill, string clientOrderId)
    {
        if (clientOrderId.Length > 0 && (Reserved(clientOrderId) ?? Whole(clientOrderId)) is { } reservation) return reservation;
        if (fill.VenueOrderId == 0 || Find(fill.Symbol) is not { } symbol) return null;
        foreach (var other in symbol.Orders)
        {
            if (other.VenueOrderId == fill.VenueOrderId) return other;
        }
        return null;
    }

    private Reservation? Reserved(ReadOnlySpan<char> clientOrderId) =>
        _reservations.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(clientOrderId, out var reservation) ? reservation : null;

    /// <summary>The reservation of the approved order that an order is a part of; null for orders that are no parts.</summary>
    internal Reservation? Whole(string clientOrderId) =>
        Risk.ClientOrderId.TryParse(clientOrderId, out var id) && id.Child > 0 ? Reserved(id.Parent.ToString()) : null;

    /// <summary>Whether an order's exposure lies in the reserve of its symbol's standing approval.</summary>
    internal static bool IsCovered(SymbolExposure symbol, string clientOrderId) => symbol.Standing is not null && RungOrderId.TryParse(clientOrderId, out _);

    private Reservation Rent() => _spare.Count > 0 ? _spare.Pop() : new Reservation();

    private SymbolExposure Insert(SymbolExposure symbol)
    {
        var at = _symbols.Count;
        while (at > 0 && string.CompareOrdinal(_symbols[at - 1].Symbol, symbol.Symbol) > 0) at--;
        _symbols.Insert(at, symbol);
        _bySymbol.Add(symbol.Symbol, symbol);
        return symbol;
    }

    private void RequireRoom()
    {
        if (_reservations.Count == ReservationsMax)
            throw new InvalidOperationException($"one more order does not fit: the account has {ReservationsMax} in flight");
    }

    /// <summary>Adds a reservation in place of one with the same id.</summary>
    private void Add(Reservation reservation)
    {
        if (_reservations.TryGetValue(reservation, out var before)) Forget(before);
        _reservations.Add(reservation);
        Symbol(reservation.Symbol).Orders.Add(reservation);
    }

    private void Forget(Reservation reservation)
    {
        _reservations.Remove(reservation);
        Symbol(reservation.Symbol).Orders.Remove(reservation);
    }

    private decimal TakeUnmatched(TrackedOrder order)
    {
        var sum = 0m;
        for (var i = _unmatched.Count - 1; i >= 0; i--)
        {
            if (_unmatched[i].VenueOrderId != order.VenueOrderId || _unmatched[i].Symbol != order.Request.Symbol) continue;
            sum += _unmatched[i].Quantity;
            _unmatched.RemoveAt(i);
        }
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
        RequireRoom();
        // Who tells the order may not know its fills; those that were booked already count all the same.
        var booked = TakeUnmatched(order);
        var reservation = Rent();
        reservation.Begin(order.Request, order.Request.Price ?? Symbol(order.Request.Symbol).Price, order.Source);
        (reservation.VenueOrderId, reservation.Executed, reservation.Applied) =
            (order.VenueOrderId, order.ExecutedQuantity, Math.Max(order.FilledQuantity, booked));
        Add(reservation);
        return reservation;
    }

    private FillEffect Book(SymbolExposure symbol, Fill fill, Reservation? reservation, string owner)
    {
        var fee = fill.FeeAsset == marginAsset ? fill.Fee : 0;
        var before = symbol.Ledger.Quantity;
        var realized = symbol.Ledger.Apply(fill);
        var after = symbol.Ledger.Quantity;
        var own = symbol.Lots.Own;
        var (ownBefore, netBefore) = (own.Quantity, StrategyTrade.NetOf(own));
        symbol.Lots.Apply(fill, owner != TrackedOrder.External);
        var closed = symbol.Trade.Take(own, ownBefore, netBefore, fill, fee, owner);
        if (before != 0 && (after == 0 || Math.Sign(before) != Math.Sign(after))) (symbol.Strategy, symbol.Entries) = ("", 0);
        if (after != 0)
        {
            if (symbol.Strategy.Length == 0) symbol.Strategy = owner;
            var opens = Math.Sign(after) == (int)fill.Side;
            if (opens && reservation is { IsEntryCounted: false }) symbol.Entries++;
            else if (opens && reservation is null) symbol.Entries = Math.Max(symbol.Entries, 1);
            if (opens && reservation is not null) reservation.IsEntryCounted = true;
        }
        return new FillEffect(realized - fee, fee, closed?.Strategy, closed?.Net ?? 0);
    }
}
