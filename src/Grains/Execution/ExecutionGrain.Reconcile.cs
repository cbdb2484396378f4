using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>Bringing books and venue together by asking the venue.</summary>
public sealed partial class ExecutionGrain
{
    private const int PageSize = 1_000;

    /// <summary>The venue's code for an order that it does not show.</summary>
    private const int OrderDoesNotExist = -2013;

    /// <summary>Right after an accept the venue may still say that the order does not exist; only after this long is that absence.</summary>
    private const long AbsenceMs = 10_000;

    /// <summary>Rounds of asking in one reconciliation.</summary>
    private const int PassesMax = 5;

    private static readonly TimeSpan[] ResolveDelays =
        [.. new[] { 0.25, 0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8, 8 }.Select(TimeSpan.FromSeconds)];

    /// <inheritdoc/>
    public async ValueTask<ExecutionView> Reconcile(string reason)
    {
        try
        {
            // The periodic one interleaves with orders and events; two at a time would only ask the venue twice.
            while (!_reconciling.IsCompleted) await _reconciling.ContinueWith(static _ => { }, TaskScheduler.Current);
            var task = ReconcileAsync(reason);
            _reconciling = task;
            await task;
        }
        catch (VenueException e)
        {
            _ready = false;
            _detail = $"{reason}: {e.Message}";
            LogReconcileFailed(_account, _symbol, reason, e.Message);
            Announce(positionChanged: false);
        }

        return _view;
    }

