using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

/// <summary>A gate with a wallet of 10,000 and one order tracker per symbol, at a price of 100 with a step of 0.001.</summary>
internal sealed class GateScene
{
    public const long T0 = 1_717_200_000_000; // 2024-06-01 00:00 UTC

    private readonly Dictionary<string, OrderTracker> _trackers = [];
    private readonly Dictionary<string, PositionLedger> _venue = [];
    private readonly RiskLimits _limits;
    private long _tradeId = 1000;
    private long _venueId = 500;
    private long _intent;

    public GateScene(RiskLimits? limits = null, decimal? wallet = 10_000, TradingState state = TradingState.Active)
    {
        _limits = limits ?? new RiskLimits();
        Gate = new RiskGate("g", "main", _limits);
        Gate.SetState(state, "test");
        if (wallet is { } balance) Gate.OnWallet(balance, T0);
    }

    public RiskGate Gate { get; private set; }

    public GuardParameters Guard { get; init; } = GuardProfiles.Atr;

    public long Now { get; set; } = T0 + 1000;

    public static SymbolRules Rules(string symbol = "BTCUSDT") => new(
        symbol, "TRADING", TickSize: 0.1m, StepSize: 0.001m, QuantityMin: 0.001m, QuantityMax: 1000, MarketQuantityMax: 500, NotionalMin: 5, PriceMin: 1,
        PriceMax: 100_000, MultiplierUp: 1.05m, MultiplierDown: 0.95m, OrdersMax: 200, PricePrecision: 1, QuantityPrecision: 3);

    public MarketContext Market(decimal price = 100, string symbol = "BTCUSDT") => new(Rules(symbol), price, null, null, price, 10, Now) { Guard = Guard };

    public Proposal Entry(decimal? quantity = null, OrderSide side = OrderSide.Buy, string symbol = "BTCUSDT") => new(
        "main", symbol, "momentum", $"momentum/{symbol}/{++_intent}/entry", ProposalKind.Entry, side, 1.0, 2.0, 100, Now, _intent, quantity, "test");

    public Proposal Exit(decimal? quantity = null, OrderSide side = OrderSide.Sell, string symbol = "BTCUSDT") => Entry(quantity, side, symbol) with
    {
        Kind = ProposalKind.Exit,
        IntentId = $"momentum/{symbol}/{_intent}/exit",
    };

    public OrderTracker Tracker(string symbol = "BTCUSDT") =>
        _trackers.TryGetValue(symbol, out var tracker) ? tracker : _trackers[symbol] = new OrderTracker(symbol);

    /// <summary>Decides, and registers an approved order.</summary>
    public GateDecision Decide(Proposal proposal, MarketContext? market = null)
    {
        var decision = Gate.Decide(proposal, market ?? Market(symbol: proposal.Symbol));
        (decision.Approved is null).ShouldBe(decision.Refusal is not null);
        if (decision.Approved is { } approved) Tracker(proposal.Symbol).Register(approved.Value, Now);
        return decision;
    }

    public Order Approve(Proposal proposal, MarketContext? market = null)
    {
        var decision = Decide(proposal, market);
        return (decision.Approved ?? throw new InvalidOperationException($"refused: {decision.Refusal}")).Value;
    }

    public Fill FillOf(Order order, decimal quantity, decimal price = 100, decimal fee = 0) => new(
        order.Request.Symbol, ++_tradeId, order.Request.ClientOrderId, 0, order.Request.Side, price, quantity, fee, "USDT", 0, IsMaker: false, ++Now);

    /// <summary>The venue fills a part or the whole of an order and everybody hears of it.</summary>
    public void Fill(Order order, decimal? quantity = null, decimal price = 100, decimal fee = 0)
    {
        var fill = FillOf(order, quantity ?? order.Request.Quantity, price, fee);
        if (!_venue.TryGetValue(fill.Symbol, out var ledger)) ledger = _venue[fill.Symbol] = new PositionLedger();
        fill = fill with { RealizedPnl = ledger.Apply(fill) };
        Tracker(order.Request.Symbol).TryGet(order.Request.ClientOrderId, out var tracked).ShouldBeTrue();
        var executed = tracked!.ExecutedQuantity + fill.Quantity;
        Report(order, executed >= order.Request.Quantity ? OrderStatus.Filled : OrderStatus.PartiallyFilled, executed, fill);
    }

    public void Report(Order order, OrderStatus status, decimal executed, Fill? fill = null)
    {
        var request = order.Request;
        Tracker(request.Symbol).TryGet(request.ClientOrderId, out var tracked);
        var venueId = tracked is { VenueOrderId: > 0 } ? tracked.VenueOrderId : ++_venueId;
        Notify(Tracker(request.Symbol).Apply(new OrderReport(
            request.Symbol, request.ClientOrderId, venueId, status, request.Side, request.Type, request.TimeInForce, request.Quantity, request.Price ?? 0,
            executed, 0, request.ReduceOnly, ++Now, fill is null ? null : fill with { VenueOrderId = venueId })));
    }

    public void Notify(OrderChange? change)
    {
        if (change is not null) Gate.OnOrder(change);
    }

    /// <summary>Opens a position of the quantity at 100 and returns the entry.</summary>
    public Order Open(decimal quantity, OrderSide side = OrderSide.Buy, string symbol = "BTCUSDT")
    {
        var order = Approve(Entry(quantity, side, symbol));
        Fill(order);
        return order;
    }

    /// <summary>A closed trade with this net result, all of it in the fee.</summary>
    public void Trade(decimal net)
    {
        Open(1);
        Fill(Approve(Exit()), fee: -net);
    }

    /// <summary>Goes on with a gate made from this one's snapshot.</summary>
    public void Restart()
    {
        var writer = new SnapshotWriter();
        Gate.Write(writer);
        var restored = new RiskGate("g", "main", _limits);
        var reader = new SnapshotReader(writer.Written);
        restored.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        var again = new SnapshotWriter();
        restored.Write(again);
        again.Written.SequenceEqual(writer.Written).ShouldBeTrue("a restored gate must be equal bit for bit");
        Gate = restored;
    }
}
