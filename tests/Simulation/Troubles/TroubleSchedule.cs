using Granary.Engine.Orders;
using Granary.Exchange;
using Granary.Exchange.Faults;
using Granary.Exchange.Protocol;
using Granary.Simulation.Watch;

namespace Granary.Simulation.Troubles;

/// <summary>Makes the troubles of a run happen, each at its time, and ends them.</summary>
internal sealed class TroubleSchedule
{
    /// <summary>What an engine may need after a trouble has ended before the world counts as calm: a reconnection with back-off and two reconciliations.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(90);

    private readonly World _world;
    private readonly ContinuousRules _rules;
    private readonly IDictionary<string, List<SyntheticMove>> _moves;
    private readonly PriorityQueue<Action, (long Ticks, int Order)> _actions = new();
    private readonly DateTimeOffset _start;
    private EngineProcess? _first;
    private TimeSpan? _downtime;
    private int _order;
    private int _hand;
    private bool _isOver;

    public TroubleSchedule(World world, ContinuousRules rules, IDictionary<string, List<SyntheticMove>> moves, IEnumerable<Trouble> troubles)
    {
        _world = world;
        _rules = rules;
        _moves = moves;
        _start = world.Scheduler.Now;
        foreach (var trouble in troubles) Add(_start + trouble.At, () => Begin(trouble));
    }

    private DateTimeOffset Now => _world.Scheduler.Now;

    private string Symbol => _world.Options.Symbols[0];

    /// <summary>Runs for a time, troubles included.</summary>
    /// <exception cref="ViolationException">A rule was broken.</exception>
    public void Run(TimeSpan time)
    {
        var end = Now + time;
        while (Now < end)
        {
            var until = Now + TimeSpan.FromSeconds(1) < end ? Now + TimeSpan.FromSeconds(1) : end;
            if (_actions.TryPeek(out _, out var next) && next.Ticks < until.UtcTicks) until = new DateTimeOffset(Math.Max(next.Ticks, Now.UtcTicks), TimeSpan.Zero);
            _world.Scheduler.RunUntil(until);
            Bury();
            while (_actions.TryPeek(out _, out next) && next.Ticks <= Now.UtcTicks) _actions.Dequeue()();
            _rules.Look();
        }
    }

    /// <summary>Ends whatever is still under way; an engine that is down is started.</summary>
    public void End()
    {
        _isOver = true;
        _actions.Clear();
        _world.Silo?.CrashAtTurn(long.MaxValue);
        _world.StreamProtocol.Faults.Clear();
        var network = _world.Network;
        network.Snare.Release();
        (network.IsDown, network.RestDelayMax, network.FrameDelayMax, network.JournalDelayMax) = (false, default, default, default);
        _first?.Kill();
        Bury();
        if (_world.Process is null) _world.StartSilo();
        foreach (var order in _world.Core.GetOpenOrders(World.Account, null).Where(Evidence.IsForeign)) _world.Core.Cancel(World.Account, order.Symbol, order.OrderId, null);
    }

    private void Add(DateTimeOffset time, Action action) => _actions.Enqueue(action, (time.UtcTicks, ++_order));

