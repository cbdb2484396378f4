using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Doubles.Exchanges;

namespace Granary.Exchange.Tests.Accounts;

public sealed class AccountingTests
{
    /// <summary>What account a pays as a taker.</summary>
    private const decimal Fee = 0.0004m;

    private readonly RecordedEvents _events = new();
    private readonly ExchangeCore _exchange;

    public AccountingTests() => _exchange = Book(_events);

    [Fact]
    public void Fills_book_entry_fee_and_realised_pnl_of_both_sides()
    {
        _exchange.Place("a", Limit(OrderSide.Sell, 100m, 2m));
        _exchange.Place("b", Limit(OrderSide.Buy, 100m, 1m)).Status.ShouldBe(OrderStatus.Filled);
        _exchange.Place("b", Limit(OrderSide.Buy, 100m, 1m));
        _exchange.Place("a", Limit(OrderSide.Buy, 99m, 1m));
        _exchange.Place("b", Market(OrderSide.Sell, 1m));
        // a: sold 2 at 100 as maker, bought 1 at 99 as maker. b: bought 2 as taker, sold 1 as taker.
        var a = _exchange.GetWallet("a");
        var b = _exchange.GetWallet("b");
        (a.RealizedPnl, a.Fees).ShouldBe((1m, (200m + 99m) * 0.0002m));
        (b.RealizedPnl, b.Fees).ShouldBe((-1m, (200m + 99m) * 0.0004m));
        var position = _exchange.GetPositions("a", Symbol).Single();
        (position.Quantity, position.EntryPrice).ShouldBe((-1m, 100m));
        _exchange.ShouldAddUp("a", "b");
        _exchange.ShouldBeZeroSum("a", "b");
    }

    [Fact]
    public void Entry_price_is_volume_weighted_and_stays_on_a_decrease()
    {
        Trade(OrderSide.Buy, 100m, 1m);
        Trade(OrderSide.Buy, 103m, 2m);
        Position().EntryPrice.ShouldBe(102m);
        Trade(OrderSide.Sell, 105m, 1m);
        Position().EntryPrice.ShouldBe(102m);
        _exchange.GetWallet("a").RealizedPnl.ShouldBe(3m);
    }

    [Fact]
    public void A_flip_closes_everything_and_opens_at_the_fill()
    {
        Trade(OrderSide.Buy, 100m, 1m);
        Trade(OrderSide.Sell, 104m, 3m);
        (Position().Quantity, Position().EntryPrice).ShouldBe((-2m, 104m));
        _exchange.GetWallet("a").RealizedPnl.ShouldBe(4m);
    }

    [Fact]
    public void The_break_even_price_carries_the_commission_of_what_is_open()
    {
        Trade(OrderSide.Buy, 100m, 1m);
        Position().BreakEvenPrice.ShouldBe(100m * (1 + Fee));
        Trade(OrderSide.Buy, 103m, 2m);
        Position().BreakEvenPrice.ShouldBe(102m * (1 + Fee));
        Trade(OrderSide.Sell, 105m, 1m);
        Position().BreakEvenPrice.ShouldBe(102m * (1 + Fee), "what closes takes its share along");
        Trade(OrderSide.Sell, 104m, 4m);
        (Position().Quantity, Position().BreakEvenPrice).ShouldBe((-2m, 104m * (1 - Fee)));
        Position().RealizedPnl.ShouldBe(3m + (2 * 2m));
    }

    [Fact]
    public void Realised_pnl_of_a_position_outlives_it()
    {
        Trade(OrderSide.Buy, 100m, 1m);
        Trade(OrderSide.Sell, 104m, 1m);
        Trade(OrderSide.Sell, 104m, 1m);
        (Position().RealizedPnl, Position().BreakEvenPrice).ShouldBe((4m, 104m * (1 - Fee)));
        Trade(OrderSide.Buy, 105m, 1m);
        Trade(OrderSide.Buy, 105m, 1m);
        Position().RealizedPnl.ShouldBe(_exchange.GetWallet("a").RealizedPnl);
    }

