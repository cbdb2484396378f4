using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Risk;
using Granary.Journal;

namespace Granary.Grains.Execution;

/// <summary>
/// Exits from a position that is shared with somebody else. A venue bounds what only reduces by the whole position: of a stop and an exit that fill together the
/// second one would close what is the other's. So only one of the two may act at a time: the stop is withdrawn before an exit that trades at once is sent,
/// none is placed while that one is under way, and it is not sent for more than the engine's lot once every stop has said what it closed.
/// </summary>
public sealed partial class ExecutionGrain
{
    private const int WithdrawWaitMs = 20;
    private const int WithdrawLooksMax = 100;

    /// <summary>Whether an exit that trades at once is under way in a shared position: a stop beside it could close what is not the engine's.</summary>
    private bool IsLeavingShared => _books.Lots.External.Quantity != 0
        && _tracker.Live.Any(order => order is { IsExternal: false, Request.ReduceOnly: true } && !CanRest(order.Request));

    /// <summary>Sends an exit, or gives it up where it could close more than the engine's lot; whoever wants it asks again for what is left.</summary>
    private async Task SendExitAsync(Order order, long receivedTimestamp)
    {
        if (!IsBoundByLot(order))
        {
            await SendAsync(order, receivedTimestamp);
            return;
        }

        try
        {
            var areWithdrawn = CanRest(order.Request) || await AreStopsWithdrawnAsync(order.Request.Side);
            if (areWithdrawn && order.Request.Quantity <= Closable(order.Request))
            {
                await SendAsync(order, receivedTimestamp);
                return;
            }

            var reason = areWithdrawn
                ? $"{order.Request.Quantity} is more than the {Closable(order.Request)} that are still the engine's to close"
                : "the stop could not be withdrawn, and with it more than the engine's lot might be closed";
            if (WorkingOf(order.Request.ClientOrderId, out _) is { } working) working.Stop(reason);
            await GiveUpAsync(order, reason);
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, order.Request.ClientOrderId);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Never sent: the next activation asks for it, and ends it.
        }
        finally
        {
            _sending.Remove(order.Request.ClientOrderId);
        }
    }

    /// <summary>Not where the operator's flatten is to close the other lot as well.</summary>
    private bool IsBoundByLot(Order order) => order.Request.ReduceOnly && _books.Lots.External.Quantity != 0
        && !(_settings.ForeignPositions == ForeignPositionPolicy.Adopt && order.IntentId.StartsWith(RiskGrain.FlattenIntents, StringComparison.Ordinal));

    /// <summary>Cancels the stops on a side and waits until none of them may act any more; the number of looks bounds it.</summary>
    private async Task<bool> AreStopsWithdrawnAsync(OrderSide side)
    {
        for (var i = 0; i < WithdrawLooksMax; i++)
        {
            foreach (var stop in _stops.Live.Where(stop => stop.Side == side && stop.State == ProtectiveStopState.Resting))
                await CancelStopAsync(stop.ClientId);
            if (_stops.Live.All(stop => stop.Side != side)) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(WithdrawWaitMs), _time, _stopping.Token);
        }

        return false;
    }

    /// <summary>The engine's lot and its dust, less what other orders of its own may still close of it or have closed without their fills being known yet.</summary>
    private decimal Closable(OrderRequest exit)
    {
        var closing = _tracker.Live.Where(order => IsBeside(order, exit)).Sum(order => order.RemainingQuantity)
            + _tracker.Lacking.Where(order => IsBeside(order, exit)).Sum(order => order.MissingQuantity);
        return Math.Abs(_books.Lots.Own.Quantity + _books.Lots.Dust.Quantity) - closing;
    }

    private static bool IsBeside(TrackedOrder order, OrderRequest exit) =>
        !order.IsExternal && order.Request.ReduceOnly && order.Request.Side == exit.Side && order.ClientOrderId != exit.ClientOrderId;

    private static bool CanRest(OrderRequest request) => request.Type == OrderType.Limit && request.TimeInForce is not (TimeInForce.Ioc or TimeInForce.Fok);

    /// <summary>Ends exits that rest for more than the engine's lot: a stop, or somebody else, has closed part of it, and the venue would let them fill.</summary>
    private void EndSurplusExits()
    {
        if (_books.Lots.External.Quantity == 0) return;
        foreach (var order in _tracker.Live)
        {
            if (order is not { Source: { } source, Status: OrderStatus.New or OrderStatus.PartiallyFilled } || !CanRest(order.Request)) continue;
            if (source.Strategy == RungOrderId.Strategy || !IsBoundByLot(source) || order.RemainingQuantity <= Closable(order.Request)) continue;
            if (WorkingOf(order.ClientOrderId, out _) is { } working) working.Stop("it would close more than the engine's lot");
            else Run(CancelPartAsync(order.ClientOrderId));
        }
    }
}
