using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

/// <summary>
/// A gate, its trackers, and a toy venue that holds the truth: every order that was sent, what it executed, the position, the money. Messages from the venue
/// wait in a pile and are delivered in any order, some twice. After every approval the limits are recomputed from the truth, not from the gate.
/// </summary>
/// <param name="restartEvery">Restart at one in so many of the steps that draw one; a snapshot is slow beside everything else.</param>
internal sealed class AccountLife(int restartEvery = 1)
{
    private const int PileMax = 48;
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"];
    private static readonly RiskLimits Limits = new()
    {
        DailyLossMax = 1,
        DailyTotalLossMax = 1,
        LossStreakPauseAt = int.MaxValue,
        OpenOrdersMax = 4,
        PositionNotionalMax = 480,
        SymbolLimits = [new SymbolLimit { Symbol = "SOLUSDT", PositionNotionalMax = 300 }],
        GrossNotionalEquityMax = 0.14m,
        GrossNotionalMax = 1_390,
        NetNotionalMax = 850,
        SymbolsPerSideMax = 2,
        CorrelationGroups = [new CorrelationGroup { Name = "majors", Symbols = ["BTCUSDT", "ETHUSDT"], EquityShareMax = 0.07m }],
        EntriesPerSymbolMax = 3,
        EntryOrdersPer10sMax = 3,
        OrdersPer10sMax = 4,
        EntryOrdersPerMinuteMax = 10,
        OrdersPerMinuteMax = 12,
        CancelFillRatioMax = 100_000,
        DataAgeMsMax = 1000,
        DistanceFromMarkMax = 0.5m,
        SpreadShareMax = 1,
        DrawdownStopAbove = 1,
        KillSwitchTriggers = [],
    };

