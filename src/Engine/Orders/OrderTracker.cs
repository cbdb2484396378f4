using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Orders;

/// <summary>
/// All orders of one account in one symbol, as a state machine that does not care in which order, how often or through which door events arrive.
/// Executed quantity only grows; a final order never becomes live again, with two exceptions: <see cref="MarkRejected"/> and <see cref="MarkGone"/> are the
/// engine's own conclusion, and the venue's word overrules it; and an order that was filled by the quantity known so far lives on when it turns out to have been amended
/// to a larger one. Quantity and price are those of the venue's newest report. Fills are counted once by trade id. Orders that the engine did not place are tracked as EXTERNAL.
/// Bounds: <see cref="LiveMax"/> live orders (more is an error, venues allow 200), the last <c>finishedMax</c> finished ones (older ones are forgotten; a
/// report of one then looks like a foreign order's),
/// <see cref="OrphansMax"/> fills without an order (the oldest is forgotten: it has been announced, only its link to an order is lost),
/// and the trade ids of <see cref="TradeIdMemory"/>. Within these bounds any permutation and repetition of the same events ends in the same state.
/// </summary>
/// <param name="symbol">Upper-case symbol.</param>
/// <param name="finishedMax">Finished orders remembered; 1 or more, default 1024.</param>
public sealed class OrderTracker(string symbol, int finishedMax = 1024)
{
    /// <summary>Live orders that fit.</summary>
    public const int LiveMax = 4096;

    /// <summary>Fills whose order is not known yet that are remembered.</summary>
    public const int OrphansMax = 1024;

    private static readonly IReadOnlyList<Fill> NoFills = [];

    private readonly Dictionary<string, TrackedOrder> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _byVenueId = [];
    private readonly List<string> _live = [];
    private readonly Queue<string> _finished = [];
    private readonly List<Fill> _orphans = [];
    private readonly TradeIdMemory _trades = new();

    /// <summary>Upper-case symbol.</summary>
    public string Symbol => symbol;

    /// <summary>Live orders, in the order in which they became known.</summary>
    public IReadOnlyList<TrackedOrder> Live => _live.ConvertAll(id => _orders[id]);

    /// <summary>Orders, finished ones first, that executed more by the venue's word than their known fills sum up to.</summary>
    public IReadOnlyList<TrackedOrder> Lacking => [.. _finished.Concat(_live).Select(id => _orders[id]).Where(order => order.MissingQuantity > 0)];

    /// <summary>The largest trade id counted; 0 when there is none. Fills after it are what a reconciliation asks for.</summary>
    public long LastTradeId => _trades.Last;

    /// <summary>Whether a fill has been counted.</summary>
    public bool KnowsTrade(long tradeId) => _trades.Knows(tradeId);

    /// <summary>Declares all fills up to a trade id known, for example after a position was restored together with them.</summary>
    public void RaiseTradeFloor(long tradeId) => _trades.RaiseFloor(tradeId);

    /// <summary>Finds an order by its client order id.</summary>
    public bool TryGet(string clientOrderId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TrackedOrder? order) =>
        _orders.TryGetValue(clientOrderId, out order);

    /// <summary>Whether an order with this id of the venue is known.</summary>
    public bool Knows(long venueOrderId) => venueOrderId > 0 && _byVenueId.ContainsKey(venueOrderId);

    /// <summary>
    /// Registers an approved order before it is sent: PendingNew, unless the venue already spoke of it. Registering it again changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The order is for another symbol.</exception>
    /// <param name="order">The approved order.</param>
    /// <param name="nowMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="venueOrderId">The venue's id where it is known before the first report, as with the order that a trigger order became; else 0.</param>
    /// <exception cref="InvalidOperationException">Another order has this client order id, or the tracker is full.</exception>
    public TrackedOrder Register(Order order, long nowMs, long venueOrderId = 0)
    {
        RequireSymbol(order.Request.Symbol);
        if (_orders.TryGetValue(order.Request.ClientOrderId, out var known))
        {
            if (known.Source is { } source && source != order)
                throw new InvalidOperationException($"client order id {order.Request.ClientOrderId} belongs to another order of {symbol}");
            return Store(known, known with { Source = order, Request = order.Request }).Order;
        }
        var fresh = new TrackedOrder { Request = order.Request, Source = order, VenueOrderId = venueOrderId, CreatedMs = nowMs, UpdatedMs = nowMs };
        return Store(null, Absorb(fresh)).Order;
    }

