using Granary.Engine.Orders;
using Granary.Journal;
using Granary.Venues.Ports;

namespace Granary.Grains.Execution;

/// <summary>What does not wait for the periodic round: fills that an order must have had, and an order that should have ended at once and says nothing.</summary>
public sealed partial class ExecutionGrain
{
    /// <summary>How long events may take to follow an answer before they count as lost.</summary>
    private static readonly TimeSpan EventsLate = TimeSpan.FromSeconds(2);

    private bool _isSuspicious;

    /// <summary>The venue executed more of an order than its fills sum up to: unless they come by themselves, they are fetched.</summary>
    private void SuspectMissing(TrackedOrder order)
    {
        if (order.MissingQuantity <= 0 || _isSuspicious) return;
        _isSuspicious = true;
        Run(SuspectAsync());

        async Task SuspectAsync()
        {
            try
            {
                await Task.Delay(EventsLate, _time, _stopping.Token);
                if (_tracker.Lacking.FirstOrDefault(o => !_books.Synthetic.IsInferredFor(o.ClientOrderId)) is { } lacking)
                    await Reconcile($"fills of {lacking.ClientOrderId} are missing");
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // The next activation begins with a reconciliation.
            }
            catch (Exception e) when (e is StaleEpochException or JournalException)
            {
                LogJournalFailed(e, Owner);
            }
            finally
            {
                _isSuspicious = false;
            }
        }
    }

    /// <summary>An order that cannot rest was accepted: it has ended by now, and if no event says how, the venue is asked.</summary>
    private async Task FollowUpAsync(OrderRequest request)
    {
        if (request.Type == OrderType.Limit && request.TimeInForce is not (TimeInForce.Ioc or TimeInForce.Fok)) return;
        try
        {
            await Task.Delay(EventsLate, _time, _stopping.Token);
            if (_tracker.TryGet(request.ClientOrderId, out var order) && order.IsLive) await AskAsync(request.ClientOrderId, _stopping.Token);
        }
        catch (VenueException e)
        {
            // The periodic round comes to it.
            LogReconcileFailed(_account, _symbol, $"order {request.ClientOrderId}", e.Message);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next activation finds it in the journal and asks.
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, request.ClientOrderId);
        }
    }
}
