using Granary.Engine.Execution.Routing;
using Granary.Engine.Orders;
using Granary.Venues.Ports;

namespace Granary.Venues.Routing;

/// <summary>
/// The venues of an account behind one port. Each order goes whole to the one venue that the router finds best by fees, levels and latency, because its id, its
/// cancel and its fills are those of one order; what concerns it afterwards goes to the same venue. An account with one venue has everything passed through as
/// it is. Latency is measured by the answers to order requests, unanswered ones included. Trigger orders are the first venue's. Not safe for concurrent use.
/// </summary>
public sealed class RoutedTrading : ITradingPort
{
    /// <summary>Orders whose venue is remembered; of more, the oldest is asked for everywhere.</summary>
    public const int OrdersMax = 10_000;

    private readonly IReadOnlyList<TradingVenue> _venues;
    private readonly TimeProvider _time;
    private readonly Func<string, double> _volatility;
    private readonly VenueRouter _router;
    private readonly VenueLatency[] _latencies;
    private readonly VenueCandidate[] _candidates;
    private readonly Dictionary<string, int> _venueOf = new(StringComparer.Ordinal);
    private readonly Queue<string> _remembered = new();

    /// <summary>Puts venues behind one port.</summary>
    /// <param name="venues">One or more, in the operator's order; the first one is the account's own.</param>
    /// <param name="time">Measures the answers.</param>
    /// <param name="options">How venues are chosen; orders are never split, whatever it says. Null for the defaults.</param>
    /// <param name="volatility">Standard deviation of a symbol's return over one second, a fraction; null prices no latency.</param>
    /// <exception cref="ArgumentException">There is no venue, there are too many, or one of several does not describe itself.</exception>
    public RoutedTrading(
        IReadOnlyList<TradingVenue> venues, TimeProvider time, VenueRouterOptions? options = null, Func<string, double>? volatility = null)
    {
        var chosen = (options ?? new VenueRouterOptions()) with { CanSplit = false };
        if (venues.Count < 1 || venues.Count > chosen.VenuesMax)
            throw new ArgumentException($"there were {venues.Count} venues, expected 1 to {chosen.VenuesMax}", nameof(venues));
        if (venues.Count > 1 && venues.FirstOrDefault(v => v.Describe is null) is { } mute)
            throw new ArgumentException($"venue {mute.Name} is one of several and does not describe itself", nameof(venues));
        (_venues, _time, _volatility, _router) = (venues, time, volatility ?? (static _ => 0), new VenueRouter(chosen));
        _latencies = [.. venues.Select(static _ => new VenueLatency())];
        _candidates = new VenueCandidate[venues.Count];
    }

    private ITradingPort First => _venues[0].Port;

    /// <summary>The measured latency of each venue, milliseconds, in their order; null before the first answer.</summary>
    public IReadOnlyList<double?> LatencyMs => [.. _latencies.Select(l => l.Ms)];

