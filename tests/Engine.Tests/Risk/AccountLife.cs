using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

/// <summary>
/// A gate, its trackers, and a toy venue that holds the truth: every order that was sent, what it executed, the position. Messages from the venue wait in a
/// pile and are delivered in any order, some twice. After every approval the limits are recomputed from the truth, not from the gate.
/// </summary>
internal sealed class AccountLife
{
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT"];
    private static readonly RiskLimits Limits = new()
    {
        DailyLossMax = 1,
        LossStreakPauseAt = int.MaxValue,
        OpenOrdersMax = 4,
        GrossNotionalEquityMax = 0.14m,
        DataAgeMsMax = 1000,
        DistanceFromMarkMax = 0.5m,
    };

    private readonly Dictionary<string, OrderTracker> _trackers = Symbols.ToDictionary(symbol => symbol, symbol => new OrderTracker(symbol));
    private readonly Dictionary<string, decimal> _prices = Symbols.ToDictionary(symbol => symbol, _ => 100m);
    private readonly Dictionary<string, decimal> _positions = Symbols.ToDictionary(symbol => symbol, _ => 0m);
    private readonly Dictionary<string, PositionLedger> _venueLedgers = Symbols.ToDictionary(symbol => symbol, _ => new PositionLedger());
    private readonly List<VenueOrder> _orders = [];
    private readonly List<OrderReport> _pile = [];
    private RiskGate _gate = new("g", "main", Limits);
    private decimal _wallet = 10_000;
    private long _now = GateScene.T0;
    private long _tradeId;
    private long _intent;

    public AccountLife()
    {
        _gate.SetState(TradingState.Active, "test");
        _gate.OnWallet(_wallet, _now);
        foreach (var symbol in Symbols) _gate.OnMark(symbol, 100, _now);
    }

    public int Entries { get; private set; }

    public int Exits { get; private set; }

    public int Fills { get; private set; }

    public int Unknowns { get; private set; }

    public int Restarts { get; private set; }

    public Dictionary<RefusalReason, int> Refusals { get; } = [];

    public void Step(int seed)
    {
        _now++;
        var (action, rest) = (seed % 19, seed / 19);
        var symbol = Symbols[rest % 3];
        var pick = rest / 3;
        switch (action)
        {
            case 0 or 1 or 2 or 3: Enter(symbol, pick); break;
            case 4 or 5: Exit(symbol, pick); break;
            case 6 or 7 or 8 or 9: Live(pick, order => Fill(order, pick / 7)); break;
            case 10: Live(pick, order => End(order, pick % 2 == 0 ? OrderStatus.Canceled : OrderStatus.Expired)); break;
            case 11: Live(pick, LoseAnswer); break;
            case 12: Live(pick, Reject); break;
            case 13 or 14 or 15: Deliver(pick); break;
            case 16: MovePrice(symbol, pick); break;
            case 17: Restart(); break;
            default: SetState(pick); break;
        }
    }

    /// <summary>Everything ends, everything is delivered, positions are closed: nothing may be reserved and the money must add up exactly.</summary>
    public void Finish()
    {
        _gate.SetState(TradingState.Halted, "end");
        for (var round = 0; round < 3; round++)
        {
            foreach (var order in _orders.Where(order => order.IsLive).ToArray()) End(order, OrderStatus.Canceled);
            while (_pile.Count > 0) Deliver(0);
            foreach (var symbol in Symbols)
            {
                var position = View(symbol)?.Quantity ?? 0;
                position.ShouldBe(_positions[symbol]);
                if (position == 0) continue;
                var exit = Decide(Proposal(symbol, ProposalKind.Exit, position > 0 ? OrderSide.Sell : OrderSide.Buy, null)).ShouldNotBeNull();
                Fill(exit, 0);
            }
        }
        var view = _gate.View();
        view.ReservedNotional.ShouldBe(0);
        view.OpenOrders.ShouldBe(0);
        view.GrossNotional.ShouldBe(0);
        view.Wallet.ShouldBe(_wallet);
        view.Equity.ShouldBe(_wallet);
        foreach (var tracker in _trackers.Values) tracker.Live.ShouldBeEmpty();
    }

