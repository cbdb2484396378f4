using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Gate;

/// <summary>One round of a scenario: a gate with its book, and proposals made before they are timed.</summary>
internal sealed class Run
{
    private const long Begin = 1_732_000_000_000;
    private const int ProposalsHeld = 8192;

    private readonly Scenario _scenario;
    private readonly Proposal[] _proposals = new Proposal[ProposalsHeld];
    private long _next;
    private long _tradeId;

    public Run(Scenario scenario)
    {
        _scenario = scenario;
        Gate = new RiskGate("g", "main", new RiskLimits
        {
            PositionEquityShareMax = 0.04m,
            DirectionEquityShareMax = 1,
            SymbolsPerSideMax = 100,
            OrdersPer10sMax = 10_000,
            EntryOrdersPer10sMax = 10_000,
            OrdersPerMinuteMax = 10_000,
            EntryOrdersPerMinuteMax = 10_000,
            CorrelationGroups = [new CorrelationGroup { Name = "majors", Symbols = ["SYM0USDT", "SYM1USDT", "TESTUSDT"], EquityShareMax = 0.5m }],
        });
        Gate.SetState(TradingState.Active, "benchmark");
        Gate.OnWallet(1_000_000, Begin);
        for (var i = 0; i < scenario.Held; i++) Hold($"SYM{i}USDT");
        var symbol = scenario.Shape(Proposal(0)).Symbol;
        Market = Context(symbol);
        for (var i = 0; i < ProposalsHeld; i++) _proposals[i] = scenario.Shape(Proposal(i));
    }

    public RiskGate Gate { get; }

    public MarketContext Market { get; private set; }

    public Proposal Next()
    {
        // A second of market time goes by every ten orders, as in a busy account.
        if (++_next % 10 == 0) Market = Market with { MarketTimeMs = Market.MarketTimeMs + 1_000 };
        return _proposals[_next % ProposalsHeld];
    }

    public void Settle(GateDecision decision)
    {
        if (decision.Refusal?.Reason != _scenario.Expected) throw new InvalidOperationException($"{_scenario.Name}: {decision.Refusal}");
        if (decision.IsApproved) Gate.OnNeverSubmitted(decision.Approval.Id);
    }

    /// <summary>A position, and a foreign order that rests beside it.</summary>
    private void Hold(string symbol)
    {
        var order = Gate.Decide(Proposal(-1) with { Symbol = symbol, IntentId = $"open/{symbol}", Quantity = 1 }, Context(symbol)).Approved!.Value;
        var tracker = new OrderTracker(symbol);
        tracker.Register(order, Begin);
        var request = order.Request;
        var fill = new Fill(symbol, ++_tradeId, request.ClientOrderId, 1, OrderSide.Buy, 100, 1, 0.05m, "USDT", 0, false, Begin);
        Gate.OnOrder(tracker.Apply(new OrderReport(
            symbol, request.ClientOrderId, 1, OrderStatus.Filled, request.Side, request.Type, request.TimeInForce, 1, 0, 1, 0, false, Begin, fill))!);
        Gate.OnOrder(tracker.Apply(new OrderReport(
            symbol, "web", 2, OrderStatus.New, OrderSide.Buy, OrderType.Limit, TimeInForce.Gtc, 1, 99, 0, 0, false, Begin, null))!);
    }

    private Proposal Proposal(int i) => new(
        "main", "TESTUSDT", "momentum", $"momentum/{i}", ProposalKind.Entry, OrderSide.Buy, 1, 2, 100, Begin, i, _scenario.IsSized ? null : 1, "benchmark");

    private static MarketContext Context(string symbol) => new(
        new SymbolRules(symbol, "TRADING", 0.1m, 0.001m, 0.001m, 1_000, 500, 5, 1, 100_000, 1.05m, 0.95m, 200, 1, 3), 100, 99.9m, 100.1m, 100, 10, Begin)
    {
        ClockSkewMs = 3,
        TradeIntensityShare = 0.9,
        CrossMarketFlow = 0.1,
    };
}
