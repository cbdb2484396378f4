using Granary.Engine.Grid;
using Granary.Engine.Orders;

namespace Granary.Engine.Tests.Grid;

public sealed class OrderDifferTests
{
    [Fact]
    public void What_is_as_desired_is_left_alone() => Diff([Entry(100, 5, 7)], [new(7, OrderSide.Buy, 100, 5, false)]).ShouldBeEmpty();

    [Fact]
    public void Reductions_come_first_and_what_grows_comes_last()
    {
        DesiredOrder market = new() { Side = OrderSide.Sell, QuantityE8 = 4, IsReduceOnly = true, IsMarket = true };
        ActualOrder[] actual = [new(1, OrderSide.Buy, 100, 5, false), new(2, OrderSide.Buy, 99, 5, false), new(3, OrderSide.Buy, 98, 5, false)];
        Diff([Entry(100, 6, 1), Entry(97, 5, 0), Entry(98, 5, 2), market], actual)
            .Select(command => (command.Kind, command.Id, command.IsGrowing)).ShouldBe(
            [
                (GridCommandKind.Cancel, 3L, false), (GridCommandKind.Amend, 2, false), (GridCommandKind.Close, 0, false), (GridCommandKind.Amend, 1, true),
                (GridCommandKind.Place, 0, true),
            ]);
    }

    [Fact]
    public void A_take_profit_that_only_reduces_may_rise_in_price_before_anything_grows()
    {
        DesiredOrder exit = new() { Side = OrderSide.Sell, PriceE8 = 120, QuantityE8 = 5, IsReduceOnly = true, CarrierId = 1 };
        Diff([exit], [new(1, OrderSide.Sell, 110, 5, false)]).ShouldBe([new(GridCommandKind.Amend, 1, OrderSide.Sell, 120, 5, true, false, 0)]);
        Diff([exit], [new(1, OrderSide.Sell, 120, 4, false)])[0].IsGrowing.ShouldBeTrue();
    }

    [Fact]
    public void What_is_under_way_is_waited_for()
    {
        var waiting = Entry(100, 5, 1) with { IsWaiting = true };
        Diff([waiting], [new(1, OrderSide.Buy, 90, 5, true), new(2, OrderSide.Buy, 80, 5, true)]).ShouldBeEmpty();
        Diff([waiting with { CarrierId = 0 }], []).ShouldBeEmpty();
    }

    [Fact]
    public void What_has_no_room_beside_orders_that_are_being_cancelled_waits()
    {
        var pending = Enumerable.Range(1, 3).Select(id => new ActualOrder(id, OrderSide.Buy, 90, 5, true)).ToArray();
        Diff([Entry(100, 5, 0), Entry(99, 5, 0)], pending).Select(command => command.PriceE8).ShouldBe([100]);
        Diff([Entry(100, 5, 0), Entry(99, 5, 7) with { IsWaiting = true }], pending).ShouldBeEmpty();
    }

    private static DesiredOrder Entry(long priceE8, long quantityE8, long carrier) =>
        new() { Side = OrderSide.Buy, PriceE8 = priceE8, QuantityE8 = quantityE8, CarrierId = carrier };

    private static GridCommand[] Diff(DesiredOrder[] desired, ActualOrder[] actual) => new OrderDiffer().Diff(desired, actual, ordersMax: 4).ToArray();
}
