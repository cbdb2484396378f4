using Granary.Engine.Execution.Placement;
using Granary.Engine.Risk;
using Granary.Journal;
using Granary.Venues.Ports;

namespace Granary.Grains.Execution;

/// <summary>The pace of orders that leave at once: entries wait their turn, first in first out; what only reduces does not.</summary>
public sealed partial class ExecutionGrain
{
    private readonly Queue<(Order Order, long ReceivedTimestamp, long SinceMs)> _heldBack = new();
    private bool _isReleasing;

    /// <summary>Sends an order that is durable, now or as soon as the pace allows.</summary>
    private void SendPaced(Order order, long receivedTimestamp)
    {
        var now = NowMs;
        if (order.Request.ReduceOnly || (_heldBack.Count == 0 && _pacer.NextMs(now) <= now))
        {
            _pacer.Add(now);
            Run(SendWhenClearAsync(order, receivedTimestamp));
            return;
        }

        _heldBack.Enqueue((order, receivedTimestamp, now));
        if (_isReleasing) return;
        _isReleasing = true;
        Run(ReleaseAsync());
    }

    private bool IsHeldBack(string clientOrderId) => _heldBack.Any(held => held.Order.Request.ClientOrderId == clientOrderId);

    private async Task ReleaseAsync()
    {
        try
        {
            while (_heldBack.TryPeek(out var held))
            {
                var now = NowMs;
                if (now - held.SinceMs >= WorkingOrder.CrossWithinMs)
                {
                    // The decision is too old; those behind it are younger.
                    _heldBack.Dequeue();
                    Run(GiveUpAsync(held.Order, $"the pace of the symbol's orders left no room for {WorkingOrder.CrossWithinMs} ms"));
                }
                else if (_pacer.NextMs(now) is var next && next > now) await Task.Delay(TimeSpan.FromMilliseconds(next - now), _time, _stopping.Token);
                else
                {
                    _heldBack.Dequeue();
                    _pacer.Add(now);
                    Run(SendWhenClearAsync(held.Order, held.ReceivedTimestamp));
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Never sent: the next activation asks for them, and ends them.
        }
        finally
        {
            _isReleasing = false;
        }
    }

    private void GiveUpHeldBack(string reason)
    {
        while (_heldBack.TryDequeue(out var held)) Run(GiveUpAsync(held.Order, reason));
    }

    private async Task GiveUpAsync(Order order, string reason)
    {
        var id = order.Request.ClientOrderId;
        _sending.Remove(id);
        try
        {
            await TakeAnswerAsync(id, new OrderAnswer(OrderAnswerKind.NotSent, null, 0, reason));
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, id);
        }
    }
}
