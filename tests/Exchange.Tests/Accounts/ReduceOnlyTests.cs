using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Doubles.Exchanges;

namespace Granary.Exchange.Tests.Accounts;

public sealed class ReduceOnlyTests
{
    private readonly RecordedEvents _events = new();
    private readonly ExchangeCore _exchange;

    public ReduceOnlyTests()
    {
        _exchange = Book(_events);
        _exchange.Place("b", Limit(OrderSide.Sell, 100m, 3m));
        _exchange.Place("a", Limit(OrderSide.Buy, 100m, 3m)).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void It_never_turns_a_position()
    {
        _exchange.Place("b", Limit(OrderSide.Buy, 99m, 10m));
        var order = _exchange.Place("a", Market(OrderSide.Sell, 5m, reduceOnly: true));
        (order.Status, order.ExecutedQuantity).ShouldBe((OrderStatus.Expired, 3m));
        _exchange.GetPositions("a", Symbol).ShouldBeEmpty();
    }

    [Fact]
    public void It_is_refused_on_the_positions_own_side() =>
        RefusalOf(() => _exchange.Place("a", Limit(OrderSide.Buy, 90m, 1m, reduceOnly: true))).ShouldBe(-2022);

    [Fact]
    public void Small_notionals_may_be_reduced()
    {
        _exchange.Place("b", Limit(OrderSide.Buy, 99m, 1m));
        _exchange.Place("a", Limit(OrderSide.Sell, 99m, 0.001m, TimeInForce.Ioc, reduceOnly: true)).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void Resting_ones_behind_those_that_cover_the_position_are_knocked_out()
    {
        var near = _exchange.Place("a", Limit(OrderSide.Sell, 101m, 2m, reduceOnly: true));
        var older = _exchange.Place("a", Limit(OrderSide.Sell, 102m, 2m, reduceOnly: true));
        var younger = _exchange.Place("a", Limit(OrderSide.Sell, 102m, 2m, reduceOnly: true));
        _exchange.Place("b", Limit(OrderSide.Buy, 99m, 1m));
        _exchange.Place("a", Market(OrderSide.Sell, 1m));
        Status(near).ShouldBe(OrderStatus.New);
        Status(older).ShouldBe(OrderStatus.Expired);
        Status(younger).ShouldBe(OrderStatus.Expired);
        _events.Orders.Last(o => o.Execution.Order.OrderId == older.OrderId).Execution.ExpireReason.ShouldBe(4);
        _exchange.GetDepth(Symbol, 10).Asks.Count.ShouldBe(1);
    }

    [Fact]
    public void A_resting_one_fills_no_more_than_the_position_and_then_ends()
    {
        var resting = _exchange.Place("a", Limit(OrderSide.Sell, 101m, 5m, reduceOnly: true));
        _exchange.Place("b", Limit(OrderSide.Buy, 101m, 10m));
        var order = _exchange.GetOrder("a", Symbol, resting.OrderId, null);
        (order.Status, order.ExecutedQuantity).ShouldBe((OrderStatus.Expired, 3m));
        _exchange.GetPositions("a", Symbol).ShouldBeEmpty();
        _exchange.ShouldAddUp("a", "b");
    }

    [Fact]
    public void Two_resting_ones_hit_by_one_order_stop_at_flat()
    {
        _exchange.Place("a", Limit(OrderSide.Sell, 101m, 2m, reduceOnly: true));
        var second = _exchange.Place("a", Limit(OrderSide.Sell, 101m, 2m, reduceOnly: true));
        _exchange.Place("b", Limit(OrderSide.Buy, 101m, 10m)).ExecutedQuantity.ShouldBe(3m);
        _exchange.GetOrder("a", Symbol, second.OrderId, null).ExecutedQuantity.ShouldBe(1m);
        _exchange.GetOpenOrders("a", null).ShouldBeEmpty();
        _exchange.GetPositions("a", Symbol).ShouldBeEmpty();
    }

    [Fact]
    public void Own_orders_never_meet_and_the_newcomer_expires()
    {
        _exchange.Place("a", Limit(OrderSide.Sell, 101m, 1m));
        var order = _exchange.Place("a", Limit(OrderSide.Buy, 101m, 1m));
        order.Status.ShouldBe(OrderStatus.Expired);
        _events.Orders.Last().Execution.ExpireReason.ShouldBe(1);
        _exchange.GetOpenOrders("a", Symbol).Count.ShouldBe(1);
    }

    private OrderStatus Status(ExchangeOrder order) => _exchange.GetOrder("a", Symbol, order.OrderId, null).Status;
}
