using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>
/// Orders that are placed limit first. What each needs next is the kernel's to say (<see cref="WorkingOrder"/>); here its steps are journalled, sent, and their
/// outcomes told to it. The approved order and its parts have a record each, and the kernels' state is written in the same transaction as every change of them.
/// </summary>
public sealed partial class ExecutionGrain
{
    private const long LookMsMax = 1_000;
    private const int ClearWaitMs = 10;
    private const int ClearWaitsMax = 50;

    private readonly SortedDictionary<string, WorkingOrder> _working = new(StringComparer.Ordinal);
    private OrderPacer _pacer = null!;
    private bool _isWorking;
    private bool _workAgain;
    private long? _wakeMs;

    private bool HasRestingEntry => _working.Values.Any(w => !w.ReduceOnly && w.Parent.LiveCount > 0);

    /// <inheritdoc/>
    public Task StopEntries(string reason)
    {
        StopWorking(reason, entriesOnly: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HastenExit(string reason)
    {
        foreach (var working in _working.Values.Where(w => w.ReduceOnly)) working.Hasten($"asked for again: {reason}");
        Work();
        return Task.CompletedTask;
    }

    /// <summary>
    /// The order as it is to be worked, by its policy and in slices where it is large; null where it leaves at once as it is: at market, or at the strategy's own
    /// limit.
    /// </summary>
    private WorkingOrder? Place(ApprovedOrderMessage message)
    {
        var order = message.Approved.Value;
        var isTooLarge = order.Request is { Type: OrderType.Market, ReduceOnly: true } && _catalog.Find(_symbol) is { } rules
            && order.Request.Quantity > rules.MarketQuantityMax;
        var decisionPrice = DecisionPrice(message) ?? (isTooLarge && _lastPrice > 0 ? _lastPrice : null);
        if (order.Request.Type != OrderType.Market || decisionPrice is not { } price || _working.Count == WorkingMax) return null;
        var purpose = order.Purpose == ProposalKind.Entry ? PlacementPurpose.Entry : message.IsPatient ? PlacementPurpose.Exit : PlacementPurpose.ForcedExit;
        var policy = _settings.Placement.Of(order.Strategy, purpose);
        var slices = purpose == PlacementPurpose.ForcedExit ? null : Slice(order, price);
        if (purpose != PlacementPurpose.ForcedExit) policy = policy.For(Expected(message, slices)?.Share);
        var isTaker = policy.Style == PlacementStyle.Taker && slices is null;
        if (isTaker && !isTooLarge) return null;
        var working = new WorkingOrder(message.Approved, policy, price, NowMs, slices);
        working.OnQuote(message.BidPrice, message.AskPrice, message.LastPrice);
        if (isTaker) working.Hasten("it is larger than the venue's largest order at market");
        return working;
    }

    private static decimal? DecisionPrice(ApprovedOrderMessage message) =>
        message is { BidPrice: > 0 and { } bid, AskPrice: > 0 and { } ask } ? (bid + ask) / 2 : message.LastPrice > 0 ? message.LastPrice : null;

    /// <summary>Takes an order over that is placed in parts; it, and its first part where that may leave now, is durable when this returns.</summary>
    private async Task<long> WorkOnAsync(WorkingOrder working, ApprovedOrderMessage message)
    {
        var id = working.Parent.Order.Request.ClientOrderId;

        // One that is over is not worked again.
        if (await _journal.Reader.GetOrderAsync(_account, id) is not null || !_working.TryAdd(id, working)) return _version;
        BeginCost(message, working.Slices, working.Policy.IsMaker);
        if (!await StepAsync(working, message.ReceivedTimestamp))
        {
            await SaveAsync(RecordsOf(working));
            Announce(positionChanged: false);
        }

        Work();
        return _version;
    }

    /// <summary>An exit ends what still opens: its own filling must not be undone, nor meet our own order.</summary>
    private void GiveUpEntries(Order order)
    {
        if (order.Request.ReduceOnly) StopWorking("an exit was asked for", entriesOnly: true);
    }

    private void StopWorking(string reason, bool entriesOnly)
    {
        foreach (var working in _working.Values.Where(w => !entriesOnly || !w.ReduceOnly)) working.Stop(reason);
        GiveUpHeldBack(reason);
        StopGrid(reason, entriesOnly);
        Work();
    }

    /// <summary>An exit leaves when no entry of ours rests any more that it could meet; half a second is all that it waits for that.</summary>
    private async Task SendWhenClearAsync(Order order, long receivedTimestamp)
    {
        try
        {
            for (var i = 0; i < ClearWaitsMax && order.Request.ReduceOnly && HasRestingEntry; i++)
                await Task.Delay(TimeSpan.FromMilliseconds(ClearWaitMs), _time, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It leaves all the same: in the journal it counts as sent.
        }

        await SendExitAsync(order, receivedTimestamp);
    }

    private void Quote(decimal? bid, decimal? ask, decimal last)
    {
        foreach (var working in _working.Values) working.OnQuote(bid, ask, last);
        Work();
    }

    /// <summary>Sets a round off, beside whatever runs. One runs at a time; what changes meanwhile leads to another.</summary>
    private void Work()
    {
        if (_working.Count == 0) return;
        _workAgain = true;
        if (_isWorking) return;
        _isWorking = true;
        Run(WorkAsync());
    }

    private async Task WorkAsync()
    {
        try
        {
            while (_workAgain && !_stopping.IsCancellationRequested)
            {
                _workAgain = false;

                // Reductions first.
                foreach (var working in _working.Values.OrderByDescending(w => w.ReduceOnly).ToArray()) await StepAsync(working, 0);
            }
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, Owner);
        }
        finally
        {
            _isWorking = false;
        }
    }

    /// <summary>Does what one order needs now.</summary>
    /// <returns>Whether it was made durable by that.</returns>
    private async Task<bool> StepAsync(WorkingOrder working, long receivedTimestamp)
    {
        var now = NowMs;
        if (_catalog.Find(_symbol) is not { } rules)
        {
            WakeAt(now + LookMsMax);
            return false;
        }

        var step = working.Next(rules, now, _ready);
        var isPaced = step.Kind is PlacementStepKind.Place or PlacementStepKind.Amend;
        if (isPaced && !working.ReduceOnly && _pacer.NextMs(now) > now)
        {
            WakeAt(_pacer.NextMs(now));
            return false;
        }

        if (isPaced) _pacer.Add(now);
        switch (step.Kind)
        {
            case PlacementStepKind.Place:
                await PlacePartAsync(working, step, receivedTimestamp);
                return true;
            case PlacementStepKind.Amend:
                working.Amend(now);
                Run(AmendAsync((working.Parent.Id with { Child = step.Child }).ToString(), step.Price!.Value));
                return false;
            case PlacementStepKind.Cancel:
                Run(CancelPartAsync((working.Parent.Id with { Child = step.Child }).ToString()));
                return false;
            case PlacementStepKind.End:
                await EndAsync(working);
                return true;
            default:
                if (step.LookAgainMs is { } at) WakeAt(at);
                return false;
        }
    }

    private async Task PlacePartAsync(WorkingOrder working, PlacementStep step, long receivedTimestamp)
    {
        var part = working.Place(step, NowMs).Value;
        var tracked = _tracker.Register(part, NowMs);
        _sending.Add(part.Request.ClientOrderId);

        // The order before its part: in that order a restart puts them back.
        await SaveAsync([.. RecordsOf(working), ToRecord(tracked)]);
        Announce(positionChanged: false);
        Run(SendWhenClearAsync(part, receivedTimestamp));
    }

    private async Task CancelPartAsync(string clientOrderId)
    {
        try
        {
            await CancelAsync(clientOrderId);
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, clientOrderId);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next activation asks what became of it.
        }
    }

    private async Task EndAsync(WorkingOrder working)
    {
        var order = working.Parent.Order;
        working.Close();
        _working.Remove(order.Request.ClientOrderId);
        var records = RecordsOf(working);
        EndCost(order.Request.ClientOrderId, working.Parent.Executed, records);
        await SaveAsync(records);
        if (working.SlippageBps is { } slippage)
        {
            _metrics.PlacementSlippageBps.Record(
                slippage, new KeyValuePair<string, object?>("symbol", _symbol), new KeyValuePair<string, object?>("purpose", order.Purpose.ToString()));
        }

        LogPlaced(order.Request.ClientOrderId, working.Parent.Executed, working.Parent.Quantity, working.Parent.Children.Count, Describe(working));
        Announce(positionChanged: false);
    }

    /// <summary>Books what an event of a part means for its order, in the transaction of the event itself.</summary>
    private void NoteChild(OrderChange change, List<JournalRecord> records)
    {
        if (WorkingOf(change.Order.ClientOrderId, out _) is not { } working) return;
        var (rejects, wasStuck) = (working.Rejects, working.IsStuck);
        if (working.OnChild(change.Order, change.NewFills, NowMs)) records.AddRange(RecordsOf(working));
        if (working.Rejects > rejects) _metrics.PlacementRejects.Add(1, new KeyValuePair<string, object?>("symbol", _symbol));
        if (wasStuck || !working.IsStuck) return;
        var id = working.Parent.Order.Request.ClientOrderId;
        LogStuck(id, working.Rejects);
        Run(EnqueueIncidentAsync(
            "PlacementStuck", $"order {id}: {working.Rejects} post-only orders in a row were refused because they would take", "each next one is placed a tick further away",
            $"until {working.DeadlineMs} ({working.Policy.AtTimeout})").AsTask());
    }

    private void NoteUnsent(string clientOrderId)
    {
        if (WorkingOf(clientOrderId, out var part) is { } working) working.OnUnsent(part);
    }

    private WorkingOrder? WorkingOf(string clientOrderId, out int part)
    {
        part = 0;
        if (_working.Count == 0 || !ClientOrderId.TryParse(clientOrderId, out var id) || id.Child == 0) return null;
        part = id.Child;
        return _working.GetValueOrDefault(id.Parent.ToString());
    }

    /// <summary>Looks again then, or a second from now if that is sooner.</summary>
    private void WakeAt(long atMs)
    {
        var now = NowMs;
        var at = Math.Clamp(atMs, now + 1, now + LookMsMax);
        if (_wakeMs <= at) return;
        _wakeMs = at;
        _ = WakeAsync(at);
    }

    private async Task WakeAsync(long atMs)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(atMs - NowMs, 1)), _time, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (_wakeMs == atMs) _wakeMs = null;
        Work();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "order {ClientOrderId}: {Executed} of {Quantity} in {Parts} parts ({How})")]
    private partial void LogPlaced(string clientOrderId, decimal executed, decimal quantity, int parts, string how);

    [LoggerMessage(Level = LogLevel.Warning, Message = "order {ClientOrderId}: {Rejects} post-only orders in a row were refused because they would take")]
    private partial void LogStuck(string clientOrderId, int rejects);
}
