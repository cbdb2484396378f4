using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Journal.Records;

namespace Granary.Grains.Execution;

/// <summary>What the journal knows: all of it at the start, and finished orders when something still comes of them.</summary>
public sealed partial class ExecutionGrain
{
    private const int JournalPageSize = 10_000;
    private const int OrdersRecalledMax = 1_000;

    /// <summary>The state as the journal has it: books from every fill, live orders, the audited trade id.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var reader = _journal.Reader;
        _tracker = new OrderTracker(_symbol);
        _books = new ExecutionBooks(_account, _symbol);
        _stops = new ProtectiveStops(_settings.EngineId, _account);
        var position = await reader.GetPositionAsync(_account, _symbol, cancellationToken);
        _isNew = position is null;
        _auditedTradeId = position?.LastTradeId ?? 0;
        (_fetchedTradeId, _settledMs, _doubt) = (_auditedTradeId, position?.TimeMs ?? 0, null);
        if (position is not null) _books.Lots.QuantityMin = ExecutionBooks.QuantityMinOf(position);
        if (_auditedTradeId > 0) _tracker.RaiseTradeFloor(_auditedTradeId);
        var live = (await reader.GetLiveOrdersAsync(_account, _symbol, cancellationToken)).ToList();
        foreach (var record in live.Where(o => o.Purpose == JournalOrders.StopPurpose)) _stops.Restore(JournalOrders.ToStop(record));
        live.RemoveAll(o => o.Purpose == JournalOrders.StopPurpose || _working.ContainsKey(o.ClientOrderId));
        var booked = live.Where(o => o.VenueOrderId > 0).ToDictionary(o => o.VenueOrderId, _ => 0m);
        for (var after = 0L; ;)
        {
            var fills = await reader.GetFillsAsync(_account, _symbol, after, JournalPageSize, cancellationToken);
            foreach (var fill in fills)
            {
                var then = _books.Lots.Own.Quantity + ExecutionBooks.ToFill(fill).SignedQuantity;
                var mayOpen = _books.Lots.Own.Quantity == 0 || Math.Sign(_books.Lots.Own.Quantity) == -Math.Sign(then);
                var order = mayOpen && fill.ClientOrderId.Length > 0 && fill.Strategy != TrackedOrder.External
                    ? await reader.GetOrderAsync(_account, fill.ClientOrderId, cancellationToken)
                    : null;
                _books.Restore(fill, order);
                if (booked.TryGetValue(fill.VenueOrderId, out var sum)) booked[fill.VenueOrderId] = sum + fill.Quantity;
                if (fill.TradeId > _auditedTradeId) _tracker.ApplyFill(ExecutionBooks.ToFill(fill));
                after = fill.Position;
            }

            if (fills.Count < JournalPageSize) break;
        }

        // The venue may have said more of an order than its fills had come in: those are still to be counted.
        foreach (var record in live) JournalOrders.Restore(_tracker, record, booked.GetValueOrDefault(record.VenueOrderId));

        // Versions rise across activations: milliseconds are far ahead of any count of changes.
        _version = NowMs;
    }

    /// <summary>
    /// Brings back finished orders of these fills that the journal has and the tracker does not: a kill may come between an order's end and its fills.
    /// Bounded by the newest <see cref="OrdersRecalledMax"/> orders of the symbol; a fill of an older one counts as foreign.
    /// </summary>
    /// <returns>False when a fill may be of an order whose answer is still under way: nobody can tell yet, so the next round books it.</returns>
    private async Task<bool> RecallAsync(IReadOnlyList<Fill> fills, CancellationToken token)
    {
        var unknown = fills.Where(f => f.ClientOrderId.Length == 0).Select(f => f.VenueOrderId).ToHashSet();
        foreach (var record in await _journal.Reader.GetOrdersAsync(_account, _symbol, OrdersRecalledMax, token))
        {
            if (unknown.Remove(record.VenueOrderId)) await RecallAsync(record, token);
        }

        return unknown.Count == 0 || _sending.Count == 0;
    }

    /// <summary>
    /// Brings back an order that the venue lists as open and only the journal knows. Where the engine had concluded its end, it was wrong: the order comes back
    /// as unknown, and the list tells the rest.
    /// </summary>
    private async Task RecallListedAsync(OrderReport report, CancellationToken token)
    {
        if (_tracker.Find(report.ClientOrderId, report.VenueOrderId) is not null) return;
        if (await _journal.Reader.GetOrderAsync(_account, report.ClientOrderId, token) is { } record)
            await RecallAsync(record.Detail == Absent ? record with { Status = nameof(OrderStatus.Unknown) } : record, token);
    }

    /// <summary>Brings one order back that ended before this activation, so that what still comes of it is not taken for a foreign order's.</summary>
    private async Task RecallAsync(OrderRecord record, CancellationToken token)
    {
        if (record.Symbol != _symbol || _tracker.TryGet(record.ClientOrderId, out _) || JournalOrders.ToOrder(record) is not { } order) return;
        var booked = await BookedAsync(record.VenueOrderId, token);
        if (!_tracker.TryGet(record.ClientOrderId, out _))
            _tracker.Restore(order, JournalOrders.ToStatus(record), record.VenueOrderId, booked, record.TimeMs);
    }

    /// <summary>What the journal's fills say of an order. Reads all of the symbol's fills; so rare that no memory is kept for it.</summary>
    private async Task<decimal> BookedAsync(long venueOrderId, CancellationToken token)
    {
        var booked = 0m;
        for (var after = 0L; ;)
        {
            var fills = await _journal.Reader.GetFillsAsync(_account, _symbol, after, JournalPageSize, token);
            booked += fills.Where(f => f.VenueOrderId == venueOrderId).Sum(f => f.Quantity);
            if (fills.Count < JournalPageSize) return booked;
            after = fills[^1].Position;
        }
    }
}
