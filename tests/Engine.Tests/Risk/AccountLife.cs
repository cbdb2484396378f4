using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

/// <summary>
/// A gate, its trackers, and a toy venue that holds the truth: every order that was sent, what it executed, the position, the money. Messages from the venue
/// wait in a pile and are delivered in any order, some twice. After every approval the limits are recomputed from the truth, not from the gate; after every
/// step the gate's books are compared with what it has been told (<see cref="ToldBook"/>).
/// </summary>
/// <param name="limits">The account's limits, with no rule of losses: those have models of their own.</param>
/// <param name="restartEvery">Restart at one in so many of the steps that draw one (a snapshot is slow beside everything else); 0 for never.</param>
internal sealed class AccountLife(RiskLimits limits, int restartEvery = 1)
{
    private const int PileMax = 48;
    private const double Atr = 0.5;
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"];
    private readonly Dictionary<string, OrderTracker> _trackers = Symbols.ToDictionary(symbol => symbol, symbol => new OrderTracker(symbol));
    private readonly Dictionary<string, decimal> _prices = Symbols.ToDictionary(symbol => symbol, _ => 100m);
    private readonly Dictionary<string, decimal> _positions = Symbols.ToDictionary(symbol => symbol, _ => 0m);
    private readonly Dictionary<string, PositionLedger> _venueLedgers = Symbols.ToDictionary(symbol => symbol, _ => new PositionLedger());
    private readonly List<VenueOrder> _live = [];
    private readonly List<OrderReport> _pile = [];
    private readonly List<long> _approvals = [];
    private readonly ToldBook _told = new();
    private readonly StopAction[] _stops = new StopAction[2];
    private TradingState _state = TradingState.Active;
    private RiskGate _gate = new("g", "main", limits);
    private bool _begun;
    private decimal _wallet = 10_000;
    private long _now = GateScene.T0;
    private long _venueId = 1000;
    private long _tradeId;
    private long _intent;

    public int Entries { get; private set; }

    public int Exits { get; private set; }

    public int Fills { get; private set; }

    public int Unknowns { get; private set; }

    public int Restarts { get; private set; }

    public Dictionary<RefusalReason, int> Refusals { get; } = [];

    /// <summary>Every decision in turn, in one number.</summary>
    public int Trace { get; private set; }

    /// <summary>The gate's state as bytes.</summary>
    public byte[] State
    {
        get
        {
            var writer = new SnapshotWriter();
            _gate.Write(writer);
            return writer.Written.ToArray();
        }
    }

    public void Step(int seed)
    {
        if (!_begun) Begin();
        _now += 1 + (seed % 997);
        var (action, rest) = (seed % 21, seed / 21);
        var symbol = Symbols[rest % Symbols.Length];
        var pick = rest / Symbols.Length;
        switch (action)
        {
            case 0 or 1 or 2 or 3: Enter(symbol, pick); break;
            case 4 or 5: Exit(symbol, pick); break;
            case 6 or 7 or 8 or 9: Live(pick, order => Fill(order, pick / 7)); break;
            case 10: Live(pick, order => End(order, pick % 2 == 0 ? OrderStatus.Canceled : OrderStatus.Expired)); break;
            case 11: Live(pick, LoseAnswer); break;
            case 12: Live(pick, Reject); break;
            case 13 or 14 or 15 or 16: Deliver(pick); break;
            case 17: MovePrice(symbol, pick); break;
            case 18: if (restartEvery > 0 && pick % restartEvery == 0) Restart(); break;
            case 19: MoveMoney(pick); break;
            default: SetState(pick); break;
        }
        while (_pile.Count > PileMax) Deliver(pick);
        CheckBooks();
    }

    /// <summary>Everything ends, everything is delivered, positions are closed: nothing may be reserved and the money must add up exactly.</summary>
    public void Finish()
    {
        if (!_begun) Begin();
        _gate.RequestStop(new StopOrder(StopAction.Flatten, StopScope.Engine, "test", "end", _now));
        for (var round = 0; round < 3; round++)
        {
            _now += 60_000;
            foreach (var order in _live.ToArray()) End(order, OrderStatus.Canceled);
            while (_pile.Count > 0) Deliver(0);
            foreach (var symbol in Symbols)
            {
                var position = Held(symbol);
                position.ShouldBe(_positions[symbol]);
                if (position == 0) continue;
                _now += 15_000;
                var exit = Decide(Proposal(symbol, ProposalKind.Exit, position > 0 ? OrderSide.Sell : OrderSide.Buy, null)).ShouldNotBeNull();
                Fill(exit, 0);
            }
        }
        var view = _gate.View();
        view.ReservedNotional.ShouldBe(0);
        view.OpenOrders.ShouldBe(0);
        view.GrossNotional.ShouldBe(0);
        view.LiquidationDistance.ShouldBeNull();
        view.Wallet.ShouldBe(_wallet, "opening + realised - fees + funding + transfers");
        view.Equity.ShouldBe(_wallet);
        CheckBooks();
        foreach (var tracker in _trackers.Values) tracker.Live.ShouldBeEmpty();
    }

