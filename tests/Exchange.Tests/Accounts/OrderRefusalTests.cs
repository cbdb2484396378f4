using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Doubles.Exchanges;

namespace Granary.Exchange.Tests.Accounts;

public sealed class OrderRefusalTests
{
    private readonly RecordedEvents _events = new();
    private readonly ExchangeCore _exchange;

    public OrderRefusalTests() => _exchange = Book(_events);

    public static TheoryData<string, int, NewOrder> Filtered => new()
    {
        { "unknown symbol", -1121, Limit(OrderSide.Buy, 100m, 1m) with { Symbol = "NONE" } },
        { "zero quantity", -4003, Limit(OrderSide.Buy, 100m, 0m) },
        { "above max", -4005, Limit(OrderSide.Buy, 100m, 1000.001m) },
        { "market above max", -4005, Market(OrderSide.Buy, 500.001m) },
        { "quantity precision", -1111, Limit(OrderSide.Buy, 100m, 1.0001m) },
        { "price precision", -1111, Limit(OrderSide.Buy, 100.01m, 1m) },
        { "zero price", -4001, Limit(OrderSide.Buy, 0m, 1m) },
        { "price above max", -4002, Limit(OrderSide.Buy, 1_000_000.1m, 1m) },
        { "notional", -4164, Limit(OrderSide.Buy, 100m, 0.049m) },
        { "market notional", -4164, Market(OrderSide.Buy, 0.049m) },
        { "percent price up", -4016, Limit(OrderSide.Buy, 110.1m, 1m) },
        { "percent price down", -4024, Limit(OrderSide.Sell, 89.9m, 1m) },
        { "reduce only without position", -2022, Limit(OrderSide.Sell, 100m, 1m, reduceOnly: true) },
        { "fill or kill in an empty book", -5021, Limit(OrderSide.Buy, 100m, 1m, TimeInForce.Fok) },
        { "margin", -2019, Limit(OrderSide.Buy, 105m, 1000m) with { Quantity = 1000m } },
        { "client id characters", -1100, Limit(OrderSide.Buy, 100m, 1m, id: "a b") },
        { "empty client id", -1100, Limit(OrderSide.Buy, 100m, 1m, id: "") },
        { "client id length", -4015, Limit(OrderSide.Buy, 100m, 1m, id: new string('x', 37)) },
    };

    [Theory]
    [MemberData(nameof(Filtered))]
    public void Orders_are_refused_with_the_venues_code(string reason, int code, NewOrder order)
    {
        var options = TwoAccounts with { Accounts = [new("a", "key-a", "secret-a", 1_000m)] };
        var exchange = Book(_events, options);
        var before = exchange.StateDigest();
        RefusalOf(() => exchange.Place("a", order)).ShouldBe(code, reason);
        exchange.StateDigest().ShouldBe(before);
        _events.Orders.ShouldBeEmpty();
    }

    [Fact]
    public void Steps_and_ticks_wider_than_the_precision_have_their_own_codes()
    {
        var exchange = Book(_events, TwoAccounts with { Symbols = [Rules with { TickSize = 0.5m, StepSize = 0.01m, QuantityMin = 0.01m }] });
        RefusalOf(() => exchange.Place("a", Limit(OrderSide.Buy, 100.1m, 1m))).ShouldBe(-4014);
        RefusalOf(() => exchange.Place("a", Limit(OrderSide.Buy, 100m, 1.001m))).ShouldBe(-4023);
        RefusalOf(() => exchange.Place("a", Limit(OrderSide.Buy, 100m, 0.001m))).ShouldBe(-4004);
    }

    [Fact]
    public void A_symbol_that_does_not_trade_takes_no_orders()
    {
        var exchange = Book(_events, TwoAccounts with { Symbols = [Rules with { Status = "BREAK" }] });
        RefusalOf(() => exchange.Place("a", Limit(OrderSide.Buy, 100m, 1m))).ShouldBe(-4140);
    }