    private void Enter(string symbol, int pick)
    {
        decimal? quantity = pick % 3 == 0 ? null : ((pick / 3 % 6000) + 1) * 0.001m;
        var side = pick / 17 % 3 == 0 ? OrderSide.Sell : OrderSide.Buy;
        var state = _gate.State;
        if (Decide(Proposal(symbol, ProposalKind.Entry, side, quantity)) is not { } order) return;
        Entries++;
        state.ShouldBe(TradingState.Active, "nothing else opens");
        order.Request.ReduceOnly.ShouldBeFalse();
        CheckLimits(symbol, side);
    }

    private void Exit(string symbol, int pick)
    {
        var held = View(symbol)?.Quantity ?? 0;
        var side = pick % 11 == 0 ? OrderSide.Buy : held > 0 ? OrderSide.Sell : OrderSide.Buy;
        decimal? quantity = pick % 2 == 0 ? null : ((pick / 2 % 3000) + 1) * 0.001m;
        if (Decide(Proposal(symbol, ProposalKind.Exit, side, quantity)) is not { } order) return;
        Exits++;
        order.Request.ReduceOnly.ShouldBeTrue();
        ((int)side).ShouldBe(-Math.Sign(held));
        var inFlight = _orders.Where(o => o.Request.Symbol == symbol && o.Request.ReduceOnly && o.IsLive).Sum(o => o.Request.Quantity - o.Executed);
        inFlight.ShouldBeLessThanOrEqualTo(Math.Abs(_positions[symbol]), "exits never exceed the position");
    }

    private VenueOrder? Decide(Proposal proposal)
    {
        var symbol = proposal.Symbol;
        var market = new MarketContext(GateScene.Rules(symbol), _prices[symbol], null, null, _prices[symbol], 0, _now);
        var decision = _gate.Decide(proposal, market);
        if (decision.Refusal is { } refusal)
        {
            Refusals[refusal.Reason] = Refusals.GetValueOrDefault(refusal.Reason) + 1;
            return null;
        }
        var order = decision.Approved!.Value;
        _trackers[symbol].Register(order, _now);
        var venue = new VenueOrder(order.Request, 1000 + _orders.Count);
        _orders.Add(venue);
        _pile.Add(Report(venue, OrderStatus.New, null));
        return venue;
    }

    private void CheckLimits(string symbol, OrderSide side)
    {
        var equity = _gate.Equity!.Value;
        decimal Worst(string s, OrderSide direction) => Math.Max(
            ((int)direction * _positions[s]) + _orders.Where(o => o.IsLive && o.Request.Symbol == s && o.Request.Side == direction && !o.Request.ReduceOnly)
                .Sum(o => o.Request.Quantity - o.Executed), 0) * _prices[s];
        Worst(symbol, side).ShouldBeLessThanOrEqualTo(Limits.PositionEquityShareMax * equity);
        Symbols.Sum(s => Worst(s, side)).ShouldBeLessThanOrEqualTo(Limits.DirectionEquityShareMax * equity);
        Symbols.Sum(s => Math.Max(Worst(s, OrderSide.Buy), Worst(s, OrderSide.Sell))).ShouldBeLessThanOrEqualTo(Limits.GrossNotionalEquityMax * equity);
        _orders.Count(o => o.IsLive).ShouldBeLessThanOrEqualTo(Limits.OpenOrdersMax);
    }

    private Proposal Proposal(string symbol, ProposalKind kind, OrderSide side, decimal? quantity) => new(
        "main", symbol, "momentum", $"momentum/{symbol}/{++_intent}", kind, side, 1, 0.5, _prices[symbol], _now, _intent, quantity, "random");

    private void Live(int pick, Action<VenueOrder> act)
    {
        var live = _orders.Where(order => order.IsLive).ToArray();
        if (live.Length > 0) act(live[pick % live.Length]);
    }

