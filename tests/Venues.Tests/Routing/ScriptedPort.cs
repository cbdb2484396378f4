using Granary.Engine.Orders;
using Granary.Venues.Ports;

namespace Granary.Venues.Tests.Routing;

/// <summary>A venue's port that remembers what it was asked and answers after a while.</summary>
internal sealed class ScriptedPort(TimeProvider time) : ITradingPort
{
    public List<string> Requests { get; } = [];

    public TimeSpan Takes { get; set; }

    /// <summary>The kind of every answer; an order is only known here when it was placed here.</summary>
    public OrderAnswerKind Kind { get; set; } = OrderAnswerKind.Accepted;

    public ValueTask<OrderAnswer> PlaceAsync(OrderRequest request, CancellationToken cancellationToken) => AnswerAsync("place", request.ClientOrderId);

    public ValueTask<OrderAnswer> CancelAsync(string symbol, string clientOrderId, CancellationToken cancellationToken) => AnswerAsync("cancel", clientOrderId);

    public ValueTask<OrderAnswer> QueryAsync(string symbol, string clientOrderId, CancellationToken cancellationToken) => AnswerAsync("query", clientOrderId);

    public ValueTask<OrderAnswer> AmendAsync(OrderRequest request, CancellationToken cancellationToken) => AnswerAsync("amend", request.ClientOrderId);

    public ValueTask<IReadOnlyList<OrderReport>> GetOpenOrdersAsync(string? symbol, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<OrderReport>>([.. Placed.Select(Report)]);

    public ValueTask<SymbolAnswer> CancelAllAsync(string symbol, CancellationToken cancellationToken) => Symbol("cancel all");

    public ValueTask<SymbolAnswer> CountdownCancelAllAsync(string symbol, long timeoutMs, CancellationToken cancellationToken) => Symbol($"countdown {timeoutMs}");

    public ValueTask<TriggerOrderAnswer> PlaceTriggerAsync(TriggerOrderRequest request, CancellationToken cancellationToken) => Trigger("place", request.ClientId);

    public ValueTask<TriggerOrderAnswer> CancelTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken) => Trigger("cancel", clientId);

    public ValueTask<TriggerOrderAnswer> QueryTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken) => Trigger("query", clientId);

    public ValueTask<IReadOnlyList<TriggerOrderReport>> GetOpenTriggersAsync(string? symbol, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<TriggerOrderReport>>([]);

    private IEnumerable<string> Placed => Requests.Where(r => r.StartsWith("place ", StringComparison.Ordinal)).Select(r => r["place ".Length..]);

    private static OrderReport Report(string id) => new(
        "BTCUSDT", id, 1, OrderStatus.New, OrderSide.Buy, OrderType.Market, TimeInForce.Gtc, 1, 0, 0, 0, false, 0, null);

    private async ValueTask<OrderAnswer> AnswerAsync(string what, string id)
    {
        Requests.Add($"{what} {id}");
        if (Takes > TimeSpan.Zero) await Task.Delay(Takes, time);
        if (Kind != OrderAnswerKind.Accepted) return new OrderAnswer(Kind, null, 0, "");
        return Placed.Contains(id) ? OrderAnswer.Accepted(Report(id)) : new OrderAnswer(OrderAnswerKind.Rejected, null, -2013, "Order does not exist.");
    }

    private ValueTask<SymbolAnswer> Symbol(string what)
    {
        Requests.Add(what);
        return ValueTask.FromResult(new SymbolAnswer(Kind, 0, ""));
    }

    private ValueTask<TriggerOrderAnswer> Trigger(string what, string id)
    {
        Requests.Add($"{what} trigger {id}");
        return ValueTask.FromResult(new TriggerOrderAnswer(Kind, null, 0, ""));
    }
}