    [Fact]
    public void A_client_id_is_refused_only_while_its_order_is_open()
    {
        var first = _exchange.Place("a", Limit(OrderSide.Buy, 99m, 1m, id: "x"));
        RefusalOf(() => _exchange.Place("a", Limit(OrderSide.Buy, 98m, 1m, id: "x"))).ShouldBe(-4116);
        _exchange.Place("b", Limit(OrderSide.Buy, 98m, 1m, id: "x")).Status.ShouldBe(OrderStatus.New);
        _exchange.Cancel("a", Symbol, 0, "x").Status.ShouldBe(OrderStatus.Canceled);
        var second = _exchange.Place("a", Limit(OrderSide.Buy, 98m, 1m, id: "x"));
        second.OrderId.ShouldBeGreaterThan(first.OrderId);
        _exchange.GetOrder("a", Symbol, 0, "x").OrderId.ShouldBe(second.OrderId);
        _exchange.GetOrder("a", Symbol, first.OrderId, null).Status.ShouldBe(OrderStatus.Canceled);
    }

    [Fact]
    public void Open_orders_are_limited()
    {
        var exchange = Book(_events, TwoAccounts with { Symbols = [Rules with { OrdersMax = 2 }] });
        exchange.Place("a", Limit(OrderSide.Buy, 99m, 1m));
        exchange.Place("a", Limit(OrderSide.Buy, 98m, 1m));
        RefusalOf(() => exchange.Place("a", Limit(OrderSide.Buy, 97m, 1m))).ShouldBe(-2025);
        exchange.CancelAll("a", Symbol).Count.ShouldBe(2);
        exchange.Place("a", Limit(OrderSide.Buy, 97m, 1m)).Status.ShouldBe(OrderStatus.New);
    }

    [Fact]
    public void Post_only_and_fill_or_kill_are_refused_without_a_trace()
    {
        _exchange.Place("a", Limit(OrderSide.Sell, 100m, 1m));
        RefusalOf(() => _exchange.Place("b", Limit(OrderSide.Buy, 100m, 1m, TimeInForce.Gtx, id: "g"))).ShouldBe(-5022);
        RefusalOf(() => _exchange.Place("b", Limit(OrderSide.Buy, 100m, 2m, TimeInForce.Fok, id: "f"))).ShouldBe(-5021);
        RefusalOf(() => _exchange.GetOrder("b", Symbol, 0, "g")).ShouldBe(-2013);
        RefusalOf(() => _exchange.GetOrder("b", Symbol, 0, "f")).ShouldBe(-2013);
        _exchange.Place("b", Limit(OrderSide.Buy, 100m, 1m, TimeInForce.Fok)).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void Cancels_of_what_is_not_open_are_refused()
    {
        RefusalOf(() => _exchange.Cancel("a", Symbol, 77, null)).ShouldBe(-2011);
        var order = _exchange.Place("a", Limit(OrderSide.Buy, 99m, 1m));
        RefusalOf(() => _exchange.Cancel("b", Symbol, order.OrderId, null)).ShouldBe(-2011);
        _exchange.Cancel("a", Symbol, order.OrderId, null);
        RefusalOf(() => _exchange.Cancel("a", Symbol, order.OrderId, null)).ShouldBe(-2011);
        RefusalOf(() => _exchange.GetWallet("nobody")).ShouldBe(-2015);
    }

    [Fact]
    public void Margin_counts_position_and_open_orders_but_not_what_reduces()
    {
        var exchange = Book(_events, TwoAccounts with { Accounts = [new("a", "key-a", "s", 100m), new("b", "key-b", "s", 10_000m)], TakerFee = 0 });
        exchange.Place("b", Limit(OrderSide.Sell, 100m, 15m));
        exchange.Place("a", Limit(OrderSide.Buy, 100m, 15m)).Status.ShouldBe(OrderStatus.Filled);
        exchange.Place("a", Limit(OrderSide.Buy, 100m, 5m)).Status.ShouldBe(OrderStatus.New);
        RefusalOf(() => exchange.Place("a", Limit(OrderSide.Buy, 90m, 1m))).ShouldBe(-2019);
        exchange.Place("a", Limit(OrderSide.Sell, 101m, 15m)).Status.ShouldBe(OrderStatus.New);
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        Should.Throw<ArgumentException>(() => Book(_events, TwoAccounts with { Leverage = 126 })).Message.ShouldBe("Leverage was 126; allowed is 1 to 125");
        Should.Throw<ArgumentException>(() => Book(_events, TwoAccounts with { Symbols = [Rules, Rules] })).Message.ShouldContain("Symbols was TSTUSDT");
        Should.Throw<ArgumentException>(() => Book(_events, TwoAccounts with { Market = MarketKind.Replay })).Message.ShouldContain("TapeFiles was empty");
    }
}
