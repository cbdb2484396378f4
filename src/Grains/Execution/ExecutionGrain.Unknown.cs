using Granary.Engine.Orders;
using Granary.Engine.Reconciliation;
using Granary.Journal;
using Granary.Venues.Ports;

namespace Granary.Grains.Execution;

/// <summary>
/// Orders whose answer was lost: never sent again, counted as exposure, and found out by asking with growing pauses, by the stream, or by the periodic round.
/// </summary>
public sealed partial class ExecutionGrain
{
    /// <summary>The venue's code for an order that it does not show.</summary>
    private const int OrderDoesNotExist = -2013;

    private const string UnknownWord = "the venue told a status that is not known";

    private const string Absent = "the venue does not have it";

    /// <summary>Questions about one order before it is left to the periodic round: about a minute and a quarter.</summary>
    private const int QuestionsMax = 12;

    /// <summary>Asks the venue for one order and applies what it says.</summary>
    /// <returns>Whether the order's state is certain now.</returns>
    private async Task<bool> AskAsync(string clientOrderId, CancellationToken token)
    {
        var before = _tracker.Find(clientOrderId, 0);
        var answer = await _trading.QueryAsync(_symbol, clientOrderId, token);
        if (answer is { Kind: OrderAnswerKind.Accepted, Report: { } report })
        {
            await ApplyAsync(_tracker.Apply(report));
            return true;
        }

        if (!_tracker.TryGet(clientOrderId, out var order) || !order.IsLive) return true;

        // An order that changed while the answer was under way is not judged by it.
        if (order != before || !IsAbsence(answer.Kind, answer.Code) || NowMs - order.UpdatedMs < Reconciler.AbsenceMs) return false;
        await ApplyAsync(_tracker.MarkGone(clientOrderId, NowMs), Absent);
        return true;
    }

    /// <summary>The stream told a status that has no meaning here: the order may be over or not, so it is asked for like one whose answer was lost.</summary>
    private async Task NoticeUnknownWordAsync(OrderReport report)
    {
        var id = report.ClientOrderId;
        if (report.Status != OrderStatus.Unknown || !_tracker.TryGet(id, out var order) || order.Status != OrderStatus.Unknown || _resolving.Contains(id)) return;
        LogUnknown(id, UnknownWord);
        await EnqueueIncidentAsync("OrderUnknown", $"order {id}: {UnknownWord}", "counted as exposure; the venue is asked", "Unknown");
        Run(ResolveAsync(id));
    }

    /// <summary>Asks for an order whose outcome is not known; one loop for each order, however often its outcome gets lost.</summary>
    private async Task ResolveAsync(string clientOrderId)
    {
        if (!_resolving.Add(clientOrderId)) return;
        try
        {
            await AskUntilCertainAsync(
                clientOrderId, isAtOnce: false, static order => order.Status is OrderStatus.Unknown or OrderStatus.PendingNew,
                async () => await EnqueueIncidentAsync(
                    "OrderResolved", $"order {clientOrderId} was unknown", "the venue was asked",
                    _tracker.TryGet(clientOrderId, out var now) ? now.Status.ToString() : "forgotten"));
        }
        finally
        {
            _resolving.Remove(clientOrderId);
        }
    }

    /// <summary>Asks with growing pauses until the order's state is certain, is not in doubt any more, or the questions are used up.</summary>
    private async Task AskUntilCertainAsync(string clientOrderId, bool isAtOnce, Func<TrackedOrder, bool> isInDoubt, Func<Task> onCertain)
    {
        try
        {
            for (var attempt = 0; attempt < QuestionsMax; attempt++)
            {
                if (attempt > 0 || !isAtOnce) await PauseAsync(clientOrderId, isAtOnce ? attempt - 1 : attempt);
                if (!_tracker.TryGet(clientOrderId, out var order) || !isInDoubt(order)) return;
                try
                {
                    if (!await AskAsync(clientOrderId, _stopping.Token)) continue;
                    await onCertain();
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
    }

    private Task PauseAsync(string clientOrderId, int attempt) =>
        Task.Delay(TimeSpan.FromMilliseconds(QueryBackoff.Default.PauseMs(clientOrderId, attempt)), _time, _stopping.Token);
}
