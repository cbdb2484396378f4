using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Accounts.MarginRig;

namespace Granary.Exchange.Tests.Accounts;

/// <summary>
/// A short random session: accounts in both position modes and margin types trade with a maker around marks that wander and crash; money comes and goes.
/// After every action everything that must hold is checked.
/// </summary>
internal sealed class MarginSession
{
    private static readonly string[] s_accounts = ["a", "b", "c", "d"];
    private static readonly string[] s_symbols = [X, Y];

    private readonly SeededRandom _random;
    private readonly RecordedEvents _events = new(keepsAll: false);
    private readonly MarkedMarket _market = new(100m);
    private readonly ExchangeCore _exchange;
    private readonly Dictionary<string, decimal> _marks = new() { [X] = 100m, [Y] = 100m };

    public MarginSession(ulong seed)
    {
        _random = new SeededRandom(seed);
        var brackets = BracketCatalog.Table((50, 20_000m, 0.01m), (20, 100_000m, 0.025m), (10, 1_000_000m, 0.05m), (5, 1_000_000_000m, 0.1m));
        _exchange = Exchanges.Open(
            new ExchangeOptions
            {
                Symbols = [Rules(X), Rules(Y)],
                Accounts = [.. s_accounts.Select(a => new ExchangeAccount(a, "k" + a, "s", 2_000m)), new("mm", "km", "s", 1_000_000_000m)],
                Brackets = new Dictionary<string, IReadOnlyList<LeverageBracket>> { [X] = brackets },
                Leverage = 20,
                InsuranceFund = _random.Between(0, 2) * 500m,
            },
            _ => _market,
            _events);
        _exchange.SetLeverage("mm", X, 5);
        foreach (var account in s_accounts)
        {
            if (_random.Between(0, 1) == 0) _exchange.SetHedgeMode(account, true);
            foreach (var symbol in s_symbols)
                if (_random.Between(0, 1) == 0) _exchange.SetMarginType(account, symbol, MarginType.Isolated);
        }
    }

    public int Liquidations { get; private set; }

    public int HandOvers { get; private set; }

    public int Deleveragings { get; private set; }

    public int Predicted { get; private set; }

    public void Run(int actions)
    {
        for (var i = 0; i < actions; i++)
        {
            Act();
            Check();
        }
        _exchange.ShouldAddUp([.. s_accounts, "mm"]);
        var outside = _events.Orders.Where(o => o.Execution.Kind == "CALCULATED").Select(o => o.Execution.Fill!).ToArray();
        HandOvers = outside.Length;
        Deleveragings = _events.Orders.Count(o => o.Execution is { Kind: "CALCULATED", Order.Origin: OrderOrigin.Deleveraging });
        foreach (var symbol in s_symbols)
        {
            // In the book every buyer has a seller; what went to the fund is all that does not net.
            var open = s_accounts.Append("mm").Sum(a => _exchange.GetPositions(a, symbol).Sum(p => p.Quantity));
            open.ShouldBe(outside.Where(f => f.Symbol == symbol).Sum(f => (int)f.Side * f.Quantity));
        }
        _exchange.Dispose();
    }

    private void Act()
    {
        var account = s_accounts[_random.Between(0, s_accounts.Length - 1)];
        var symbol = s_symbols[_random.Between(0, 1)];
        try
        {
            switch (_random.Between(0, 11))
            {
                case <= 2: Move(symbol); break;
                case <= 5: Quote(symbol); break;
                case 6: _exchange.Transfer(account, _random.Between(-300, 300)); break;
                case 7: _exchange.SetLeverage(account, symbol, (int)_random.Between(1, 55)); break;
                case 8: MoveMargin(account, symbol); break;
                default: _exchange.Place(account, Order(account, symbol)); break;
            }
        }
        catch (ExchangeException e)
        {
            // The venue refuses; it never breaks.
            e.Code.ShouldNotBe(-1001);
        }
    }

