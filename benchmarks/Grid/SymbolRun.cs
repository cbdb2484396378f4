using Granary.Engine.Grid;
using Granary.Engine.Margin;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Grid;

/// <summary>One symbol: a grid with its standing approval over a venue that answers at once and fills what the price reaches.</summary>
internal sealed class SymbolRun
{
    private const decimal Tick = 0.1m;

    private readonly MakerGrid _grid;
    private readonly StandingOrders _standing = new();
    private readonly Random _random;
    private readonly List<ActualOrder> _orders = [];
    private double _price = 60_000;
    private long _number;
    private ActualOrder[] _actual = [];

    public SymbolRun(RiskGate gate, string symbol, int rungs, int perMinute, int seed)
    {
        _random = new Random(seed);
        var rules = new SymbolRules(symbol, "TRADING", Tick, 0.001m, 0.001m, 1_000, 500, 5, 1, 1_000_000, 1.05m, 0.95m, 200, 1, 3);
        _grid = new MakerGrid(new GridOptions { OrdersMax = rungs, LongLimitFraction = 1.1m, LookbackBars = 24 }, rules, LeverageBrackets.Flat(symbol, 0.004m));
        _grid.OnEquity(1_000_000);
        _grid.OnBar(60_000, 55_000);
        var decision = gate.Stand(
            new StandingRequest(gate.Account, symbol, RungOrderId.Strategy, true, false, 1_000_000, 5, rungs, perMinute, long.MaxValue),
            new MarketContext(rules, 60_000, null, null, 60_000, 0, 1));
        _standing.Renew(decision.Approved ?? throw new InvalidOperationException($"{decision.Refusal}"));
        _grid.OnBudget(decision.Approved.Value.LongNotionalMax, rungs);
        _grid.OnQuote(Price(-1), Price(1), Price(0));
        _grid.Plan([]);
        _grid.OnLeverage(_grid.LeverageTarget);
    }

    /// <summary>Orders and amendments that left.</summary>
    public long Sent { get; private set; }

    /// <summary>Cancels, which the venue's order limits do not count.</summary>
    public long Cancels { get; private set; }

    /// <summary>Plans that the rate held back until later.</summary>
    public long HeldBack { get; private set; }

    public long Fills { get; private set; }

    /// <summary>A step of the market, a plan, and what is sent of it.</summary>
    /// <returns>What the plan took: desired orders, diff against the actual ones; timestamp ticks.</returns>
    public long Requote(long nowMs)
    {
        _price *= Math.Exp((_random.NextDouble() - 0.5) * 0.0006);
        var (bidE8, askE8) = (Price(-1), Price(1));
        Fill(bidE8, askE8);
        if (_actual.Length != _orders.Count) _actual = new ActualOrder[_orders.Count];
        _orders.CopyTo(_actual);
        _grid.OnQuote(bidE8, askE8, Price(0));
        var begin = TimeProvider.System.GetTimestamp();
        var commands = _grid.Plan(_actual);
        var ticks = TimeProvider.System.GetTimestamp() - begin;
        foreach (ref readonly var command in commands)
            if (!Send(in command, nowMs)) break;
        return ticks;
    }

    private long Price(int ticks) => Fixed8.FromDecimal((decimal.Round((decimal)_price / Tick) + ticks) * Tick);

    private void Fill(long bidE8, long askE8)
    {
        for (var i = _orders.Count - 1; i >= 0; i--)
        {
            var order = _orders[i];
            if (order.Side == OrderSide.Buy ? order.PriceE8 < askE8 : order.PriceE8 > bidE8) continue;
            _orders.RemoveAt(i);
            _grid.OnFill(order.Id, order.QuantityE8, order.PriceE8, 0, isMaker: true);
            _grid.OnClosed(order.Id);
            Fills++;
        }
    }

    private bool Send(in GridCommand command, long nowMs)
    {
        var id = command.Id;
        if (command.Kind == GridCommandKind.Cancel)
        {
            _orders.RemoveAll(order => order.Id == id);
            _grid.OnClosed(id);
            Cancels++;
            return true;
        }

        var ladder = _grid.Ladders[0];
        if (id == 0) id = _number + 1;
        var draft = new StandingDraft(
            _grid.NameOf(in command)!.Value.Purpose, _grid.NameOf(in command)!.Value.Rung, id, command.Side, Fixed8.ToDecimal(command.QuantityE8),
            Fixed8.ToDecimal(_grid.OpeningE8(in command)), command.PriceE8 > 0 ? Fixed8.ToDecimal(command.PriceE8) : null, command.IsReduceOnly, null);
        var use = new StandingUse(
            command.Side == OrderSide.Buy ? ladder.EntryValue : 0, 0, command.Side == OrderSide.Buy ? 0 : Fixed8.ToDecimal(ladder.HeldE8), _orders.Count);
        if (!_standing.TryMint(in draft, in use, nowMs, out _, out _))
        {
            HeldBack++;
            return false;
        }

        Sent++;
        _number = Math.Max(_number, id);
        _grid.Sent(in command, id);
        if (command.Kind == GridCommandKind.Close)
        {
            _grid.OnFill(id, command.QuantityE8, Price(0), 0, isMaker: false);
            _grid.OnClosed(id);
            return true;
        }

        var at = _orders.FindIndex(order => order.Id == id);
        var resting = new ActualOrder(id, command.Side, command.PriceE8, command.QuantityE8, IsPending: false);
        if (at >= 0) _orders[at] = resting;
        else _orders.Add(resting);
        _grid.OnRested(id);
        return true;
    }
}
