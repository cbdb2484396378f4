using Granary.Engine.Orders;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Support;

/// <content>Trigger orders, amendments, and what concerns all orders of the symbol.</content>
internal sealed partial class ScriptedVenue
{
    private readonly Dictionary<string, TriggerOrderReport> _triggers = [];
    private long _triggerId = 5_000;

    /// <summary>Trigger order events that no user stream has carried yet.</summary>
    public Queue<TriggerOrderReport> TriggerEvents { get; } = new();

    /// <summary>Answers a trigger order, or null for what really happens.</summary>
    public Func<TriggerOrderRequest, Task<TriggerOrderAnswer>>? OnPlaceTrigger { get; set; }

    /// <summary>Answers the cancel of a trigger order, or null for what really happens.</summary>
    public Func<string, TriggerOrderAnswer>? OnCancelTrigger { get; set; }

    /// <summary>The countdown in force, milliseconds; 0 when it is disarmed.</summary>
    public long CountdownMs { get; private set; }

    /// <summary>Trigger orders that wait.</summary>
    public IReadOnlyList<TriggerOrderReport> Waiting => [.. _triggers.Values.Where(t => t.Status == TriggerOrderStatus.Waiting).OrderBy(t => t.VenueId)];

    public TriggerOrderReport? FindTrigger(string clientId) => _triggers.GetValueOrDefault(clientId);

    /// <summary>Takes a trigger order into the book. As at the venue, only one for the whole position fits on a side.</summary>
    public TriggerOrderAnswer Wait(TriggerOrderRequest request, bool isStop = true)
    {
        if (request.Quantity is null && Waiting.Any(t => t.Quantity is null && t.Side == request.Side))
            return new TriggerOrderAnswer(OrderAnswerKind.Rejected, null, -4130, "An open stop or take profit order with GTE and closePosition in the direction is existing.");
        var report = new TriggerOrderReport(
            request.Symbol, request.ClientId, ++_triggerId, TriggerOrderStatus.Waiting, request.Side, isStop, request.TriggerPrice, request.Quantity, true, 0, "",
            NowMs);
        _triggers[request.ClientId] = report;
        return new TriggerOrderAnswer(OrderAnswerKind.Accepted, report, 0, "");
    }

    /// <summary>The price reaches a trigger: it becomes an order at market, which reduces the position as far as there is one.</summary>
    /// <param name="clientId">Which one.</param>
    /// <param name="price">Price of the execution.</param>
    /// <param name="orderEventFirst">Whether the order's event comes before the trigger order's.</param>
    public void Fire(string clientId, decimal price, bool orderEventFirst = false)
    {
        var trigger = _triggers[clientId];
        var quantity = Math.Min(trigger.Quantity ?? Math.Abs(Quantity), Math.Sign(Quantity) == -(int)trigger.Side ? Math.Abs(Quantity) : 0);
        if (quantity == 0)
        {
            TriggerEvents.Enqueue(_triggers[clientId] = trigger with { Status = TriggerOrderStatus.Expired, TimeMs = NowMs });
            return;
        }
        Rest(new OrderRequest(clientId, trigger.Symbol, trigger.Side, OrderType.Market, TimeInForce.Gtc, quantity, null, true));
        _triggers[clientId] = trigger with { Status = TriggerOrderStatus.Triggered, OrderId = _orders[clientId].VenueOrderId, TimeMs = NowMs };
        if (!orderEventFirst) TriggerEvents.Enqueue(_triggers[clientId]);
        Events.Enqueue(Execute(clientId, quantity, price));
        if (orderEventFirst) TriggerEvents.Enqueue(_triggers[clientId]);
    }

    /// <summary>Somebody cancels a trigger order, or the venue does.</summary>
    public TriggerOrderReport Drop(string clientId, TriggerOrderStatus status = TriggerOrderStatus.Canceled) =>
        _triggers[clientId] = _triggers[clientId] with { Status = status, TimeMs = NowMs };

    /// <summary>The venue forgets that it ever had it.</summary>
    public void Forget(string clientId) => _triggers.Remove(clientId);

    public async ValueTask<TriggerOrderAnswer> PlaceTriggerAsync(TriggerOrderRequest request, CancellationToken cancellationToken)
    {
        Requests.Add($"stop {request.ClientId}");
        return OnPlaceTrigger is null ? Wait(request) : await OnPlaceTrigger(request);
    }

    public ValueTask<TriggerOrderAnswer> CancelTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken)
    {
        Requests.Add($"unstop {clientId}");
        return ValueTask.FromResult(OnCancelTrigger?.Invoke(clientId) ?? CancelTrigger(clientId));
    }

    public TriggerOrderAnswer CancelTrigger(string clientId)
    {
        if (_triggers.GetValueOrDefault(clientId)?.Status != TriggerOrderStatus.Waiting)
            return new TriggerOrderAnswer(OrderAnswerKind.Rejected, null, -2011, "Unknown order sent.");
        Drop(clientId);
        return new TriggerOrderAnswer(OrderAnswerKind.Accepted, null, 0, "");
    }

    public ValueTask<TriggerOrderAnswer> QueryTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken)
    {
        Ask($"stop? {clientId}");
        return ValueTask.FromResult(_triggers.TryGetValue(clientId, out var trigger)
            ? new TriggerOrderAnswer(OrderAnswerKind.Accepted, trigger, 0, "")
            : new TriggerOrderAnswer(OrderAnswerKind.Rejected, null, NoSuchOrder, "Order does not exist."));
    }

    public ValueTask<IReadOnlyList<TriggerOrderReport>> GetOpenTriggersAsync(string? symbol, CancellationToken cancellationToken)
    {
        Ask("open stops");
        return ValueTask.FromResult(Waiting);
    }

    public ValueTask<OrderAnswer> AmendAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        Requests.Add($"amend {request.ClientOrderId}");
        if (OnAmend?.Invoke(request) is { } answer) return ValueTask.FromResult(answer);
        return ValueTask.FromResult(Amend(request));
    }

    /// <summary>Changes what rests; post-only orders are not held against any market here.</summary>
    public OrderAnswer Amend(OrderRequest request)
    {
        if (!_orders.TryGetValue(request.ClientOrderId, out var order) || !order.Status.IsLive())
            return new OrderAnswer(OrderAnswerKind.Rejected, null, NoSuchOrder, "Order does not exist.");
        _orders[request.ClientOrderId] = order with { Quantity = request.Quantity, Price = request.Price ?? 0, TimeMs = NowMs };
        return OrderAnswer.Accepted(_orders[request.ClientOrderId]);
    }

    public ValueTask<SymbolAnswer> CancelAllAsync(string symbol, CancellationToken cancellationToken)
    {
        Requests.Add("cancel all");
        foreach (var id in _orders.Keys.ToArray()) Cancel(id);
        return ValueTask.FromResult(new SymbolAnswer(OrderAnswerKind.Accepted, 0, ""));
    }

    public ValueTask<SymbolAnswer> CountdownCancelAllAsync(string symbol, long timeoutMs, CancellationToken cancellationToken)
    {
        Requests.Add($"countdown {timeoutMs}");
        CountdownMs = timeoutMs;
        return ValueTask.FromResult(new SymbolAnswer(OrderAnswerKind.Accepted, 0, ""));
    }
}