    /// <inheritdoc/>
    public async ValueTask<OrderAnswer> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        if (Choose(request, out var venue) is { } hindrance) return new OrderAnswer(OrderAnswerKind.NotSent, null, 0, hindrance);
        Remember(request.ClientOrderId, venue);
        return await MeasureAsync(venue, _venues[venue].Port.PlaceAsync(request, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<OrderAnswer> CancelAsync(string symbol, string clientOrderId, CancellationToken cancellationToken) =>
        AskAsync(clientOrderId, port => port.CancelAsync(symbol, clientOrderId, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<OrderAnswer> QueryAsync(string symbol, string clientOrderId, CancellationToken cancellationToken) =>
        AskAsync(clientOrderId, port => port.QueryAsync(symbol, clientOrderId, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<OrderAnswer> AmendAsync(OrderRequest request, CancellationToken cancellationToken) =>
        AskAsync(request.ClientOrderId, port => port.AmendAsync(request, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<OrderReport>> GetOpenOrdersAsync(string? symbol, CancellationToken cancellationToken)
    {
        if (_venues.Count == 1) return await First.GetOpenOrdersAsync(symbol, cancellationToken);
        var all = new List<OrderReport>();
        for (var i = 0; i < _venues.Count; i++)
        {
            foreach (var report in await _venues[i].Port.GetOpenOrdersAsync(symbol, cancellationToken))
            {
                Remember(report.ClientOrderId, i);
                all.Add(report);
            }
        }
        return all;
    }

    /// <inheritdoc/>
    public ValueTask<SymbolAnswer> CancelAllAsync(string symbol, CancellationToken cancellationToken) =>
        EverywhereAsync(port => port.CancelAllAsync(symbol, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<SymbolAnswer> CountdownCancelAllAsync(string symbol, long timeoutMs, CancellationToken cancellationToken) =>
        EverywhereAsync(port => port.CountdownCancelAllAsync(symbol, timeoutMs, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<TriggerOrderAnswer> PlaceTriggerAsync(TriggerOrderRequest request, CancellationToken cancellationToken) =>
        First.PlaceTriggerAsync(request, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TriggerOrderAnswer> CancelTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken) =>
        First.CancelTriggerAsync(symbol, clientId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TriggerOrderAnswer> QueryTriggerAsync(string symbol, string clientId, CancellationToken cancellationToken) =>
        First.QueryTriggerAsync(symbol, clientId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TriggerOrderReport>> GetOpenTriggersAsync(string? symbol, CancellationToken cancellationToken) =>
        First.GetOpenTriggersAsync(symbol, cancellationToken);

    /// <summary>Finds the venue of an order.</summary>
    /// <returns>Why there is none, or null.</returns>
    private string? Choose(OrderRequest request, out int venue)
    {
        venue = 0;
        for (var i = 0; i < _venues.Count; i++)
        {
            if (_venues[i].Describe?.Invoke(request) is not { } described) continue;
            _candidates[i] = described with { Name = _venues[i].Name, LatencyMs = _latencies[i].Ms ?? described.LatencyMs };
        }
        var order = new VenueOrder(request.Side, request.Quantity, request.TimeInForce == TimeInForce.Gtx, _volatility(request.Symbol));
        var route = _router.Route(order, _candidates, _time.GetUtcNow().ToUnixTimeMilliseconds());
        if (route.Shares.IsEmpty) return $"no venue takes orders: {Faults(route)}";
        venue = route.Shares[0].Venue;
        return route.Unrouted == 0 ? null : $"venue {_venues[venue].Name} has another step: {route.Unrouted} of {request.Quantity} would be left";
    }

    private string Faults(VenueRoute route)
    {
        var faults = new List<string>();
        foreach (var (venue, fault) in route.LeftOut) faults.Add($"{_venues[venue].Name} {fault}");
        return string.Join(", ", faults);
    }

    private void Remember(string clientOrderId, int venue)
    {
        if (_venues.Count == 1) return;
        if (_venueOf.TryAdd(clientOrderId, venue)) _remembered.Enqueue(clientOrderId);
        else _venueOf[clientOrderId] = venue;
        if (_remembered.Count > OrdersMax) _venueOf.Remove(_remembered.Dequeue());
    }

    /// <summary>Asks the order's venue; where that is not known any more, one after the other. One that does not answer may have it.</summary>
    private async ValueTask<OrderAnswer> AskAsync(string clientOrderId, Func<ITradingPort, ValueTask<OrderAnswer>> ask)
    {
        if (_venues.Count == 1) return await MeasureAsync(0, ask(First));
        if (_venueOf.TryGetValue(clientOrderId, out var known)) return await MeasureAsync(known, ask(_venues[known].Port));
        OrderAnswer? answer = null;
        for (var i = 0; i < _venues.Count; i++)
        {
            var next = await MeasureAsync(i, ask(_venues[i].Port));
            if (next.Kind == OrderAnswerKind.Accepted)
            {
                Remember(clientOrderId, i);
                return next;
            }
            if (answer is null || next.Kind != OrderAnswerKind.Rejected) answer = next;
        }
        return answer!;
    }

    private async ValueTask<OrderAnswer> MeasureAsync(int venue, ValueTask<OrderAnswer> request)
    {
        var started = _time.GetTimestamp();
        var answer = await request;
        if (answer.Kind != OrderAnswerKind.NotSent) _latencies[venue].Add(_time.GetElapsedTime(started));
        return answer;
    }

    private async ValueTask<SymbolAnswer> EverywhereAsync(Func<ITradingPort, ValueTask<SymbolAnswer>> ask)
    {
        if (_venues.Count == 1) return await ask(First);
        SymbolAnswer? worst = null;
        foreach (var venue in _venues)
        {
            var answer = await ask(venue.Port);
            if (worst is null || worst.Kind == OrderAnswerKind.Accepted) worst = answer;
        }
        return worst!;
    }
}
