using Granary.Backtest.Execution;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using PlacedOrder = Granary.Engine.Execution.Placement.WorkingOrder;
using VenueOrder = Granary.Backtest.Execution.WorkingOrder;

namespace Granary.Backtest.Accounts;

/// <content>Orders that are placed in parts, and stops that rest at the venue.</content>
internal sealed partial class SimulatedAccount
{
    /// <summary>An exit waits so long for the cancels of entries that it could meet.</summary>
    private const long ClearWaitMsMax = 500;

    /// <summary>How much later than the venue's event its report is heard.</summary>
    public long ReportLagMs => _execution.Latency.ReportLagMs;

    /// <summary>Why nothing is to be opened any more; null while entries may.</summary>
    public string? WhyNoEntries()
    {
        if (Gate.State is TradingState.Halted or TradingState.ReduceOnly) return Gate.StateReason;
        var view = Gate.View();
        return view.EntriesHaltedUntilMs is not null || view.IsTotalLossHalted ? "the day's loss limit was reached"
            : view.IsDrawdownStopped ? "the drawdown limit was reached"
            : null;
    }

    /// <summary>When something that leaves for the venue now arrives there.</summary>
    public long StopWayMs(long nowMs) => nowMs + _execution.Latency.WayMs(++_venueOrderIds);

    /// <summary>An approved order is placed in parts from now on.</summary>
    public void Begun(Order order) => _recorder?.Ordered(order);

    /// <summary>Sends an order as the gate or its placement made it.</summary>
    public void Send(AccountSymbol symbol, Order order, Proposal proposal, long nowMs)
    {
        symbol.Tracker.Register(order, nowMs);
        var way = _execution.Latency.WayMs(++_venueOrderIds);
        if (order.Request.ReduceOnly && symbol.Placement is { HasRestingEntry: true }) way += Math.Min(way + ReportLagMs, ClearWaitMsMax);
        symbol.Venue.Submit(new VenueOrder(order, _venueOrderIds, proposal.Why, proposal.ReferencePrice, nowMs, nowMs + way));
        Journal.Ordered(order, nowMs, way);
        _recorder?.Ordered(order);
    }

    /// <summary>Sends another price for a part that rests.</summary>
    public OrderChange? Amend(AccountSymbol symbol, string clientOrderId, decimal price, long nowMs)
    {
        symbol.Venue.Amend(clientOrderId, price, nowMs + _execution.Latency.WayMs(++_venueOrderIds));
        Journal.Amended(clientOrderId, price, nowMs);
        return symbol.Tracker.MarkPendingAmend(clientOrderId);
    }

    /// <summary>Sends the cancel of a part.</summary>
    public OrderChange? CancelPart(AccountSymbol symbol, string clientOrderId, long nowMs)
    {
        Cancel(symbol, clientOrderId, nowMs);
        return symbol.Tracker.MarkPendingCancel(clientOrderId);
    }

    /// <summary>An order that was placed in parts is over: the gate releases what it holds for it.</summary>
    public void Ended(AccountSymbol symbol, PlacedOrder placed, long nowMs)
    {
        var parent = placed.Parent;
        var status = parent.Executed >= parent.Quantity ? OrderStatus.Filled
            : parent.Children.Count > 0 && parent.Children.All(c => c.Status == OrderStatus.Rejected) ? OrderStatus.Rejected
            : OrderStatus.Canceled;
        var order = new OrderTracker(symbol.Rules.Symbol).Restore(parent.Order, status, 0, parent.Executed, nowMs);
        Gate.OnOrder(new OrderChange(order, order.Status, order.Status, []));
    }

    /// <summary>A stop at the venue was set off: from here on it is an order like any other exit, under the id that it had.</summary>
    public void Trigger(AccountSymbol symbol, ProtectiveStop stop, decimal quantity, long nowMs)
    {
        var request = new OrderRequest(
            stop.ClientId, symbol.Rules.Symbol, stop.Side, OrderType.Market, TimeInForce.Gtc, quantity, null, ReduceOnly: true);
        var order = new Order(request, AccountName, symbol.Known.Strategy, $"stop/{stop.ClientId}", ProposalKind.Exit, null, stop.TriggerPrice, nowMs);
        symbol.Tracker.Register(order, nowMs);
        var sent = new VenueOrder(order, ++_venueOrderIds, VenueStops.Reason, stop.TriggerPrice, nowMs, nowMs);
        symbol.Venue.Submit(sent);
        Journal.Ordered(order, nowMs, 0);
        _recorder?.Ordered(order);
        OnStatus(sent, OrderStatus.New, nowMs);
    }

    /// <inheritdoc/>
    public long ReducibleE8(VenueOrder order) => Engine.Market.Fixed8.FromDecimal(Find(order.Request.Symbol).HeldAgainst(order.Request.Side));
}
