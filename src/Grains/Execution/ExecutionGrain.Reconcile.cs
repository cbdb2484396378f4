using Granary.Engine.Orders;
using Granary.Engine.Reconciliation;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>
/// Bringing books and venue together. What differs and what to do about it is the kernel's to say (<see cref="Reconciler"/>); here the venue is asked, the
/// steps are carried out and journalled, and each finding becomes one incident.
/// </summary>
public sealed partial class ExecutionGrain
{
    /// <summary>Looks in one round; a doubt outlives it.</summary>
    private const int LooksPerRound = 6;

    private readonly FindingMemory _findings = new();
    private PositionDoubt? _doubt;
    private bool _isHistorySkipped;
    private Task _reconciling = Task.CompletedTask;

    /// <summary>When the newest round began; 0 before the first.</summary>
    private long _roundMs;

    /// <inheritdoc/>
    public ValueTask<ExecutionView> Reconcile(string reason) => RoundAsync(reason, LookScope.Symbol);

    /// <inheritdoc/>
    public ValueTask<ExecutionView> ReconcileWithAccount(string reason)
    {
        // Whatever the reason, events may have been lost: the fills are due again.
        _fillsAuditedMs = 0;
        return RoundAsync(reason, LookScope.AccountNow);
    }

    /// <inheritdoc/>
    public Task OnRound() => _reconciling.IsCompleted ? PeriodicRoundAsync() : Task.CompletedTask;

    private async ValueTask<ExecutionView> RoundAsync(string reason, LookScope scope)
    {
        try
        {
            // The periodic one interleaves with orders and events; two at a time would only ask the venue twice.
            while (!_reconciling.IsCompleted) await _reconciling.ContinueWith(static _ => { }, TaskScheduler.Current);
            _roundMs = NowMs;
            var task = ReconcileAsync(reason, scope);
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

    /// <summary>The start; and later, should the account's reader not have called for too long.</summary>
    private Task GuardRoundsAsync() =>
        _roundMs > 0 && NowMs - _roundMs < _settings.ReconcileIntervalMs * 3L / 2 ? Task.CompletedTask : PeriodicRoundAsync();

    private async Task PeriodicRoundAsync()
    {
        try
        {
            if (_isNew || !_ready) await RoundAsync("start", LookScope.AccountNow);
            else await RoundAsync("periodic", LookScope.Account);
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, Owner);
        }
    }

    private async Task ReconcileAsync(string reason, LookScope scope)
    {
        var token = _stopping.Token;
        if (_isNew && !_isHistorySkipped) await SkipHistoryAsync(token);
        var (findings, overlap) = (new List<Finding>(), _auditedTradeId);
        var (settled, hasTrades) = (false, false);
        for (var look = 1; look <= LooksPerRound && !settled; look++)
        {
            if (_doubt is not null && look > 1) await Task.Delay(TimeSpan.FromMilliseconds(Reconciler.LookAgainMs), _time, token);
            var asked = Capture();

            // A doubt is about this symbol, and is not put off until the account's next look.
            var (venue, trades) = await FetchAsync(asked, look == 1 ? scope : LookScope.Symbol, token);
            var plan = Reconciler.Plan(asked, Capture(), venue, _doubt);
            _doubt = plan.Doubt;
            findings.AddRange(plan.Findings);
            if (!await CarryOutAsync(plan, token)) break;

            // Audited means booked: the id rises only when every fill up to it is in the journal.
            if (trades is { Count: > 0 }) _auditedTradeId = Math.Max(_auditedTradeId, trades[^1].TradeId);
            hasTrades |= trades is not null;
            _stopsKnown |= venue.Triggers is not null;
            settled = plan.IsSettled;
        }

        if (settled) _settledMs = NowMs;
        if (settled && hasTrades) (_fetchedTradeId, _fillsAuditedMs) = (overlap, NowMs);
        if (!settled) LogUnsettled(_account, _symbol, reason);
        await EndRoundAsync(reason, findings, settled);
    }

    private async Task EndRoundAsync(string reason, List<Finding> findings, bool settled)
    {
        var becameReady = !_ready && settled;
        _ready |= settled;
        var news = _findings.Take(findings);
        _detail = !settled ? $"{reason}: fills kept coming or positions differ, the next round looks again"
            : news.Count == 0 ? $"{reason}: books and venue agree"
            : $"{reason}: {string.Join("; ", news.Select(finding => finding.Seen))}";
        foreach (var finding in news)
        {
            _metrics.ReconcileDifferences.Add(1, new KeyValuePair<string, object?>("symbol", _symbol));
            LogFinding(_account, _symbol, finding.Seen, finding.Done);
            await EnqueueIncidentAsync(finding.Kind.ToString(), $"{reason}: {finding.Seen}", finding.Done, finding.Result);
        }

        // What a killed silo left unanswered must not hold the symbol up until the next round.
        foreach (var order in _tracker.Live.Where(o => o.Status == OrderStatus.Unknown)) Run(ResolveAsync(order.ClientOrderId));
        _stops.RetryNow();
        Protect();
        WatchResting();
        _desk?.Synchronize(_tracker.Live, _sending);
        WorkGrid();
        if (becameReady) LogReady(_account, _symbol, _books.Ledger.Quantity, _tracker.Live.Count);
        _isNew &= !settled;
        Announce(positionChanged: true);
    }

    /// <summary>Carries a plan out, in its order.</summary>
    /// <returns>False when something came in between, so that the next round has to look again.</returns>
    private async Task<bool> CarryOutAsync(ReconcilePlan plan, CancellationToken token)
    {
        var fills = plan.Steps.OfType<ReconcileStep.TakeFill>().Select(step => step.Fill).ToArray();
        var fillCount = _books.FillCount;
        IReadOnlyList<OrderReport>? forced = null;
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case ReconcileStep.TakeStop take:
                    await TakeTriggerAsync(take.Report, take.IsNewer, isFound: true);
                    break;
                case ReconcileStep.KeepStop keep:
                    await SaveStopAsync(_stops.OnCancelNotSent(keep.ClientId, NowMs), "");
                    ProtectLater();
                    break;
                case ReconcileStep.EndStop end when _stops.Find(end.ClientId) is { } stop && NowMs - stop.UpdatedMs >= Reconciler.AbsenceMs:
                    await SaveStopAsync(_stops.OnGone(end.ClientId, NowMs), Absent);
                    break;
                case ReconcileStep.TakeOrder take:
                    await RecogniseStopAsync(take.Report);
                    await ApplyAsync(_tracker.Apply(take.Report));
                    break;
                case ReconcileStep.EndOrder end when _tracker.TryGet(end.ClientOrderId, out var order) && NowMs - order.UpdatedMs >= Reconciler.AbsenceMs:
                    await ApplyAsync(_tracker.MarkGone(end.ClientOrderId, NowMs), Absent);
                    break;
                case ReconcileStep.TakeFill take:
                    if (forced is null && !await RecallAsync(fills, token)) return false;
                    forced ??= await FindForcedAsync(fills, token);
                    await ApplyAsync(_tracker.ApplyFill(take.Fill));
                    if (forced.FirstOrDefault(order => order.VenueOrderId == take.Fill.VenueOrderId) is { } report)
                        await NoticeForcedAsync(report with { Fill = take.Fill });
                    break;
                case ReconcileStep.InferFill infer:
                    if (_books.FillCount != fillCount) return false;
                    await InferAsync(infer);
                    fillCount = _books.FillCount;
                    break;
            }
        }