    private async Task OnTimerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Reconcile(_isNew || !_ready ? "start" : "periodic");
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, Owner);
        }
    }

    private async Task ReconcileAsync(string reason)
    {
        var token = _stopping.Token;
        var differences = new List<string>();
        if (_isNew) await AdoptBeginningAsync(differences, token);

        var settled = false;
        (decimal Venue, long Fills)? suspect = null;
        for (var pass = 1; pass <= PassesMax && !settled; pass++)
        {
            var fillsBefore = _books.FillCount;
            var (plan, auditedTradeId) = await PlanAsync(token);
            differences.AddRange(plan.Differences);
            await ReconcileStopsAsync(differences, token);

            // Trades name only the venue's order id. Orders are asked for first, so that a fill whose answer was lost is not taken for a foreign one,
            // which nobody would protect.
            foreach (var report in plan.Reports) await ApplyAsync(_tracker.Apply(report));
            foreach (var order in plan.Query) await AskAsync(order.ClientOrderId, differences, token);
            if (plan.Fills.Count > 0 && !await RecallAsync(plan.Fills, token)) break;
            foreach (var fill in plan.Fills) await ApplyAsync(_tracker.ApplyFill(fill));

            // Audited means booked: the id rises only when every fill up to it is in the journal.
            _auditedTradeId = auditedTradeId;
            if (plan.Fills.Count > 0 || !plan.IsPositionComparable) continue;
            if (plan.Adopt is not { } venue)
            {
                settled = true;
                continue;
            }

            // A fill between two answers looks like a difference. It is believed when a second look, without any fill since the first one began, shows
            // the very same one. Quantities alone would not do: where every trade has the same size, two different moments look alike.
            if (_books.FillCount != fillsBefore) continue;
            var now = (venue.Quantity, fillsBefore);
            settled = suspect == now;
            suspect = now;
            if (settled) await AdoptAsync(venue);
        }

        if (!settled)
        {
            // Fills kept coming while the venue was asked; the next round looks again. What is certain has been applied.
            differences.Clear();
            LogUnsettled(_account, _symbol, reason);
        }

        var becameReady = !_ready && settled;
        _ready |= settled;
        _detail = !settled ? $"{reason}: fills kept coming, the next round looks again"
            : differences.Count == 0 ? $"{reason}: books and venue agree"
            : $"{reason}: {string.Join("; ", differences)}";
        if (differences.Count > 0)
        {
            _metrics.ReconcileDifferences.Add(differences.Count, new KeyValuePair<string, object?>("symbol", _symbol));
            LogDifferences(_account, _symbol, _detail);
            if (!_isNew) await EnqueueIncidentAsync("ReconcileDifference", _detail, "books brought to the venue's truth", "Ready");
        }

        // What a killed silo left unanswered must not hold the symbol up until the next round.
        foreach (var order in _tracker.Live.Where(o => o.Status == OrderStatus.Unknown)) Run(ResolveAsync(order.ClientOrderId));
        _stops.RetryNow();
        Protect();
        WatchResting();
        if (becameReady) LogReady(_account, _symbol, _books.Ledger.Quantity, _tracker.Live.Count);
        _isNew = false;
        Announce(positionChanged: true);
    }

    /// <summary>The very first look at an account: what it holds already is foreign, and its trade history is not ours to book.</summary>
    private async Task AdoptBeginningAsync(List<string> differences, CancellationToken token)
    {
        var last = 0L;
        for (var from = 0L; ;)
        {
            var page = await _accountPort.GetUserTradesAsync(_symbol, from, PageSize, token);
            if (page.Count > 0) last = Math.Max(last, page[^1].TradeId);
            if (page.Count < PageSize) break;
            from = last + 1;
        }

        _auditedTradeId = last;
        if (last > 0) _tracker.RaiseTradeFloor(last);
        await SaveAsync([_books.ToRecord(_auditedTradeId, NowMs)]);
        if (last > 0) differences.Add($"books opened after trade {last}");
    }

    /// <summary>Asks the venue for one order and applies what it says.</summary>
    /// <returns>Whether the order's state is certain now.</returns>
    private async Task<bool> AskAsync(string clientOrderId, List<string>? differences, CancellationToken token)
    {
        var answer = await _trading.QueryAsync(_symbol, clientOrderId, token);
        if (answer.Kind == OrderAnswerKind.Accepted)
        {
            var change = _tracker.Apply(answer.Report!);
            if (change is not null) differences?.Add($"order {clientOrderId} was {change.Before}, is {change.After}");
            await ApplyAsync(change);
            return true;
        }

        if (!_tracker.TryGet(clientOrderId, out var order) || !order.IsLive) return true;
        if (answer.Kind != OrderAnswerKind.Rejected || answer.Code != OrderDoesNotExist || NowMs - order.UpdatedMs < AbsenceMs) return false;
        differences?.Add($"order {clientOrderId} is not at the venue");
        await ApplyAsync(_tracker.MarkGone(clientOrderId, NowMs), "the venue does not have it");
        return true;
    }

    /// <summary>Finds out what became of an order whose answer was lost: by asking, with growing pauses. What this leaves open, reconciliation asks again.</summary>
    private async Task ResolveAsync(string clientOrderId)
    {
        if (!_resolving.Add(clientOrderId)) return;
        try
        {
            foreach (var delay in ResolveDelays)
            {
                await Task.Delay(delay, _time, _stopping.Token);
                if (!_tracker.TryGet(clientOrderId, out var order) || order.Status is not (OrderStatus.Unknown or OrderStatus.PendingNew)) return;
                try
                {
                    if (!await AskAsync(clientOrderId, null, _stopping.Token)) continue;
                    await EnqueueIncidentAsync("OrderResolved", $"order {clientOrderId} was unknown", "the venue was asked", _tracker.TryGet(clientOrderId, out var now) ? now.Status.ToString() : "forgotten");
                    return;
                }
                catch (VenueException e)
                {
                    LogReconcileFailed(_account, _symbol, $"order {clientOrderId}", e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next activation finds the order in the journal and asks again.
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, clientOrderId);
        }
        finally
        {
            _resolving.Remove(clientOrderId);
        }
    }

    /// <summary>Asks the venue for everything and compares. Trades come last: a fill that the position contains is then among them.</summary>
    private async Task<(ReconcilePlan Plan, long AuditedTradeId)> PlanAsync(CancellationToken token)
    {
        var open = await _trading.GetOpenOrdersAsync(_symbol, token);
        var positions = await _accountPort.GetPositionsAsync(_symbol, token);
        var trades = await FetchTradesAsync(token);
        var plan = Reconciler.Plan(new ReconcileInput(
            _symbol, NowMs, [.. _tracker.Live.Where(o => !_sending.Contains(o.ClientOrderId))], _books.Ledger.Quantity, _tracker.KnowsTrade, 0,
            [.. open.Where(o => !_sending.Contains(o.ClientOrderId))], positions.FirstOrDefault(p => p.Symbol == _symbol), trades, long.MaxValue));
        return (plan, trades.Count > 0 ? trades[^1].TradeId : _auditedTradeId);
    }

    private async Task<IReadOnlyList<Fill>> FetchTradesAsync(CancellationToken token)
    {
        var trades = new List<Fill>();
        for (var from = _auditedTradeId + 1; ; from = trades[^1].TradeId + 1)
        {
            var page = await _accountPort.GetUserTradesAsync(_symbol, from, PageSize, token);
            trades.AddRange(page);
            if (page.Count < PageSize) return trades;
        }
    }

    /// <summary>No fill explains the difference (history too short, or a transfer): the venue is the truth, the rest is booked as a synthetic foreign fill.</summary>
    private async Task AdoptAsync(PositionReport venue)
    {
        var difference = venue.Quantity - _books.Ledger.Quantity;
        var fill = new Fill(
            _symbol, -NowMs, "", 0, difference > 0 ? OrderSide.Buy : OrderSide.Sell, venue.EntryPrice > 0 ? venue.EntryPrice : _books.Ledger.EntryPrice,
            Math.Abs(difference), 0, "USDT", 0, false, venue.TimeMs > 0 ? venue.TimeMs : NowMs);
        _books.Book(fill, null);
        await SaveAsync([_books.ToRecord(fill, TrackedOrder.External), _books.ToRecord(_auditedTradeId, NowMs)]);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Account}/{Symbol}: reconciled, position {Quantity}, {Orders} live orders")]
    private partial void LogReady(string account, string symbol, decimal quantity, int orders);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Account}/{Symbol}: fills kept coming during reconciliation ({Reason}); the next round looks again")]
    private partial void LogUnsettled(string account, string symbol, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Account}/{Symbol}: {Detail}")]
    private partial void LogDifferences(string account, string symbol, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Account}/{Symbol}: reconciliation ({Reason}) failed and is tried again: {Error}")]
    private partial void LogReconcileFailed(string account, string symbol, string reason, string error);
}