    private void Begin()
    {
        _begun = true;
        _gate.SetState(TradingState.Active, "test");
        Statement();
        foreach (var symbol in Symbols) _gate.OnMark(symbol, 100, _now);
    }

    private void Enter(string symbol, int pick)
    {
        decimal? quantity = pick % 3 == 0 ? null : ((pick / 3 % 6000) + 1) * 0.001m;
        var side = pick / 17 % 3 == 0 ? OrderSide.Sell : OrderSide.Buy;
        var cap = pick % 13 == 0 ? 0.02m : limits.SymbolLeverageMax;
        if (Decide(Proposal(symbol, ProposalKind.Entry, side, quantity) with { LeverageCap = cap }) is not { } order) return;
        Entries++;
        (_state, _stops[0], _stops[1]).ShouldBe((TradingState.Active, StopAction.None, StopAction.None), "nothing else opens");
        order.Request.ReduceOnly.ShouldBeFalse();
        if (quantity is not null) order.Request.Quantity.ShouldBe(quantity.Value);
        (order.Request.Quantity * _prices[symbol]).ShouldBeInRange(5, limits.NotionalMaxPerOrder);
        (order.Request.Quantity % 0.001m).ShouldBe(0);
        CheckLimits(symbol, side, cap);
        _approvals.Count(time => time > _now - 10_000).ShouldBeLessThanOrEqualTo(limits.EntryOrdersPer10sMax);
        _approvals.Count(time => time > _now - 60_000).ShouldBeLessThanOrEqualTo(limits.EntryOrdersPerMinuteMax);
    }

    private void Exit(string symbol, int pick)
    {
        var held = Held(symbol);
        var side = pick % 11 == 0 ? OrderSide.Buy : held > 0 ? OrderSide.Sell : OrderSide.Buy;
        decimal? quantity = pick % 2 == 0 ? null : ((pick / 2 % 3000) + 1) * 0.001m;
        var passes = held != 0 && Math.Sign(held) == -(int)side && !(quantity > Math.Abs(held))
            && !_live.Any(order => order.Request.Symbol == symbol) && !_pile.Any(report => report.Symbol == symbol)
            && _approvals.Count(time => time > _now - 10_000) < limits.OrdersPer10sMax
            && _approvals.Count(time => time > _now - 60_000) < limits.OrdersPerMinuteMax;
        var exit = Decide(Proposal(symbol, ProposalKind.Exit, side, quantity));
        if (passes) exit.ShouldNotBeNull($"a reduction passes in state {_state}");
        if (exit is not { } order) return;
        Exits++;
        order.Request.ReduceOnly.ShouldBeTrue();
        ((int)side).ShouldBe(-Math.Sign(held));
        var inFlight = _live.Where(o => o.Request.Symbol == symbol && o.Request.ReduceOnly).Sum(o => o.Request.Quantity - o.Executed);
        inFlight.ShouldBeLessThanOrEqualTo(Math.Abs(_positions[symbol]), "exits never exceed the position");
        _approvals.Count(time => time > _now - 10_000).ShouldBeLessThanOrEqualTo(limits.OrdersPer10sMax);
        _approvals.Count(time => time > _now - 60_000).ShouldBeLessThanOrEqualTo(limits.OrdersPerMinuteMax);
    }

    private VenueOrder? Decide(Proposal proposal)
    {
        var symbol = proposal.Symbol;
        var market = new MarketContext(GateScene.Rules(symbol), _prices[symbol], null, null, _prices[symbol], 0, _now);
        var decision = _gate.Decide(proposal, market);
        if (decision.Refusal is { } refusal)
        {
            Refusals[refusal.Reason] = Refusals.GetValueOrDefault(refusal.Reason) + 1;
            Trace = HashCode.Combine(Trace, refusal.Reason, refusal.Detail);
            return null;
        }
        _approvals.RemoveAll(time => time <= _now - 60_000);
        _approvals.Add(_now);
        var order = decision.Approved!.Value;
        Trace = HashCode.Combine(Trace, order);
        if (order.StopPrice is { } stop) CheckStop(order, stop);
        _trackers[symbol].Register(order, _now);
        var venue = new VenueOrder(order.Request, ++_venueId);
        _live.Add(venue);
        _pile.Add(Report(venue, OrderStatus.New, null));
        return venue;
    }