        return true;
    }

    /// <summary>Books what the venue's position contains and its history cannot show, marked as synthetic.</summary>
    private async Task InferAsync(ReconcileStep.InferFill step)
    {
        _tracker.TryGet(step.ClientOrderId, out var order);
        var fill = _books.Synthetic.Make(_symbol, step, order?.VenueOrderId ?? 0);
        _books.Book(fill, order);
        await SaveAsync([_books.ToRecord(fill, order?.Strategy ?? TrackedOrder.External), _books.ToRecord(_auditedTradeId, NowMs)]);
    }

    /// <summary>A real fill turned up that a synthetic one stands for already: books the one that takes its quantity back, before it is booked itself.</summary>
    private JournalRecord[] Replace(Fill replacement, Fill real, TrackedOrder order)
    {
        var owner = _books.Synthetic.IsInferredFor(order.ClientOrderId) ? order : null;
        _books.Book(replacement, owner);
        var incident = new IncidentRecord(
            $"{_account}/{_symbol}", "SyntheticReplaced", $"trade {real.TradeId} turned up, which the position contained already as a synthetic fill",
            $"booked together with {replacement.ClientOrderId}, which takes its quantity back", $"position {_books.Ledger.Quantity + real.SignedQuantity}", NowMs);
        return [_books.ToRecord(replacement, owner?.Strategy ?? TrackedOrder.External), incident];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Account}/{Symbol}: reconciled, position {Quantity}, {Orders} live orders")]
    private partial void LogReady(string account, string symbol, decimal quantity, int orders);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Account}/{Symbol}: positions could not be compared ({Reason}); the next round looks again")]
    private partial void LogUnsettled(string account, string symbol, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Account}/{Symbol}: {Seen}; {Done}")]
    private partial void LogFinding(string account, string symbol, string seen, string done);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Account}/{Symbol}: reconciliation ({Reason}) failed and is tried again: {Error}")]
    private partial void LogReconcileFailed(string account, string symbol, string reason, string error);
}