    private void Fill(VenueOrder order, int pick)
    {
        var rest = order.Request.Quantity - order.Executed;
        var symbol = order.Request.Symbol;
        var quantity = pick % 3 == 0 ? rest : Math.Min(rest, ((pick % 997) + 1) * 0.001m);
        var fill = new Fill(
            symbol, ++_tradeId, order.Request.ClientOrderId, order.VenueId, order.Request.Side, _prices[symbol], quantity, 0.0005m * quantity * _prices[symbol],
            "USDT", 0, false, ++_now);
        order.Executed += quantity;
        _positions[symbol] += fill.SignedQuantity;
        fill = fill with { RealizedPnl = _venueLedgers[symbol].Apply(fill) };
        _wallet += fill.RealizedPnl - fill.Fee;
        Fills++;
        _pile.Add(Report(order, order.IsLive ? OrderStatus.PartiallyFilled : OrderStatus.Filled, fill));
    }

    private void End(VenueOrder order, OrderStatus status)
    {
        order.Ended = status;
        _pile.Add(Report(order, status, null));
    }

    private void LoseAnswer(VenueOrder order)
    {
        Unknowns++;
        Notify(_trackers[order.Request.Symbol].MarkUnknown(order.Request.ClientOrderId));
    }

    /// <summary>Only an order that has never traded and of which nothing has been said can be refused.</summary>
    private void Reject(VenueOrder order)
    {
        _trackers[order.Request.Symbol].TryGet(order.Request.ClientOrderId, out var tracked).ShouldBeTrue();
        if (order.Executed > 0 || tracked!.IsSeenAtVenue) return;
        order.Ended = OrderStatus.Rejected;
        _pile.RemoveAll(report => report.ClientOrderId == order.Request.ClientOrderId);
        Notify(_trackers[order.Request.Symbol].MarkRejected(order.Request.ClientOrderId, -2019, "Margin is insufficient.", _now));
    }

    private void Deliver(int pick)
    {
        if (_pile.Count == 0) return;
        var report = _pile[pick % _pile.Count];
        if (pick % 5 != 4) _pile.Remove(report);
        var change = _trackers[report.Symbol].Apply(report);
        if (report.Fill is { } fill && pick % 7 == 3) _gate.OnFill(fill);
        Notify(change);
        if (pick % 13 == 5) Notify(change);
    }

    private void Notify(OrderChange? change)
    {
        if (change is not null) _gate.OnOrder(change);
    }

    private void MovePrice(string symbol, int pick)
    {
        _prices[symbol] = Math.Clamp(_prices[symbol] + (((pick % 41) - 20) * 0.1m), 50, 200);
        _gate.OnMark(symbol, _prices[symbol], _now);
        if (pick % 3 == 0) _gate.OnWallet(_wallet, _now);
    }

    private void SetState(int pick)
    {
        _gate.SetState(
            pick % 4 == 0 ? TradingState.Halted
            : pick % 9 == 1 ? TradingState.ReduceOnly
            : pick % 9 == 2 ? TradingState.Recovering
            : TradingState.Active,
            "random");
    }

    private void Restart()
    {
        Restarts++;
        var writer = new SnapshotWriter();
        _gate.Write(writer);
        foreach (var symbol in Symbols) _trackers[symbol].Write(writer);
        var reader = new SnapshotReader(writer.Written);
        _gate = new RiskGate("g", "main", Limits);
        _gate.Read(ref reader);
        foreach (var symbol in Symbols)
        {
            _trackers[symbol] = new OrderTracker(symbol);
            _trackers[symbol].Read(ref reader);
        }
        reader.AtEnd.ShouldBeTrue();
    }

    private SymbolRiskView? View(string symbol) => _gate.View().Symbols.FirstOrDefault(view => view.Symbol == symbol);

    private OrderReport Report(VenueOrder order, OrderStatus status, Fill? fill) => new(
        order.Request.Symbol, order.Request.ClientOrderId, order.VenueId, status, order.Request.Side, order.Request.Type, order.Request.TimeInForce,
        order.Request.Quantity, 0, order.Executed, 0, order.Request.ReduceOnly, _now, fill);

    private sealed class VenueOrder(OrderRequest request, long venueId)
    {
        public OrderRequest Request => request;

        public long VenueId => venueId;

        public decimal Executed { get; set; }

        public OrderStatus? Ended { get; set; }

        public bool IsLive => Ended is null && Executed < Request.Quantity;
    }
}
