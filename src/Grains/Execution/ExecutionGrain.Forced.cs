using Granary.Engine.Orders;
using Granary.Grains.Interfaces.Risk;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>What the venue does to the position by itself: liquidation, deleveraging, settlement. The fills are booked like any others.</summary>
public sealed partial class ExecutionGrain
{
    private long _forcedOrderId;

    /// <summary>Once an order: says what happened and halts the account, because a position that the venue takes away is past every limit of ours.</summary>
    private async Task NoticeForcedAsync(OrderReport report)
    {
        if (report.ForcedClose == ForcedClose.None || report.Fill is null || report.VenueOrderId == _forcedOrderId) return;
        _forcedOrderId = report.VenueOrderId;
        LogForced(_account, _symbol, report.ForcedClose, report.Quantity);
        await EnqueueIncidentAsync(
            report.ForcedClose.ToString(), $"the venue closed {report.Side} {report.Quantity} by order {report.ClientOrderId} ({report.ForcedClose})",
            "booked as EXTERNAL; the account is halted until an operator says otherwise", $"position {_books.Ledger.Quantity}");
        Run(HaltAsync($"{_symbol}: {report.ForcedClose} by the venue"));
    }

    /// <summary>
    /// Fills of the trade history whose orders nobody knows may be the venue's own closing: their events are lost, and trades name no reason. The orders found
    /// become known, so that the fills bear their ids.
    /// </summary>
    private async Task<IReadOnlyList<OrderReport>> FindForcedAsync(IReadOnlyList<Fill> fills, CancellationToken token)
    {
        var unknown = fills.Where(fill => _tracker.Find(fill.ClientOrderId, fill.VenueOrderId) is null).Select(fill => fill.VenueOrderId).ToHashSet();
        if (unknown.Count == 0) return [];
        try
        {
            var forced = (await _accountPort.GetForcedOrdersAsync(_symbol, token)).Where(order => unknown.Contains(order.VenueOrderId)).ToArray();
            foreach (var report in forced) await ApplyAsync(_tracker.Apply(report));
            return forced;
        }
        catch (VenueException e)
        {
            // The books come first: the fills are booked as foreign, which they are in any case.
            LogReconcileFailed(_account, _symbol, "forced orders", e.Message);
            return [];
        }
    }

    private async Task HaltAsync(string reason)
    {
        try
        {
            await GrainFactory.GetGrain<IRiskGrain>(_account).SetState("Halted", reason, "execution");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogHaltFailed(e, _account, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Account}/{Symbol}: {Kind} of {Quantity} by the venue")]
    private partial void LogForced(string account, string symbol, ForcedClose kind, decimal quantity);

    [LoggerMessage(Level = LogLevel.Error, Message = "account {Account} could not be halted ({Reason})")]
    private partial void LogHaltFailed(Exception exception, string account, string reason);
}
