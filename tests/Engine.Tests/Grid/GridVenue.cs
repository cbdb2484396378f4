using Granary.Engine.Grid;
using Granary.Engine.Margin;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Grid;

/// <summary>A venue of one symbol that fills what the price reaches, can fail on command, and holds the grid to its promises after every step.</summary>
internal sealed class GridVenue(MakerGrid grid, GridOptions options, SymbolRules rules, LeverageBrackets brackets, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Order> _orders = [];
    private readonly List<Action> _undelivered = [];
    private long _lastId;
    private long _position;
    private decimal _price = 100;
    private decimal _undeliveredPosition;

    public sealed record Order(long Id, OrderSide Side, bool IsReduceOnly)
    {
        public long PriceE8 { get; set; }

        public long QuantityE8 { get; set; }

        /// <summary>Whether the answer to the last command for it was lost.</summary>
        public bool IsUnknown { get; set; }
    }

    public MakerGrid Grid { get; private set; } = grid;

    public IReadOnlyList<Order> Orders => _orders;

    public int Commands { get; private set; }

    public long Position => _position;

    public static SymbolRules Rules(decimal tick = 0.01m, decimal step = 0.001m, decimal notionalMin = 5) =>
        new("BTCUSDT", "TRADING", tick, step, step, 1_000_000, 1_000_000, notionalMin, tick, 1_000_000, 5, 0.2m, 200, 2, 3);

    public static GridVenue Open(GridOptions options, int seed = 1, decimal equity = 50_000, SymbolRules? rules = null, LeverageBrackets? brackets = null)
    {
        rules ??= Rules();
        brackets ??= LeverageBrackets.Flat("BTCUSDT", 0.004m);
        var grid = new MakerGrid(options, rules, brackets);
        grid.OnEquity(equity);
        return new GridVenue(grid, options, rules, brackets, seed);
    }

    /// <summary>Goes to a price; fills what it reaches, in any order, whole or in parts.</summary>
    public GridVenue Quote(decimal price, bool isHeard = true, bool isPartial = false)
    {
        _price = decimal.Round(price, 2);
        var (bidE8, askE8) = (Fixed8.FromDecimal(_price - 0.01m), Fixed8.FromDecimal(_price + 0.01m));
        if (isHeard) Grid.OnQuote(bidE8, askE8, Fixed8.FromDecimal(_price));
        bool IsReached(Order order) => order.Side == OrderSide.Buy ? order.PriceE8 >= askE8 : order.PriceE8 <= bidE8;
        var reached = _orders.Where(IsReached).OrderBy(_ => _random.Next()).ToList();
        foreach (var order in reached)
        {
            var quantityE8 = isPartial && _random.Next(2) == 0 ? Math.Max(order.QuantityE8 / 200_000 * 100_000, 100_000) : order.QuantityE8;
            Fill(order, quantityE8, isHeard);
        }
        if (isHeard) Check();
        return this;
    }

    /// <summary>Plans and sends, until a command fails.</summary>
    /// <param name="failEvery">One in how many commands is lost or rejected; 0 for none.</param>
    public GridVenue Cycle(int failEvery = 0)
    {
        foreach (var command in Grid.Plan(Actual()).ToArray())
        {
            Commands++;
            if (failEvery > 0 && _random.Next(failEvery) == 0)
            {
                Fail(command);
                Check();
                return this;
            }
            Execute(command);
            Check();
        }
        return Relever();
    }

    /// <summary>Cycles until there is nothing to do.</summary>
    public GridVenue Settle()
    {
        for (var i = 0; i < 50; i++)
        {
            var (commands, leverage) = (Commands, Grid.Leverage);
            Cycle();
            if (Commands == commands && leverage == Grid.Leverage) return this;
        }
        throw new InvalidOperationException("the grid does not come to rest");
    }

    /// <summary>By hand: cancels some orders without telling.</summary>
    public GridVenue CancelByHand(int oneIn)
    {
        _orders.RemoveAll(_ => _random.Next(oneIn) == 0);
        return this;
    }

    /// <summary>By hand: changes quantities and prices without telling.</summary>
    public GridVenue ChangeByHand(int oneIn)
    {
        foreach (var order in _orders.Where(_ => _random.Next(oneIn) == 0))
        {
            // Only to less and to worse: what is more exposure is not the grid's to prevent.
            order.QuantityE8 = Math.Max(order.QuantityE8 / 200_000 * 100_000, 100_000);
            if (order.Side == OrderSide.Buy) order.PriceE8 -= 10_000_000;
        }
        return this;
    }

    /// <summary>By hand: adds an order under the grid's name.</summary>
    public GridVenue AddByHand(bool isReduceOnly = true)
    {
        _orders.Add(new Order(++_lastId, OrderSide.Sell, isReduceOnly) { PriceE8 = Fixed8.FromDecimal(_price * 3), QuantityE8 = 100_000 });
        return this;
    }

    /// <summary>Plans and sends; some commands reach the venue and some do not, and no answer comes back from any.</summary>
    public GridVenue LoseAnswers()
    {
        foreach (var command in Grid.Plan(Actual()).ToArray())
        {
            // What grows is sent when what comes before was answered.
            if (command.Kind == GridCommandKind.Close || (command.IsGrowing && Commands > 0 && _orders.Exists(order => order.IsUnknown))) break;
            Commands++;
            var id = command.Kind == GridCommandKind.Place ? ++_lastId : command.Id;
            if (command.Kind != GridCommandKind.Cancel) Grid.Sent(command, id);
            var reaches = _random.Next(2) == 0 && !IsCrossing(command);
            var order = _orders.Find(order => order.Id == id);
            if (order is not null) order.IsUnknown = true;
            if (!reaches) continue;
            if (command.Kind == GridCommandKind.Cancel) _orders.RemoveAll(order => order.Id == id);
            else if (order is not null) (order.PriceE8, order.QuantityE8) = (command.PriceE8, command.QuantityE8);
            else _orders.Add(new Order(id, command.Side, command.IsReduceOnly) { PriceE8 = command.PriceE8, QuantityE8 = command.QuantityE8, IsUnknown = true });
        }
        Check();
        return this;
    }

    /// <summary>By hand, as a flatten does it: all orders are cancelled, a part of the position is closed at market, and the grid hears that both are gone.</summary>
    public GridVenue ReduceByHand()
    {
        _orders.Clear();
        foreach (var ladder in Grid.Ladders)
        {
            var quantityE8 = ladder.HeldE8 / 200_000 * 100_000;
            if (quantityE8 == 0) continue;
            _position -= (int)ladder.Side * quantityE8;
            Grid.OnReduced((OrderSide)(-(int)ladder.Side), quantityE8, Fixed8.FromDecimal(_price)).ShouldBe(0);
        }
        Grid.Synchronize([]);
        Check();
        return this;
    }

    /// <summary>After a cut: what was not heard is told, then what rests, then how the orders without an answer stand.</summary>
    public GridVenue Reconnect()
    {
        foreach (var deliver in _undelivered) deliver();
        _undelivered.Clear();
        Grid.Synchronize(Actual());
        foreach (var order in _orders.Where(order => order.IsUnknown))
        {
            order.IsUnknown = false;
            Grid.OnRested(order.Id);
        }
        return this;
    }

    /// <summary>Goes on with a grid read from a snapshot.</summary>
    public GridVenue Restart()
    {
        var bytes = Bytes(Grid);
        var reader = new SnapshotReader(bytes);
        var restored = MakerGrid.Read(ref reader, options, rules, brackets);
        reader.AtEnd.ShouldBeTrue();
        Bytes(restored).ShouldBe(bytes);
        restored.Plan(Actual()).ToArray().ShouldBe(Grid.Plan(Actual()).ToArray());
        Bytes(restored).ShouldBe(Bytes(Grid));
        Grid = restored;
        return this;
    }

    public static byte[] Bytes(MakerGrid grid)
    {
        var writer = new SnapshotWriter();
        grid.Write(writer);
        return writer.ToArray();
    }

    public ActualOrder[] Actual() => [.. _orders.Select(order => new ActualOrder(order.Id, order.Side, order.PriceE8, order.QuantityE8, order.IsUnknown))];

    /// <summary>What the grid promises.</summary>
    public void Check()
    {
        var (held, status) = (0m, Grid.Status());
        foreach (var ladder in Grid.Ladders)
        {
            var rungs = Enumerable.Range(0, ladder.Count).Select(ladder.View).ToList();
            var sum = rungs.Sum(rung => rung.Held);
            sum.ShouldBe(Fixed8.ToDecimal(ladder.HeldE8));
            held += (int)ladder.Side * sum;
            rungs.Count(rung => rung.Held > 0).ShouldBe(ladder.HeldCount);
            rungs.Sum(rung => rung.Held * (rung.EntryPrice ?? 0)).ShouldBe(ladder.Cost, 1e-9m);

            var takeProfits = rungs.Where(rung => rung.Held > 0).Select(rung => rung.TakeProfit!.Value).ToList();
            takeProfits.Distinct().Count().ShouldBe(takeProfits.Count, "two take-profits are on one level");
            foreach (var rung in rungs.Where(rung => rung.Held > 0))
            {
                ((int)ladder.Side * (rung.TakeProfit!.Value - rung.Price)).ShouldBeGreaterThan(0);
                ((int)ladder.Side * (ladder.Range.Limit - rung.TakeProfit.Value)).ShouldBeGreaterThanOrEqualTo(0, "the limit caps the take-profit");
            }
            if (ladder.HeldE8 > 0 && ladder.LiquidationLine(Grid.Leverage) is { } line)
                ((int)ladder.Side * (ladder.StopPrice - line)).ShouldBeGreaterThanOrEqualTo(0, "the liquidation price is not beyond the stop");
        }
        held.ShouldBe(Fixed8.ToDecimal(_position) - _undeliveredPosition);
        if (Grid.Leverage > 0 && _undelivered.Count == 0)
        {
            var entries = 0m;
            foreach (var order in _orders)
            {
                var rungs = Grid.Ladders.SelectMany(ladder => Enumerable.Range(0, ladder.Count).Select(ladder.View));
                var closing = rungs.Where(rung => rung.ExitOrderId == order.Id).Sum(rung => rung.Held);
                entries += order.IsReduceOnly ? 0 : Math.Max(Fixed8.ToDecimal(order.QuantityE8) - closing, 0) * Fixed8.ToDecimal(order.PriceE8);
            }
            (status.MarginUsed + (entries / Grid.Leverage)).ShouldBeLessThanOrEqualTo(Grid.MarginMax);
        }
        status.UnexpectedTakerNotional.ShouldBe(0);
        status.Unattributed.ShouldBe(0);
    }

    private GridVenue Relever()
    {
        if (Grid.Leverage == Grid.LeverageTarget) return this;
        if (Grid.LeverageTarget < Grid.Leverage) _position.ShouldBe(0, "the venue lowers no leverage under a position");
        Grid.OnLeverage(Grid.LeverageTarget);
        Check();
        return this;
    }

    private void Execute(in GridCommand command)
    {
        var (id, isCrossing) = (command.Id, IsCrossing(command));
        switch (command.Kind)
        {
            case GridCommandKind.Cancel:
                _orders.RemoveAll(order => order.Id == id);
                Grid.OnClosed(id);
                break;
            case GridCommandKind.Amend:
                Grid.Sent(command, id);
                var amended = _orders.Single(order => order.Id == id);
                amended.Side.ShouldBe(command.Side);
                if (isCrossing)
                {
                    Grid.OnAmendRejected(id, isCrossing: true);
                    break;
                }
                (amended.PriceE8, amended.QuantityE8) = (command.PriceE8, command.QuantityE8);
                Grid.OnRested(id);
                break;
            case GridCommandKind.Place:
                Grid.Sent(command, ++_lastId);
                if (isCrossing)
                {
                    Grid.OnRejected(_lastId, isCrossing: true);
                    break;
                }
                (command.PriceE8 % 1_000_000).ShouldBe(0);
                (command.QuantityE8 % 100_000).ShouldBe(0);
                var notional = Fixed8.ToDecimal(command.PriceE8) * Fixed8.ToDecimal(command.QuantityE8);
                (command.IsReduceOnly || notional >= rules.NotionalMin).ShouldBeTrue();
                _orders.Add(new Order(_lastId, command.Side, command.IsReduceOnly) { PriceE8 = command.PriceE8, QuantityE8 = command.QuantityE8 });
                _orders.Count.ShouldBeLessThanOrEqualTo(Math.Min(options.OrdersMax, rules.OrdersMax));
                Grid.OnRested(_lastId);
                break;
            default:
                Grid.Sent(command, ++_lastId);
                var priceE8 = Fixed8.FromDecimal(_price - ((int)command.Side * -0.01m));
                _position += (int)command.Side * command.QuantityE8;
                Grid.OnFill(_lastId, command.QuantityE8, priceE8, 0, isMaker: false).ShouldBeTrue();
                Grid.OnClosed(_lastId);
                break;
        }
    }

    /// <summary>A command is lost on the way, or the venue rejects it.</summary>
    private void Fail(in GridCommand command)
    {
        if (command.Kind is not (GridCommandKind.Place or GridCommandKind.Amend)) return;
        var id = command.Kind == GridCommandKind.Place ? ++_lastId : command.Id;
        Grid.Sent(command, id);
        if (command.Kind == GridCommandKind.Place) Grid.OnRejected(id, isCrossing: _random.Next(2) == 0);
        else Grid.OnAmendRejected(id, isCrossing: _random.Next(2) == 0);
    }

    private bool IsCrossing(in GridCommand command) => command.Kind is GridCommandKind.Amend or GridCommandKind.Place && (command.Side == OrderSide.Buy
        ? command.PriceE8 >= Fixed8.FromDecimal(_price + 0.01m)
        : command.PriceE8 <= Fixed8.FromDecimal(_price - 0.01m));

    private void Fill(Order order, long quantityE8, bool isHeard)
    {
        quantityE8 = Math.Min(quantityE8, order.QuantityE8);
        order.QuantityE8 -= quantityE8;
        _position += (int)order.Side * quantityE8;
        var isDone = order.QuantityE8 == 0;
        if (isDone) _orders.Remove(order);
        var signed = (int)order.Side * Fixed8.ToDecimal(quantityE8);
        void Deliver()
        {
            Grid.OnFill(order.Id, quantityE8, order.PriceE8, 0, isMaker: true).ShouldBeTrue();
            if (isDone) Grid.OnClosed(order.Id);
        }
        if (isHeard)
        {
            Deliver();
            return;
        }
        _undeliveredPosition += signed;
        _undelivered.Add(() =>
        {
            Deliver();
            _undeliveredPosition -= signed;
        });
    }
}
