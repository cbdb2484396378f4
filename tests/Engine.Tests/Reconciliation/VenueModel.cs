using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Reconciliation;
using Granary.Engine.Tests.Orders;

namespace Granary.Engine.Tests.Reconciliation;

/// <summary>A venue with a random, consistent history: orders of ours and of a person with their fills, stops, and a transfer that no fill explains.</summary>
internal sealed class VenueModel
{
    private const int OrdersMax = 5;

    private readonly Random _random;
    private readonly Dictionary<string, OrderReport> _orders = [];
    private readonly Dictionary<string, TriggerOrderReport> _stops = [];
    private readonly Queue<Action<EngineModel>> _events = new();
    private long _timeMs = 1_000;

    public VenueModel(Random random)
    {
        _random = random;
        Unexplained = random.Next(4) == 0 ? random.Next(-3, 4) : 0;
        for (var n = 1; n <= OrdersMax; n++)
        {
            // The last one is a person's.
            var id = n == OrdersMax ? "web_1" : $"g/main/momentum/{n}";
            var side = random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            _orders[id] = OrderTrackerTests.Report(OrderStatus.New, 0) with { ClientOrderId = id, VenueOrderId = 70 + n, Side = side, TimeMs = _timeMs };
            for (var step = random.Next(5); step > 0; step--) Advance(id);
        }
        for (var n = 1; n <= 3; n++)
        {
            var id = $"g/main/momentum/1.{n}";
            if (random.Next(3) > 0) _stops[id] = Trigger(id, (TriggerOrderStatus)random.Next(4));
        }
    }

    /// <summary>What the position contains besides the fills.</summary>
    public decimal Unexplained { get; }

    public List<Fill> Fills { get; } = [];

    /// <summary>Reports that were told while it was asked.</summary>
    public List<OrderReport> Told { get; } = [];

    /// <summary>Stops whose end was told while it was asked.</summary>
    public List<string> StopsTold { get; } = [];

    public decimal Quantity => Unexplained + Fills.Sum(fill => fill.SignedQuantity);

    public IEnumerable<string> OpenOrders => _orders.Values.Where(order => order.Status.IsLive()).Select(order => order.ClientOrderId);

    public IEnumerable<string> OpenStops => _stops.Values.Where(stop => stop.Status == TriggerOrderStatus.Waiting).Select(stop => stop.ClientId);

    /// <summary>What the engine knows when the reconciliation begins: some of it, in any order, some of it twice, some wrong by its own conclusion.</summary>
    public void Live(EngineModel engine)
    {
        for (var n = 1; n <= OrdersMax; n++)
        {
            var id = $"g/main/momentum/{n}";
            if (_random.Next(8) == 0 && n < OrdersMax) _orders.Remove(id);
            if (n == OrdersMax || _random.Next(6) == 0 && _orders.ContainsKey(id)) continue;
            var order = OrderTrackerTests.Order(id, side: _orders.GetValueOrDefault(id)?.Side ?? OrderSide.Buy);
            engine.Tracker.Register(order, 1);
            if (_random.Next(3) == 0) engine.Tracker.MarkUnknown(id);
            if (_random.Next(6) == 0) engine.Tracker.MarkRejected(id, -1, "", 2);
            if (_random.Next(8) == 0) engine.Tracker.MarkGone(id, 2);
        }
        Fills.RemoveAll(fill => !_orders.Values.Any(order => order.VenueOrderId == fill.VenueOrderId));
        foreach (var fill in Fills.OrderBy(_ => _random.Next()).ToArray())
        {
            if (_random.Next(2) == 0) engine.Take(_random.Next(2) == 0 ? fill with { ClientOrderId = "" } : fill);
        }
        foreach (var report in _orders.Values)
        {
            if (_random.Next(3) == 0) engine.Take(report);
            if (_random.Next(3) == 0) engine.Take(report with { Status = OrderStatus.New, ExecutedQuantity = 0, TimeMs = 1_000 });
            if (_random.Next(8) == 0 && report.Status.IsLive()) engine.Tracker.MarkGone(report.ClientOrderId, 2);
        }
        for (var n = 1; n <= 4; n++)
        {
            var id = $"g/main/momentum/1.{n}";
            if (_random.Next(3) == 0) continue;
            engine.Stops.OnReport(Trigger(id, TriggerOrderStatus.Waiting), 1);
            if (_random.Next(3) == 0) engine.Stops.OnCanceling(id, 2);
            if (_random.Next(3) == 0) engine.Stops.OnCanceled(id, 3);
            else if (_random.Next(4) == 0 && _stops.GetValueOrDefault(id)?.Status == TriggerOrderStatus.Triggered) engine.Stops.OnTriggered(id, 3);
        }
    }