    private void Begin(Trouble trouble)
    {
        _world.Evidence.Trace?.Invoke($"trouble: {trouble}");
        var until = Now + trouble.Lasts;
        if (until + Recovery > _rules.TroubleUntil) _rules.TroubleUntil = until + Recovery;
        var share = trouble.Value / 1_000_000.0;
        var probability = 0.2 + (0.8 * share);
        var network = _world.Network;
        switch (trouble.Kind)
        {
            case TroubleKind.AnswersLost:
                Fault(trouble, new FaultRule(FaultKind.LostAfter) { Request = "POST /fapi/v1/order", Probability = probability });
                break;
            case TroubleKind.RequestsLost:
                Fault(trouble, new FaultRule(FaultKind.LostBefore) { Probability = probability });
                break;
            case TroubleKind.UnknownAnswers:
                Fault(trouble, new FaultRule(FaultKind.UnknownAfter) { Probability = probability });
                break;
            case TroubleKind.ServerErrors:
                Fault(trouble, new FaultRule(FaultKind.BadGateway) { Probability = probability });
                break;
            case TroubleKind.Overloaded:
                Fault(trouble, new FaultRule(FaultKind.Overloaded) { Probability = probability, Request = trouble.Value % 2 == 1 ? "POST /fapi/v1/order" : null });
                break;
            case TroubleKind.RateLimited:
                Fault(trouble, new FaultRule(FaultKind.RateLimited) { Times = 1 + (trouble.Value % 5), Value = 1 + (trouble.Value % 10) });
                break;
            case TroubleKind.Banned:
                Fault(trouble, new FaultRule(FaultKind.Banned) { Times = 1, Value = 5 + (trouble.Value % 60) });
                _rules.TroubleUntil += TimeSpan.FromSeconds(65);
                break;
            case TroubleKind.SlowAnswers:
                During(trouble, on => network.RestDelayMax = on ? TimeSpan.FromSeconds(0.1 + (2.9 * share)) : default);
                break;
            case TroubleKind.SlowFrames:
                During(trouble, on => network.FrameDelayMax = on ? TimeSpan.FromSeconds(0.1 + (1.9 * share)) : default);
                break;
            case TroubleKind.ClockSkew:
                Fault(trouble, new FaultRule(FaultKind.ClockSkew) { Value = (trouble.Value % 6_001) - 3_000 });
                break;
            case TroubleKind.StaleDepth:
                Fault(trouble, new FaultRule(FaultKind.StaleDepth) { Probability = probability });
                break;
            case TroubleKind.StaleAnswers:
                Fault(trouble, new FaultRule(FaultKind.StaleAnswer) { Probability = probability });
                break;
            case TroubleKind.PagesForAnswers:
                Fault(trouble, new FaultRule(FaultKind.NotJson) { Probability = probability });
                break;
            case TroubleKind.StrangeAnswers:
                Fault(
                    trouble, new FaultRule(FaultKind.FieldAdded) { Probability = 0.3 }, new FaultRule(FaultKind.BalanceEmpty) { Probability = 0.3 },
                    new FaultRule(FaultKind.ValueUnknown) { Probability = 0.3 });
                break;
            case TroubleKind.TradingHalt:
                Fault(trouble, new FaultRule(FaultKind.Halted) { Symbol = Symbol });
                break;
            case TroubleKind.TradesGarbled:
                var trades = $"{Symbol.ToLowerInvariant()}@aggTrade";
                Fault(
                    trouble, new FaultRule(FaultKind.EventLost) { Stream = trades, Probability = 0.1 },
                    new FaultRule(FaultKind.EventTwice) { Stream = trades, Probability = 0.1 },
                    new FaultRule(FaultKind.EventLate) { Stream = trades, Probability = 0.1, Value = 1 + (trouble.Value % 4) });
                break;
            case TroubleKind.FeedGap:
                Fault(trouble, [.. from stream in new[] { "aggTrade", "bookTicker", "markPrice@1s", "depth@100ms" }
                    select new FaultRule(FaultKind.EventLost) { Stream = $"{Symbol.ToLowerInvariant()}@{stream}" }]);
                break;
            case TroubleKind.OrderEventsLost:
                Fault(trouble, new FaultRule(FaultKind.EventLost) { Stream = "ORDER_TRADE_UPDATE", Probability = probability });
                break;
            case TroubleKind.OrderEventsTwice:
                Fault(trouble, new FaultRule(FaultKind.EventTwice) { Stream = "ORDER_TRADE_UPDATE", Probability = probability });
                break;
            case TroubleKind.OrderEventsLate:
                Fault(trouble, new FaultRule(FaultKind.EventLate) { Stream = "ORDER_TRADE_UPDATE", Probability = probability, Value = 1 + (trouble.Value % 3) });
                break;
            case TroubleKind.SocketsCut:
                for (var i = 0; i <= trouble.Value % 5; i++) Add(Now + (i * trouble.Lasts / 5), _world.CutStreams);
                break;
            case TroubleKind.ListenKeyLost:
                Fault(trouble, new FaultRule(FaultKind.ListenKeyLost) { Times = 1, Value = trouble.Value % 2 });
                break;
            case TroubleKind.ListenKeyClosed:
                _world.Rest.Handle(new RestCall("DELETE", "/fapi/v1/listenKey", "", "", "key", "elsewhere"));
                break;
            case TroubleKind.AccountBeforeOrder:
                Fault(trouble, new FaultRule(FaultKind.EventLate) { Stream = "ORDER_TRADE_UPDATE", Probability = probability, Value = 1 });
                break;
            case TroubleKind.Outage:
                During(trouble, on =>
                {
                    network.IsDown = on;
                    if (on) _world.CutStreams();
                });
                break;
            case TroubleKind.SlowDisk:
                During(trouble, on => network.JournalDelayMax = on ? TimeSpan.FromSeconds(0.01 + (1.5 * share)) : default);
                break;
            case TroubleKind.StuckGrain:
                Hang(trouble);
                break;
            case TroubleKind.SilentStream:
                var silent = new[] { "aggTrade", "bookTicker", "markPrice@1s" }[trouble.Value % 3];
                Fault(trouble, new FaultRule(FaultKind.EventLost) { Stream = $"{Symbol.ToLowerInvariant()}@{silent}" });
                break;
            case TroubleKind.Kill:
                Kill(trouble, Now.AddMinutes(5), openFor: 0);
                break;
            case TroubleKind.Rival:
                if (_world.Process is null || _first is not null) break;
                _first = _world.StartRival();
                Add(Now + TimeSpan.FromSeconds(1 + (trouble.Value % 20)), KillFirst);
                break;
            case TroubleKind.HandTrades:
                for (var i = 0; i <= trouble.Value % 4; i++)
                    Add(Now + (i * trouble.Lasts / 4), () => Hand(trouble.Value % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, 0.002m * (1 + (trouble.Value % 9))));
                break;
            case TroubleKind.HandOrder:
                Hand(OrderSide.Buy, 0.01m, decimal.Floor(_world.Core.GetMarkPrice(Symbol).Mark * 0.97m));
                break;
            case TroubleKind.PriceMove:
                Move((share - 0.5) * 0.3, trouble.Lasts);
                break;
            case TroubleKind.Liquidation:
                Hand(OrderSide.Buy, 25m);
                Move(-0.09, TimeSpan.FromMinutes(1));
                break;
            case TroubleKind.Halt:
                Operate("Halted", trouble);
                break;
            case TroubleKind.Flatten:
                Operate("Flatten", trouble);
                break;
            case TroubleKind.CancelAll:
                Ask(async () => await _world.Risk.CancelAll("drill"));
                break;
        }
    }