    /// <summary>Puts back an order as the journal knew it, after a restart. Its fills up to now count as known (see <see cref="RaiseTradeFloor"/>).</summary>
    /// <param name="order">The approved order.</param>
    /// <param name="status">Its last journalled status; one in doubt (PendingNew, PendingCancel) comes back as <see cref="OrderStatus.Unknown"/>.</param>
    /// <param name="venueOrderId">0 when not known.</param>
    /// <param name="executedQuantity">Base units, all of it contained in the restored position.</param>
    /// <param name="timeMs">Time of that state, milliseconds since the Unix epoch, UTC.</param>
    /// <exception cref="ArgumentException">The order is for another symbol.</exception>
    public TrackedOrder Restore(Order order, OrderStatus status, long venueOrderId, decimal executedQuantity, long timeMs)
    {
        RequireSymbol(order.Request.Symbol);
        _orders.TryGetValue(order.Request.ClientOrderId, out var known);
        return Store(known, new TrackedOrder
        {
            Request = order.Request,
            Source = order,
            VenueOrderId = venueOrderId,
            ExecutedQuantity = executedQuantity,
            FilledQuantity = executedQuantity,
            RestoredQuantity = executedQuantity,
            CreatedMs = order.MarketTimeMs,
            UpdatedMs = timeMs,
            IsSeenAtVenue = venueOrderId > 0,
            VenueFinal = status.IsFinal() && status != OrderStatus.Rejected ? status : null,
            IsRefused = status == OrderStatus.Rejected,
            IsOutcomeUnknown = status is OrderStatus.PendingNew or OrderStatus.PendingCancel or OrderStatus.Unknown,
        }).Order;
    }

    /// <summary>
    /// Takes a report: an answer, a query's result or a stream event; in any order, repeated or late. One whose status is not known
    /// (<see cref="OrderStatus.Unknown"/>) and that is not older than the newest puts a live order in doubt, until any other report says how it stands.
    /// </summary>
    /// <returns>What changed, or null when it said nothing new.</returns>
    /// <exception cref="ArgumentException">The report is for another symbol.</exception>
    /// <exception cref="InvalidOperationException">The tracker is full.</exception>
    public OrderChange? Apply(OrderReport report)
    {
        RequireSymbol(report.Symbol);
        var known = Find(report.ClientOrderId, report.VenueOrderId);
        var order = known ?? Absorb(Foreign(report));
        var isNewest = report.TimeMs >= order.TermsMs;
        order = Amend(Learn(order, report.VenueOrderId), report);
        var (filled, fills) = Count(order, report.Fill);
        var executed = Math.Max(report.Status == OrderStatus.Filled ? Math.Max(report.Quantity, report.ExecutedQuantity) : report.ExecutedQuantity, filled.FilledQuantity);
        var final = report.Status.IsFinal() && report.Status.FinalRank() > (order.VenueFinal?.FinalRank() ?? 0) ? report.Status : order.VenueFinal;
        return Announce(known, filled with
        {
            ExecutedQuantity = Math.Max(order.ExecutedQuantity, executed),
            VenueFinal = final,
            IsSeenAtVenue = true,
            IsOutcomeUnknown = report.Status == OrderStatus.Unknown && (order.IsOutcomeUnknown || isNewest),
            IsRefused = false,
            CreatedMs = order.IsExternal ? Math.Min(order.CreatedMs, report.TimeMs) : order.CreatedMs,
            UpdatedMs = Math.Max(filled.UpdatedMs, report.TimeMs),
        }, fills);
    }