    private readonly Dictionary<string, OrderTracker> _trackers = Symbols.ToDictionary(symbol => symbol, symbol => new OrderTracker(symbol));
    private readonly Dictionary<string, decimal> _prices = Symbols.ToDictionary(symbol => symbol, _ => 100m);
    private readonly Dictionary<string, decimal> _positions = Symbols.ToDictionary(symbol => symbol, _ => 0m);
    private readonly Dictionary<string, PositionLedger> _venueLedgers = Symbols.ToDictionary(symbol => symbol, _ => new PositionLedger());
    private readonly List<VenueOrder> _live = [];
    private readonly List<OrderReport> _pile = [];
    private readonly List<long> _approvals = [];
    private RiskGate _gate = new("g", "main", Limits);
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
            case 18: if (pick % restartEvery == 0) Restart(); break;
            case 19: MoveMoney(pick); break;
            default: SetState(pick); break;
        }
        while (_pile.Count > PileMax) Deliver(pick);
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
        foreach (var tracker in _trackers.Values) tracker.Live.ShouldBeEmpty();
    }

    private void Begin()
    {
        _begun = true;
        _gate.SetState(TradingState.Active, "test");
        _gate.OnWallet(_wallet, _now);
        foreach (var symbol in Symbols) _gate.OnMark(symbol, 100, _now);
    }

    private void Enter(string symbol, int pick)
    {
        decimal? quantity = pick % 3 == 0 ? null : ((pick / 3 % 6000) + 1) * 0.001m;
        var side = pick / 17 % 3 == 0 ? OrderSide.Sell : OrderSide.Buy;
        var state = _gate.State;
        if (Decide(Proposal(symbol, ProposalKind.Entry, side, quantity) with { LeverageCap = pick % 13 == 0 ? 0.02m : null }) is not { } order) return;
        Entries++;
        state.ShouldBe(TradingState.Active, "nothing else opens");
        order.Request.ReduceOnly.ShouldBeFalse();
        CheckLimits(symbol, side, pick % 13 == 0 ? 0.02m : Limits.SymbolLeverageMax);
        _approvals.Count(time => time > _now - 10_000).ShouldBeLessThanOrEqualTo(Limits.EntryOrdersPer10sMax);
        _approvals.Count(time => time > _now - 60_000).ShouldBeLessThanOrEqualTo(Limits.EntryOrdersPerMinuteMax);
    }

    private void Exit(string symbol, int pick)
    {
        var held = Held(symbol);
        var side = pick % 11 == 0 ? OrderSide.Buy : held > 0 ? OrderSide.Sell : OrderSide.Buy;
        decimal? quantity = pick % 2 == 0 ? null : ((pick / 2 % 3000) + 1) * 0.001m;
        if (Decide(Proposal(symbol, ProposalKind.Exit, side, quantity)) is not { } order) return;
        Exits++;
        order.Request.ReduceOnly.ShouldBeTrue();
        ((int)side).ShouldBe(-Math.Sign(held));
        var inFlight = _live.Where(o => o.Request.Symbol == symbol && o.Request.ReduceOnly).Sum(o => o.Request.Quantity - o.Executed);
        inFlight.ShouldBeLessThanOrEqualTo(Math.Abs(_positions[symbol]), "exits never exceed the position");
        _approvals.Count(time => time > _now - 10_000).ShouldBeLessThanOrEqualTo(Limits.OrdersPer10sMax);
        _approvals.Count(time => time > _now - 60_000).ShouldBeLessThanOrEqualTo(Limits.OrdersPerMinuteMax);
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
        _approvals.RemoveAll(time => time <= _now - 60_000);
        _approvals.Add(_now);
        var order = decision.Approved!.Value;
        _trackers[symbol].Register(order, _now);
        var venue = new VenueOrder(order.Request, ++_venueId);
        _live.Add(venue);
        _pile.Add(Report(venue, OrderStatus.New, null));
        return venue;
    }

    private void CheckLimits(string symbol, OrderSide side, decimal leverageMax)
    {
        var equity = _gate.Equity!.Value;
        decimal InFlight(string s, OrderSide direction) =>
            _live.Where(o => o.Request.Symbol == s && o.Request.Side == direction && !o.Request.ReduceOnly).Sum(o => o.Request.Quantity - o.Executed);
        decimal Net(string s, OrderSide direction) => (((int)direction * _positions[s]) + InFlight(s, direction)) * _prices[s];
        decimal Worst(string s, OrderSide direction) => Math.Max(Net(s, direction), 0);
        Worst(symbol, side).ShouldBeLessThanOrEqualTo(Limits.PositionEquityShareMax * equity);
        Worst(symbol, side).ShouldBeLessThanOrEqualTo(symbol == "SOLUSDT" ? 300 : Limits.PositionNotionalMax);
        Worst(symbol, side).ShouldBeLessThanOrEqualTo(leverageMax * equity);
        Symbols.Sum(s => Worst(s, side)).ShouldBeLessThanOrEqualTo(Limits.DirectionEquityShareMax * equity);
        Symbols.Count(s => Worst(s, side) > 0).ShouldBeLessThanOrEqualTo(Limits.SymbolsPerSideMax);
        Symbols.Sum(s => Net(s, side)).ShouldBeLessThanOrEqualTo(Limits.NetNotionalMax);
        var gross = Symbols.Sum(s => Math.Max(Worst(s, OrderSide.Buy), Worst(s, OrderSide.Sell)));
        gross.ShouldBeLessThanOrEqualTo(Limits.GrossNotionalEquityMax * equity);
        gross.ShouldBeLessThanOrEqualTo(Limits.GrossNotionalMax);
        if (symbol is "BTCUSDT" or "ETHUSDT") (Worst("BTCUSDT", side) + Worst("ETHUSDT", side)).ShouldBeLessThanOrEqualTo(0.07m * equity);
        _live.Count.ShouldBeLessThanOrEqualTo(Limits.OpenOrdersMax);
    }

    private Proposal Proposal(string symbol, ProposalKind kind, OrderSide side, decimal? quantity) => new(
        "main", symbol, "momentum", $"momentum/{symbol}/{++_intent}", kind, side, 1, 0.5, _prices[symbol], _now, _intent, quantity, "random");

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

    /// <summary>Funding, a deposit or a withdrawal.</summary>
    private void MoveMoney(int pick)
    {
        var amount = ((pick % 101) - 50) * 0.01m;
        _wallet += amount;
        if (pick % 2 == 0) _gate.OnFunding(amount, ++_now);
        else _gate.OnTransfer(amount, ++_now);
    }

    private void SetState(int pick)
    {
        var stop = pick % 7 == 0 ? StopAction.Halt : pick % 7 == 1 ? StopAction.ReduceOnly : StopAction.None;
        if (pick % 3 == 0) _gate.RequestStop(new StopOrder(stop, pick % 2 == 0 ? StopScope.Engine : StopScope.Account, "random", "random", _now));
        else if (pick % 3 == 1)
        {
            _gate.RequestStop(new StopOrder(StopAction.None, StopScope.Engine, "random", "random", _now));
            _gate.RequestStop(new StopOrder(StopAction.None, StopScope.Account, "random", "random", _now));
        }
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