    /// <summary>Goes on: orders fill and end, stops end; each as an event that can be told.</summary>
    public void Move()
    {
        foreach (var id in _orders.Keys.Order(StringComparer.Ordinal).ToArray())
        {
            if (_random.Next(2) == 0 || !_orders[id].Status.IsLive()) continue;
            var fill = Advance(id);
            var report = _orders[id] with { Fill = fill };
            _events.Enqueue(engine =>
            {
                Told.Add(report);
                engine.Take(report);
            });
        }
        foreach (var id in OpenStops.Order(StringComparer.Ordinal).ToArray())
        {
            if (_random.Next(2) == 0) continue;
            var report = _stops[id] = _stops[id] with { Status = TriggerOrderStatus.Canceled, TimeMs = ++_timeMs };
            _events.Enqueue(engine =>
            {
                if (engine.Stops.OnReport(report, engine.NowMs) is not null) StopsTold.Add(id);
            });
        }
    }

    /// <summary>Tells the next events.</summary>
    public void Tell(EngineModel engine, int count)
    {
        for (; count > 0 && _events.TryDequeue(out var tell); count--)
        {
            engine.NowMs++;
            tell(engine);
        }
    }

    /// <summary>All of its answers at this moment, also to questions that nobody has asked yet.</summary>
    public VenueSide Side() => new()
    {
        AskedMs = _timeMs,
        Orders = [.. _orders.Values.Where(order => order.Status.IsLive()).OrderBy(order => order.VenueOrderId)],
        Position = Quantity == 0 && _random.Next(2) == 0 ? null : new PositionReport(EngineModel.Symbol, Quantity, Quantity == 0 ? 0 : 100, 100, 0, 0, _timeMs),
        Trades = [.. Fills.Select(fill => fill with { ClientOrderId = "" }).OrderBy(_ => _random.Next())],
        Triggers = [.. OpenStops.Select(id => _stops[id]), .. _random.Next(3) == 0 ? new[] { Trigger("web_tp", TriggerOrderStatus.Waiting) } : []],
        OrderAnswers = _orders.ToDictionary(order => order.Key, order => (OrderReport?)order.Value),
        StopAnswers = _stops.ToDictionary(stop => stop.Key, stop => (TriggerOrderReport?)stop.Value),
    };

    private Fill? Advance(string id)
    {
        var order = _orders[id];
        if (!order.Status.IsLive()) return null;
        _timeMs += _random.Next(1, 5);
        if (_random.Next(4) == 0)
        {
            _orders[id] = order with { Status = _random.Next(2) == 0 ? OrderStatus.Canceled : OrderStatus.Expired, TimeMs = _timeMs };
            return null;
        }
        var quantity = Math.Min(_random.Next(1, 6), order.Quantity - order.ExecutedQuantity);
        var fill = new Fill(
            EngineModel.Symbol, Fills.Count + 1_000 + _random.Next(2), id, order.VenueOrderId, order.Side, 100, quantity, 0, "USDT", 0, false, _timeMs);
        fill = fill with { TradeId = Fills.Count == 0 ? fill.TradeId : Math.Max(fill.TradeId, Fills[^1].TradeId + 1) };
        Fills.Add(fill);
        var executed = order.ExecutedQuantity + quantity;
        _orders[id] = order with { ExecutedQuantity = executed, Status = executed >= order.Quantity ? OrderStatus.Filled : OrderStatus.PartiallyFilled, TimeMs = _timeMs };
        return fill;
    }

    private static TriggerOrderReport Trigger(string id, TriggerOrderStatus status) => ReconcilerTests.Trigger(id) with { Status = status };
}
