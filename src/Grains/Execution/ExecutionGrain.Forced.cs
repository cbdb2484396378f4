using Granary.Engine.Orders;
using Granary.Grains.Interfaces.Risk;
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