    /// <summary>Takes a fill, for example from the account's trade history, which names only the venue's order id.</summary>
    /// <returns>
    /// What changed, or null when the fill was known. A fill whose order is not known is announced on behalf of a fill-only EXTERNAL order and joins its
    /// order when that becomes known.
    /// </returns>
    /// <exception cref="ArgumentException">The fill is for another symbol, or lacks trade id, quantity or price.</exception>
    public OrderChange? ApplyFill(Fill fill)
    {
        RequireSymbol(fill.Symbol);
        if (!IsCountable(fill)) throw new ArgumentException($"fill of {symbol} needs a trade id, quantity and price above 0: {fill}", nameof(fill));
        if (Find(fill.ClientOrderId, fill.VenueOrderId) is { } known)
        {
            var (order, fills) = Count(known, fill);
            return fills.Count == 0 ? null : Announce(known, order with { IsSeenAtVenue = true, IsOutcomeUnknown = false }, fills);
        }
        if (!_trades.TryAdd(fill.TradeId)) return null;
        if (_orphans.Count == OrphansMax) _orphans.RemoveAt(0);
        _orphans.Add(fill);
        return new OrderChange(FillOnly(fill), OrderStatus.Filled, OrderStatus.Filled, [fill]);
    }

    /// <summary>
    /// The outcome of the order, or of its cancel, is not known. No effect on an order that is final or that the venue has shown to be resting.
    /// </summary>
    public OrderChange? MarkUnknown(string clientOrderId) => Mark(
        clientOrderId, order => !order.IsSeenAtVenue || order.IsCancelPending, order => order with { IsOutcomeUnknown = true, IsCancelPending = false });

    /// <summary>The venue refused the order for certain. No effect on an order that the venue has shown to exist.</summary>
    public OrderChange? MarkRejected(string clientOrderId, int code, string message, long nowMs) => Mark(
        clientOrderId, order => !order.IsSeenAtVenue, order => order with
        {
            IsRefused = true,
            IsOutcomeUnknown = false,
            IsCancelPending = false,
            RejectCode = code,
            RejectMessage = message,
            UpdatedMs = Math.Max(order.UpdatedMs, nowMs),
        });

    /// <summary>A cancel has been sent.</summary>
    public OrderChange? MarkPendingCancel(string clientOrderId) =>
        Mark(clientOrderId, _ => true, order => order with { IsCancelPending = true });

    /// <summary>The venue refused the cancel while the order lives on: it is again what it was. An order already over is found out by its report.</summary>
    public OrderChange? MarkCancelRejected(string clientOrderId, int code, string message) => Mark(
        clientOrderId, order => order.IsCancelPending, order => order with { IsCancelPending = false, RejectCode = code, RejectMessage = message });

    /// <summary>A change of price or quantity has been sent. No effect on an order that the venue has not shown.</summary>
    public OrderChange? MarkPendingAmend(string clientOrderId) =>
        Mark(clientOrderId, order => order.IsSeenAtVenue, order => order with { IsAmendPending = true });

    /// <summary>
    /// The amendment is over, taken or refused: what the order's terms are is in its reports. With a refusal its code and message are kept.
    /// </summary>
    public OrderChange? MarkAmendEnded(string clientOrderId, int code = 0, string message = "") => Mark(
        clientOrderId, order => order.IsAmendPending, order => order with
        {
            IsAmendPending = false,
            RejectCode = code != 0 ? code : order.RejectCode,
            RejectMessage = message.Length > 0 ? message : order.RejectMessage,
        });

