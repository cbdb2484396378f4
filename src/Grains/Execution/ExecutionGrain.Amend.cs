using Granary.Engine.Orders;
using Granary.Journal;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>Changing the price of an order that rests. Sent once; when nobody knows what became of it, the venue is asked.</summary>
public sealed partial class ExecutionGrain
{
    private async Task AmendAsync(string clientOrderId, decimal price)
    {
        try
        {
            if (_tracker.MarkPendingAmend(clientOrderId) is not { } change) return;
            await ApplyAsync(change);
            await TakeAmendAsync(clientOrderId, await SendAmendAsync(change.Order.Request with { Price = price }));
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, clientOrderId);
        }
    }

    private async Task<OrderAnswer> SendAmendAsync(OrderRequest request)
    {
        try
        {
            return await _trading.AmendAsync(request, _stopping.Token);
        }
        catch (Exception e)
        {
            return new OrderAnswer(OrderAnswerKind.Unknown, null, 0, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private async Task TakeAmendAsync(string clientOrderId, OrderAnswer answer)
    {
        switch (answer.Kind)
        {
            case OrderAnswerKind.Accepted:
                await ApplyAsync(_tracker.Apply(answer.Report!));
                await ApplyAsync(_tracker.MarkAmendEnded(clientOrderId));
                break;
            case OrderAnswerKind.NotSent:
                await ApplyAsync(_tracker.MarkAmendEnded(clientOrderId));
                break;
            case OrderAnswerKind.Rejected:
                // It rests at its old price, or is over: its own state tells.
                LogNotAmended(clientOrderId, answer.Code, answer.Message);
                await ApplyAsync(_tracker.MarkAmendEnded(clientOrderId, answer.Code, answer.Message), answer.Message);
                Run(ResolveAmendAsync(clientOrderId));
                break;
            default:
                LogNotAmended(clientOrderId, answer.Code, answer.Message);
                Run(ResolveAmendAsync(clientOrderId));
                break;
        }
    }

    /// <summary>Finds out how an order stands after an amendment of unknown outcome. What this leaves open, its timeout and reconciliation settle.</summary>
    private Task ResolveAmendAsync(string clientOrderId) => AskUntilCertainAsync(
        clientOrderId, isAtOnce: true, static order => order.IsLive, async () => await ApplyAsync(_tracker.MarkAmendEnded(clientOrderId)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "order {ClientOrderId}: its price was not changed for certain: {Code} {Message}")]
    private partial void LogNotAmended(string clientOrderId, int code, string message);
}