    /// <summary>The planned stop is a loss, no larger than the distance, on the tick.</summary>
    private void CheckStop(Order order, decimal stop)
    {
        var distance = (int)order.Request.Side * (_prices[order.Request.Symbol] - stop);
        distance.ShouldBeInRange(0.000_000_01m, GuardProfiles.Atr.StopAtrMultiple * (decimal)Atr);
        (stop % 0.1m).ShouldBe(0);
    }

    private void CheckLimits(string symbol, OrderSide side, decimal leverageMax)
    {
        var equity = _gate.Equity!.Value;
        Worst(symbol, side).ShouldBeLessThanOrEqualTo(limits.PositionEquityShareMax * equity);
        Worst(symbol, side).ShouldBeLessThanOrEqualTo(
            limits.SymbolLimits.FirstOrDefault(own => own.Symbol == symbol)?.PositionNotionalMax ?? limits.PositionNotionalMax);
        Worst(symbol, side).ShouldBeLessThanOrEqualTo(Math.Min(leverageMax, limits.SymbolLeverageMax) * equity);
        Symbols.Sum(s => Worst(s, side)).ShouldBeLessThanOrEqualTo(limits.DirectionEquityShareMax * equity);
        Symbols.Count(s => Worst(s, side) > 0).ShouldBeLessThanOrEqualTo(limits.SymbolsPerSideMax);
        Symbols.Sum(s => Net(s, side)).ShouldBeLessThanOrEqualTo(limits.NetNotionalMax);
        var gross = Symbols.Sum(s => Math.Max(Worst(s, OrderSide.Buy), Worst(s, OrderSide.Sell)));
        gross.ShouldBeLessThanOrEqualTo(limits.GrossNotionalEquityMax * equity);
        gross.ShouldBeLessThanOrEqualTo(limits.GrossNotionalMax);
        gross.ShouldBeLessThanOrEqualTo(limits.LeverageMax * Math.Min(equity, _told.Wallet));
        (gross / limits.MarginLeverage).ShouldBeLessThanOrEqualTo(equity);
        (equity - (limits.MaintenanceRate * gross)).ShouldBeGreaterThanOrEqualTo(limits.LiquidationDistanceMin * gross);
        foreach (var group in limits.CorrelationGroups.Where(group => group.Symbols.Contains(symbol)))
            group.Symbols.Sum(s => Worst(s, side)).ShouldBeLessThanOrEqualTo(group.EquityShareMax * equity);
        _live.Count.ShouldBeLessThanOrEqualTo(limits.OpenOrdersMax);
    }

    /// <summary>Positions, wallet and equity are what the gate was told, to the last decimal, and it never sees less exposure than there is.</summary>
    private void CheckBooks()
    {
        var view = _gate.View();
        foreach (var symbol in view.Symbols)
        {
            symbol.Quantity.ShouldBe(_told.Position(symbol.Symbol));
            symbol.LongNotional.ShouldBeGreaterThanOrEqualTo(Worst(symbol.Symbol, OrderSide.Buy));
            symbol.ShortNotional.ShouldBeGreaterThanOrEqualTo(Worst(symbol.Symbol, OrderSide.Sell));
        }
        view.Wallet.ShouldBe(_told.Wallet);
        view.Equity.ShouldBe(_told.Equity(view.Symbols, _prices), "wallet + realised + unrealised - fees + funding");
    }

    private decimal InFlight(string symbol, OrderSide side)
    {
        var sum = 0m;
        foreach (var order in _live)
        {
            if (order.Request.Symbol == symbol && order.Request.Side == side && !order.Request.ReduceOnly) sum += order.Request.Quantity - order.Executed;
        }
        return sum;
    }

    private decimal Net(string symbol, OrderSide side) => (((int)side * _positions[symbol]) + InFlight(symbol, side)) * _prices[symbol];

    private decimal Worst(string symbol, OrderSide side) => Math.Max(Net(symbol, side), 0);