    private void Move(string symbol)
    {
        var dice = _random.Between(0, 19);
        var change = dice == 0 ? _random.Between(-400, 400) : dice <= 4 ? _random.Between(-80, 80) : _random.Between(-10, 10);
        var mark = Math.Clamp(decimal.Round(_marks[symbol] * (1000m + change) / 1000m, 4), 20m, 500m);
        _marks[symbol] = mark;
        var expected = s_accounts.ToDictionary(a => a, a => Predict(a, symbol, mark));
        var orders = _events.Orders.Count;
        var fundings = _exchange.GetFundingRates(symbol, 0, long.MaxValue, 100).Count;
        _market.Move(_exchange, symbol, mark, _random.Between(0, 9) == 0 ? 30_000_000 : 1000, _random.Between(-20, 20) * 0.0001m);
        if (fundings != _exchange.GetFundingRates(symbol, 0, long.MaxValue, 100).Count) return;
        var happened = _events.Orders.Skip(orders).ToArray();
        foreach (var account in s_accounts)
        {
            var own = happened.Where(o => o.Account == account).Select(o => o.Execution).ToArray();
            var isLiquidated = own.Any(e => e.Order.Origin == OrderOrigin.Liquidation);
            var isMoved = own.Any(e => e.Fill is not null && e.Order.Origin != OrderOrigin.Liquidation);
            if (isLiquidated) Liquidations++;
            // Fills against other accounts' liquidations move an account within the same step.
            if (expected[account] is not { } due || isMoved) continue;
            isLiquidated.ShouldBe(due, $"{account} at {mark}");
            if (due) Predicted++;
        }
    }

    /// <summary>Whether the published formula liquidates the account at this mark; null where its one price does not decide (two legs crossed).</summary>
    private bool? Predict(string account, string symbol, decimal mark)
    {
        var positions = _exchange.GetPositions(account, symbol).Where(p => p.Quantity != 0).ToArray();
        if (positions.Length > 1 && positions[0].MarginType == MarginType.Crossed) return null;
        return positions.Any(p => p.LiquidationPrice != 0 && (p.Quantity > 0 ? mark <= p.LiquidationPrice : mark >= p.LiquidationPrice));
    }

    /// <summary>The maker's orders around the mark; sparse on purpose, so that liquidations do not always find takers.</summary>
    private void Quote(string symbol)
    {
        _exchange.CancelAll("mm", symbol);
        for (var i = 1; i <= 3; i++)
        {
            foreach (var side in (OrderSide[])[OrderSide.Buy, OrderSide.Sell])
            {
                var price = decimal.Round(_marks[symbol] * (1 - ((int)side * i * 0.002m)), 2);
                _exchange.Place("mm", new NewOrder(symbol, side, OrderType.Limit, TimeInForce.Gtc, _random.Between(1, 200), price, false, null));
            }
        }
    }

    private NewOrder Order(string account, string symbol)
    {
        var isHedged = _exchange.IsHedgeMode(account);
        var side = _random.Between(0, 1) == 0 ? OrderSide.Buy : OrderSide.Sell;
        var position = isHedged ? (PositionSide)_random.Between(1, 2) : PositionSide.Both;
        var quantity = _random.Between(1, 300_000) / 1000m;
        var isMarket = _random.Between(0, 2) == 0;
        var price = isMarket ? 0 : decimal.Round(_marks[symbol] * (1000 + _random.Between(-6, 6)) / 1000m, 2);
        return new NewOrder(
            symbol, side, isMarket ? OrderType.Market : OrderType.Limit, TimeInForce.Gtc, quantity, price, !isHedged && _random.Between(0, 4) == 0, null)
        {
            PositionSide = position,
        };
    }

    private void MoveMargin(string account, string symbol)
    {
        var side = _exchange.IsHedgeMode(account) ? (PositionSide)_random.Between(1, 2) : PositionSide.Both;
        _exchange.MovePositionMargin(account, symbol, side, _random.Between(-200, 200));
    }

    private void Check()
    {
        _exchange.GetTotals().Difference.ShouldBe(0);
        foreach (var account in s_accounts)
        {
            var positions = _exchange.GetPositions(account, null).Where(p => p.Quantity != 0).ToArray();
            var wallet = _exchange.GetWallet(account);
            var crossed = positions.Where(p => p.MarginType == MarginType.Crossed).ToArray();
            if (crossed.Length != 0)
                (wallet.CrossBalance + wallet.CrossUnrealizedPnl).ShouldBeGreaterThan(crossed.Sum(p => p.MaintenanceMargin));
            foreach (var position in positions.Except(crossed)) position.IsolatedMargin.ShouldBeGreaterThan(position.MaintenanceMargin);
            (wallet.Balance - wallet.CrossBalance).ShouldBe(positions.Sum(p => p.IsolatedWallet));
            if (positions.Length == 0) wallet.Balance.ShouldBeGreaterThanOrEqualTo(0);
            positions.All(p => p.PositionSide switch { PositionSide.Long => p.Quantity > 0, PositionSide.Short => p.Quantity < 0, _ => true }).ShouldBeTrue();
        }
    }
}