    /// <summary>
    /// Ends a live order that the venue no longer has and whose end it cannot tell: Rejected when the venue never showed it, else Expired. Should it turn up
    /// open after all, it is live again.
    /// </summary>
    public OrderChange? MarkGone(string clientOrderId, long nowMs) => Mark(clientOrderId, _ => true, order => order with
    {
        IsRefused = true,
        IsOutcomeUnknown = false,
        IsCancelPending = false,
        UpdatedMs = Math.Max(order.UpdatedMs, nowMs),
    });

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("orders", 2);
        writer.Write(symbol);
        WriteOrders(writer, _finished);
        WriteOrders(writer, _live);
        writer.Write(_orphans.Count);
        foreach (var fill in _orphans) writer.Write(fill);
        _trades.Write(writer);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, of a newer version, or of another symbol.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("orders", 2, 2);
        var found = reader.ReadString();
        if (found != symbol) throw new InvalidDataException($"orders snapshot is of {found}, expected {symbol}");
        _orders.Clear();
        _byVenueId.Clear();
        _live.Clear();
        _finished.Clear();
        _orphans.Clear();
        for (var i = reader.ReadCount(finishedMax, "finished orders"); i > 0; i--) Store(null, TrackedOrder.Read(ref reader));
        for (var i = reader.ReadCount(LiveMax, "live orders"); i > 0; i--) Store(null, TrackedOrder.Read(ref reader));
        for (var i = reader.ReadCount(OrphansMax, "fills without an order"); i > 0; i--) _orphans.Add(reader.ReadFill());
        _trades.Read(ref reader);
    }

    private void WriteOrders(SnapshotWriter writer, IReadOnlyCollection<string> ids)
    {
        writer.Write(ids.Count);
        foreach (var id in ids) _orders[id].Write(writer);
    }

    /// <summary>The order with this client id or, failing that, this id of the venue; null when it is not remembered.</summary>
    public TrackedOrder? Find(string clientOrderId, long venueOrderId)
    {
        if (clientOrderId.Length > 0 && _orders.TryGetValue(clientOrderId, out var order)) return order;
        return venueOrderId > 0 && _byVenueId.TryGetValue(venueOrderId, out var id) ? _orders[id] : null;
    }

    private OrderChange? Mark(string clientOrderId, Func<TrackedOrder, bool> applies, Func<TrackedOrder, TrackedOrder> change) =>
        _orders.TryGetValue(clientOrderId, out var order) && order.IsLive && applies(order) ? Announce(order, change(order), NoFills) : null;

    private OrderChange? Announce(TrackedOrder? before, TrackedOrder after, IReadOnlyList<Fill> fills)
    {
        if (before == after) return null;
        if (before is null || before with { TermsMs = after.TermsMs } != after) return Store(before, after, fills);

        // The same terms confirmed at a later time: remembered, and nothing to tell.
        _orders[after.ClientOrderId] = after;
        return null;
    }

    /// <summary>Files the order under live or finished. A refused order that turns out to live leaves the finished ones.</summary>
    private OrderChange Store(TrackedOrder? before, TrackedOrder after, IReadOnlyList<Fill>? fills = null)
    {
        var id = after.ClientOrderId;
        _orders[id] = after;
        if (after.VenueOrderId > 0) _byVenueId[after.VenueOrderId] = id;
        var wasLive = before?.IsLive;
        if (wasLive != after.IsLive)
        {
            if (after.IsLive)
            {
                if (_live.Count == LiveMax) throw new InvalidOperationException($"{symbol} has {LiveMax} live orders; the order tracker is full");
                if (wasLive == false) RemoveFinished(id);
                _live.Add(id);
            }
            else
            {
                if (wasLive == true) _live.Remove(id);
                _finished.Enqueue(id);
                if (_finished.Count > finishedMax) Forget(_finished.Dequeue());
            }
        }
        return new OrderChange(after, before?.Status ?? OrderStatus.PendingNew, after.Status, fills ?? NoFills);
    }

    private void RemoveFinished(string id)
    {
        for (var i = _finished.Count; i > 0; i--)
        {
            var finished = _finished.Dequeue();
            if (finished != id) _finished.Enqueue(finished);
        }
    }

    private void Forget(string id)
    {
        if (_orders.Remove(id, out var order)) _byVenueId.Remove(order.VenueOrderId);
    }

    /// <summary>Adds a fill to its order unless it was counted. A report's fill without a trade id is left to the account's trade history.</summary>
    private (TrackedOrder Order, IReadOnlyList<Fill> NewFills) Count(TrackedOrder order, Fill? fill) =>
        fill is null || !IsCountable(fill) || !_trades.TryAdd(fill.TradeId) ? (order, NoFills) : (AddFill(Learn(order, fill.VenueOrderId), fill), [fill]);

    private TrackedOrder Learn(TrackedOrder order, long venueOrderId) =>
        order.VenueOrderId == 0 && venueOrderId > 0 ? Absorb(order with { VenueOrderId = venueOrderId }) : order;

    /// <summary>
    /// Takes over quantity and price of a report that is newer than the newest, by the venue's time; of one time the larger ones stand, so that the order in
    /// which reports come does not matter.
    /// </summary>
    private static TrackedOrder Amend(TrackedOrder order, OrderReport report)
    {
        if (report.Quantity <= 0) return order;
        decimal? price = order.Request.Type == OrderType.Limit && report.Price > 0 ? report.Price : order.Request.Price;
        var newer = report.TimeMs != order.TermsMs ? report.TimeMs.CompareTo(order.TermsMs)
            : report.Quantity != order.Request.Quantity ? report.Quantity.CompareTo(order.Request.Quantity)
            : Nullable.Compare(price, order.Request.Price);
        if (newer <= 0) return order;
        var isSame = report.Quantity == order.Request.Quantity && price == order.Request.Price;
        return order with
        {
            TermsMs = report.TimeMs,
            Request = isSame ? order.Request : order.Request with { Quantity = report.Quantity, Price = price },
            IsAmendPending = order.IsAmendPending && isSame,
        };
    }

    private static TrackedOrder AddFill(TrackedOrder order, Fill fill) => order with
    {
        VenueOrderId = order.VenueOrderId == 0 ? fill.VenueOrderId : order.VenueOrderId,
        FilledQuantity = order.FilledQuantity + fill.Quantity,
        FilledNotional = order.FilledNotional + (fill.Price * fill.Quantity),
        ExecutedQuantity = Math.Max(order.ExecutedQuantity, order.FilledQuantity + fill.Quantity),
        Fees = order.Fees + (fill.FeeAsset == TrackedOrder.FeeAsset ? fill.Fee : 0),
        RealizedPnl = order.RealizedPnl + fill.RealizedPnl,
        IsRefused = order.IsRefused && order.IsSeenAtVenue,
        IsSeenAtVenue = true,
        UpdatedMs = Math.Max(order.UpdatedMs, fill.TimeMs),
    };

    /// <summary>Joins the fills that came before their order was known; one of them may teach the venue's id, by which more are found.</summary>
    private TrackedOrder Absorb(TrackedOrder order)
    {
        while (_orphans.FindIndex(fill => Belongs(fill, order)) is var i and >= 0)
        {
            order = AddFill(order, _orphans[i]);
            _orphans.RemoveAt(i);
        }
        return order;
    }

    private static bool Belongs(Fill fill, TrackedOrder order) =>
        (fill.VenueOrderId > 0 && fill.VenueOrderId == order.VenueOrderId) || (fill.ClientOrderId.Length > 0 && fill.ClientOrderId == order.ClientOrderId);

    private static TrackedOrder Foreign(OrderReport report) => new()
    {
        Request = new OrderRequest(
            report.ClientOrderId.Length > 0 ? report.ClientOrderId : $"#{report.VenueOrderId}", report.Symbol, report.Side, report.Type, report.TimeInForce,
            report.Quantity, report.Type == OrderType.Limit ? report.Price : null, report.ReduceOnly),
        VenueOrderId = report.VenueOrderId,
        CreatedMs = report.TimeMs,
        UpdatedMs = report.TimeMs,
        IsSeenAtVenue = true,
    };

    private static TrackedOrder FillOnly(Fill fill) => AddFill(
        new TrackedOrder
        {
            Request = new OrderRequest(
                fill.ClientOrderId, fill.Symbol, fill.Side, OrderType.Market, TimeInForce.Gtc, fill.Quantity, null, ReduceOnly: false),
            CreatedMs = fill.TimeMs,
            UpdatedMs = fill.TimeMs,
            IsFillOnly = true,
        }, fill);

    private static bool IsCountable(Fill fill) => fill is { TradeId: > 0, Quantity: > 0, Price: > 0 };

    private void RequireSymbol(string other)
    {
        if (other != symbol) throw new ArgumentException($"event is for {other}, this tracker holds orders of {symbol}");
    }
}
