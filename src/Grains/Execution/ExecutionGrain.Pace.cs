using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Journal;
using Granary.Venues.Ports;

namespace Granary.Grains.Execution;

/// <summary>The pace of orders that leave at once: entries wait their turn, what only reduces does not.</summary>
public sealed partial class ExecutionGrain
{
    /// <summary>Entries that wait for their turn, each with why it is to be given up instead; null while it is not.</summary>
    private readonly SortedDictionary<string, string?> _heldBack = new(StringComparer.Ordinal);

    private async Task SendPacedAsync(Order order, long receivedTimestamp)
    {
        if (!order.Request.ReduceOnly && await HoldBackAsync(order.Request.ClientOrderId) is { } hindrance)
        {
            await GiveUpAsync(order.Request.ClientOrderId, hindrance);
            return;
        }

        _pacer.Add(NowMs);
        await SendWhenClearAsync(order, receivedTimestamp);
    }

    /// <summary>Waits until the pace allows another order. An entry that has waited too long is given up: the decision is too old.</summary>
    /// <returns>Why the order is not to be sent, or null.</returns>
    private async Task<string?> HoldBackAsync(string clientOrderId)
    {
        var since = NowMs;
        if (_pacer.NextMs(since) <= since) return null;
        _heldBack[clientOrderId] = null;
        try
        {
            for (var now = since; _pacer.NextMs(now) > now; now = NowMs)
            {
                if (now - since >= WorkingOrder.CrossWithinMs) return $"the pace of the symbol's orders left no room for {WorkingOrder.CrossWithinMs} ms";
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(_pacer.NextMs(now) - now, LookMsMax)), _time, _stopping.Token);
                if (_heldBack[clientOrderId] is { } reason) return reason;
            }

            return null;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return "the engine stops";
        }
        finally
        {
            _heldBack.Remove(clientOrderId);
        }
    }

    private async Task GiveUpAsync(string clientOrderId, string reason)
    {
        _sending.Remove(clientOrderId);
        try
        {
            await TakeAnswerAsync(clientOrderId, new OrderAnswer(OrderAnswerKind.NotSent, null, 0, reason));
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, clientOrderId);
        }
    }
}