    [Fact]
    public void A_cost_that_does_not_divide_leaves_nothing_behind()
    {
        Trade(OrderSide.Buy, 100m, 1m);
        Trade(OrderSide.Buy, 100.1m, 2m);
        for (var i = 0; i < 3; i++) Trade(OrderSide.Sell, 100.3m, 1m);
        // 3 x 100.3 - 100 - 200.2, whatever the thirds were rounded to on the way.
        _exchange.GetWallet("a").RealizedPnl.ShouldBe(0.7m);
        _exchange.GetPositions("a", Symbol).ShouldBeEmpty();
        _exchange.ShouldAddUp("a", "b");
    }

    [Fact]
    public void Events_of_a_fill_come_as_trade_account_order()
    {
        _exchange.Place("a", Limit(OrderSide.Sell, 100m, 1m));
        _events.Lines.Clear();
        _exchange.Place("b", Limit(OrderSide.Buy, 100m, 1m, id: "mine"));
        _events.Lines.Select(l => string.Join(' ', l.Split(' ').Take(2))).ShouldBe(
            ["order b", $"trade {Symbol}", "account a", "order a", "account b", "order b", $"ticker {Symbol}"]);
        var fill = _events.Orders.Last().Execution.Fill.ShouldNotBeNull();
        (fill.ClientOrderId, fill.IsMaker, fill.TradeId).ShouldBe(("mine", false, 1L));
        _events.Accounts.Last().Change.Wallet.ShouldBe(_exchange.GetWallet("b"));
    }

    [Fact]
    public void Fills_of_one_order_at_one_price_are_one_public_trade()
    {
        _exchange.Place("a", Limit(OrderSide.Sell, 100m, 1m));
        _exchange.Place("a", Limit(OrderSide.Sell, 100m, 1m));
        _exchange.Place("a", Limit(OrderSide.Sell, 101m, 1m));
        _exchange.Place("b", Limit(OrderSide.Buy, 101m, 2.5m));
        _events.Trades.Select(t => (t.Trade.Id, t.Trade.Price, t.Trade.Quantity, t.Trade.FirstTradeId, t.Trade.TradeCount, t.Trade.IsBuyerMaker))
            .ShouldBe([(1L, 100m, 2m, 1L, 2, false), (2L, 101m, 0.5m, 3L, 1, false)]);
        _exchange.GetUserTrades("b", Symbol, 2, 10).Select(f => f.TradeId).ShouldBe([2L, 3L]);
        _exchange.GetUserTrades("b", Symbol, -1, 1).Select(f => f.TradeId).ShouldBe([3L]);
        _exchange.GetAggTrades(Symbol, -1, 1).Single().Id.ShouldBe(2);
    }

    [Fact]
    public void Margin_numbers_follow_from_mark_leverage_and_rate()
    {
        Trade(OrderSide.Buy, 100m, 10m);
        _exchange.Place("a", Limit(OrderSide.Buy, 95m, 10m));
        var position = Position();
        (position.InitialMargin, position.MaintenanceMargin, position.OpenOrderMargin).ShouldBe((50m, 5m, 47.5m));
        var wallet = _exchange.GetWallet("a");
        wallet.Available.ShouldBe(wallet.Balance - 97.5m);
        // At the liquidation price the margin balance equals the maintenance margin.
        var price = position.LiquidationPrice;
        price.ShouldBe(0);
        Trade(OrderSide.Buy, 100m, 500m);
        Trade(OrderSide.Buy, 100m, 500m);
        price = Position().LiquidationPrice;
        price.ShouldBeGreaterThan(0);
        var quantity = Position().Quantity;
        var balance = _exchange.GetWallet("a").Balance + (quantity * (price - Position().EntryPrice));
        Math.Abs(balance - (quantity * price * 0.005m)).ShouldBeLessThan(0.0001m);
    }

    /// <summary>Account a trades as taker with b.</summary>
    private void Trade(OrderSide side, decimal price, decimal quantity)
    {
        _exchange.Place("b", Limit((OrderSide)(-(int)side), price, quantity));
        _exchange.Place("a", Limit(side, price, quantity, TimeInForce.Ioc)).Status.ShouldBe(OrderStatus.Filled);
    }

    private ExchangePosition Position() => _exchange.GetPositions("a", Symbol).Single();
}