    private Proposal Proposal(string symbol, ProposalKind kind, OrderSide side, decimal? quantity) => new(
        "main", symbol, "momentum", $"momentum/{symbol}/{++_intent}", kind, side, 1, Atr, _prices[symbol], _now, _intent, quantity, "random");

    private void Live(int pick, Action<VenueOrder> act)
    {
        if (_live.Count > 0) act(_live[pick % _live.Count]);
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
        var isFilled = order.Executed == order.Request.Quantity;
        if (isFilled) _live.Remove(order);
        _pile.Add(Report(order, isFilled ? OrderStatus.Filled : OrderStatus.PartiallyFilled, fill));
    }

    private void End(VenueOrder order, OrderStatus status)
    {
        _live.Remove(order);
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
        _live.Remove(order);
        _pile.RemoveAll(report => report.ClientOrderId == order.Request.ClientOrderId);
        Notify(_trackers[order.Request.Symbol].MarkRejected(order.Request.ClientOrderId, -2019, "Margin is insufficient.", _now));
    }

    private void Deliver(int pick)
    {
        if (_pile.Count == 0) return;
        var i = pick % _pile.Count;
        var report = _pile[i];
        if (pick % 5 != 4 || _pile.Count > PileMax) _pile.RemoveAt(i);
        var change = _trackers[report.Symbol].Apply(report);
        if (report.Fill is { } fill)
        {
            _told.Fill(fill);
            if (pick % 7 == 3) _gate.OnFill(fill);
        }
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
        if (pick % 3 == 0) Statement();
    }

    private void Statement()
    {
        _gate.OnWallet(_wallet, _now);
        _told.Statement(_wallet, _now);
    }

    /// <summary>Funding, a deposit or a withdrawal.</summary>
    private void MoveMoney(int pick)
    {
        var amount = ((pick % 101) - 50) * 0.01m;
        _wallet += amount;
        if (pick % 2 == 0) _gate.OnFunding(amount, ++_now);
        else _gate.OnTransfer(amount, ++_now);
        _told.Cash(amount, _now);
    }

    private void SetState(int pick)
    {
        var stop = pick % 7 == 0 ? StopAction.Halt : pick % 7 == 1 ? StopAction.ReduceOnly : StopAction.None;
        if (pick % 3 == 0) Stop(stop, pick % 2 == 0 ? StopScope.Engine : StopScope.Account);
        else if (pick % 3 == 1)
        {
            Stop(StopAction.None, StopScope.Engine);
            Stop(StopAction.None, StopScope.Account);
        }
        _state = pick % 4 == 0 ? TradingState.Halted
            : pick % 9 == 1 ? TradingState.ReduceOnly
            : pick % 9 == 2 ? TradingState.Recovering
            : TradingState.Active;
        _gate.SetState(_state, "random");
    }

    private void Stop(StopAction action, StopScope scope)
    {
        _gate.RequestStop(new StopOrder(action, scope, "random", "random", _now));
        _stops[(int)scope] = action;
    }

    private void Restart()
    {
        Restarts++;
        var writer = new SnapshotWriter();
        _gate.Write(writer);
        foreach (var symbol in Symbols) _trackers[symbol].Write(writer);
        var reader = new SnapshotReader(writer.Written);
        _gate = new RiskGate("g", "main", limits);
        _gate.Read(ref reader);
        foreach (var symbol in Symbols)
        {
            _trackers[symbol] = new OrderTracker(symbol);
            _trackers[symbol].Read(ref reader);
        }
        reader.AtEnd.ShouldBeTrue();
        var again = new SnapshotWriter();
        _gate.Write(again);
        writer.Written.StartsWith(again.Written).ShouldBeTrue("a restored gate is equal bit for bit");
    }

    private decimal Held(string symbol)
    {
        foreach (var view in _gate.View().Symbols)
        {
            if (view.Symbol == symbol) return view.Quantity;
        }
        return 0;
    }

    private OrderReport Report(VenueOrder order, OrderStatus status, Fill? fill) => new(
        order.Request.Symbol, order.Request.ClientOrderId, order.VenueId, status, order.Request.Side, order.Request.Type, order.Request.TimeInForce,
        order.Request.Quantity, 0, order.Executed, 0, order.Request.ReduceOnly, _now, fill);

    private sealed class VenueOrder(OrderRequest request, long venueId)
    {
        public OrderRequest Request => request;

        public long VenueId => venueId;

        public decimal Executed { get; set; }
    }
}