    /// <summary>At some turn from now on; with an odd number not before a position has been open for some seconds.</summary>
    private void Kill(Trouble trouble, DateTimeOffset latest, int openFor)
    {
        var isOpen = _world.Position(Symbol) != 0;
        if (trouble.Value % 2 == 1 && Now < latest && !(isOpen && openFor >= trouble.Value % 20))
        {
            Add(Now.AddSeconds(1), () => Kill(trouble, latest, isOpen ? openFor + 1 : 0));
            return;
        }

        if (_world.Silo is not { IsAlive: true } silo) return;
        _downtime = trouble.Lasts / 2;
        if (Now + trouble.Lasts + Recovery > _rules.TroubleUntil) _rules.TroubleUntil = Now + trouble.Lasts + Recovery;
        silo.CrashAtTurn(_world.Scheduler.TurnCount + 1 + (trouble.Value % 500));
    }

    /// <summary>Whether an engine that was killed lies there; it is buried and its successor ordered.</summary>
    private void Bury()
    {
        if (_world.Process is not { Silo.IsAlive: false }) return;
        KillFirst();
        _world.Crash();
        if (_isOver) return;
        _world.Evidence.Trace?.Invoke("the engine is dead");
        Add(Now + (_downtime ?? TimeSpan.Zero), _world.StartSilo);
        _downtime = null;
    }

    /// <summary>Long enough for the watchdog to act; an operator resumes what it has halted.</summary>
    private void Hang(Trouble trouble)
    {
        if (_world.Network.Snare.IsHolding) return;
        string[] calls =
        [
            $"append symbol/{Symbol}", $"append risk/{World.Account}", $"append execution/{World.Account}/{Symbol}", "GET /fapi/v1/openOrders",
            "POST /fapi/v1/order",
        ];
        _world.Network.Snare.Set(calls[trouble.Value % calls.Length]);
        var time = trouble.Lasts + TimeSpan.FromSeconds(30);
        if (Now + time + Recovery > _rules.TroubleUntil) _rules.TroubleUntil = Now + time + Recovery;
        Add(Now + time, _world.Network.Snare.Release);
        Add(Now + time + TimeSpan.FromSeconds(30), Resume);
    }

    private void KillFirst()
    {
        _first?.Kill();
        _first = null;
    }

    private void Fault(Trouble trouble, params FaultRule[] rules)
    {
        var (from, until) = (Now.ToUnixTimeMilliseconds(), (Now + trouble.Lasts).ToUnixTimeMilliseconds());
        _world.StreamProtocol.Faults.Add(new FaultScript(null, [.. rules.Select(r => r with { FromMs = from, UntilMs = until })]));
    }

    private void During(Trouble trouble, Action<bool> set)
    {
        set(true);
        Add(Now + trouble.Lasts, () => set(false));
    }

    private void Move(double share, TimeSpan time) =>
        _moves[Symbol].Add(new SyntheticMove(Now.ToUnixTimeMilliseconds() + 1, Math.Max(1_000, (long)time.TotalMilliseconds), share));

    private void Hand(OrderSide side, decimal quantity, decimal? limit = null)
    {
        try
        {
            _world.TradeByHand($"{Evidence.Hand}{++_hand}", side, quantity, limit);
        }
        catch (Exchange.Contracts.ExchangeException)
        {
            // A person is refused as anybody is: no margin left, price band.
        }
    }

    private void Operate(string command, Trouble trouble)
    {
        var isDone = Ask(async () => _ = command == "Flatten" ? await _world.Risk.Flatten("drill", "operator") : await _world.Risk.SetState(command, "drill", "operator"));
        if (!isDone) return;
        _world.Exposure.OnStopped(true);
        Add(Now + trouble.Lasts + TimeSpan.FromMinutes(3), Resume);
    }

    private void Resume()
    {
        _world.Exposure.OnStopped(false);
        if (!Ask(async () => await _world.Risk.SetState("Active", "the drill is over", "operator"))) Add(Now + TimeSpan.FromSeconds(10), Resume);
    }

    /// <summary>An operator's call; one that is not answered is an outcome that nobody knows.</summary>
    private bool Ask(Func<Task> call)
    {
        if (_world.Process is null) return false;
        try
        {
            _world.Scheduler.Run(call, TimeSpan.FromSeconds(60));
            return true;
        }
        catch (Exception e) when (e is not Orleans.Embedded.Simulation.SimulationException)
        {
            return false;
        }
    }
}
