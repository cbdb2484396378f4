using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Parts of an approved order, and what the gate makes of them.</summary>
public sealed class ParentOrderTests
{
    private readonly GateScene _s = new();

    [Fact]
    public void Parts_are_of_the_orders_kind_and_never_add_up_to_more()
    {
        var parent = Approve(out var order);
        var part = parent.Mint(OrderType.Limit, TimeInForce.Gtx, 0.6m, 99.9m).Value;
        part.ShouldBe(order with
        {
            Request = new OrderRequest("g/main/momentum/1-1", "BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Gtx, 0.6m, 99.9m, false),
        });
        Should.Throw<InvalidOperationException>(() => parent.Mint(OrderType.Limit, TimeInForce.Gtc, 0.1m, 99)).Message.ShouldContain("may still trade");
        parent.OnChild(Tracked(part, OrderStatus.Canceled, 0.25m));
        parent.Free.ShouldBe(0.75m);
        Should.Throw<InvalidOperationException>(() => parent.Mint(OrderType.Limit, TimeInForce.Gtc, 0.751m, 99)).Message.ShouldContain("0.75 of 1 are free");
        Should.Throw<InvalidOperationException>(() => parent.Mint(OrderType.Market, TimeInForce.Gtc, 0, null));
        Should.Throw<ArgumentException>(() => parent.Mint(OrderType.Limit, TimeInForce.Gtc, 0.1m, null));
        Should.Throw<ArgumentException>(() => parent.Mint(OrderType.Market, TimeInForce.Gtc, 0.1m, 99));
        parent.Mint(OrderType.Market, TimeInForce.Gtc, 0.75m, null).Value.Request.ClientOrderId.ShouldBe("g/main/momentum/1-2");
    }

    [Fact]
    public void A_part_of_a_reduction_only_reduces()
    {
        _s.Open(1);
        var exit = new ParentOrder(_s.Gate.Decide(_s.Exit(), _s.Market()).Approved!);
        exit.Mint(OrderType.Market, TimeInForce.Gtc, 1, null).Value.Request.ReduceOnly.ShouldBeTrue();
    }

    [Fact]
    public void A_part_is_no_order_to_make_parts_of()
    {
        var part = Approve(out _).Mint(OrderType.Market, TimeInForce.Gtc, 1, null);
        Should.Throw<ArgumentException>(() => new ParentOrder(part)).Message.ShouldContain("no id of an approved order");
    }

    [Fact]
    public void A_late_fill_of_a_part_that_counted_as_over_is_counted()
    {
        var parent = Approve(out _);
        var part = parent.Mint(OrderType.Limit, TimeInForce.Gtc, 0.6m, 99).Value;
        parent.OnChild(Tracked(part, OrderStatus.Rejected, 0)).ShouldBeTrue();
        parent.Free.ShouldBe(1);
        parent.OnChild(Tracked(part, OrderStatus.PartiallyFilled, 0.2m)).ShouldBeTrue();
        (parent.Executed, parent.Free, parent.LiveCount).ShouldBe((0.2m, 0.4m, 1));
        parent.OnChild(Tracked(part, OrderStatus.PartiallyFilled, 0.1m)).ShouldBeFalse("executed only grows");
    }

    [Fact]
    public void The_gate_counts_an_order_once_whatever_its_parts_do()
    {
        var parent = Approve(out var order);
        _s.Gate.View().ReservedNotional.ShouldBe(100);
        var part = parent.Mint(OrderType.Limit, TimeInForce.Gtc, 1, 99).Value;
        _s.Gate.OnOrder(Change(Tracked(part, OrderStatus.New, 0)));
        _s.Gate.View().ReservedNotional.ShouldBe(100);
        _s.Gate.OnFill(new Fill("BTCUSDT", 1, part.Request.ClientOrderId, 7, OrderSide.Buy, 99, 0.4m, 0, "USDT", 0, true, _s.Now)).ShouldBeTrue();
        _s.Gate.OnOrder(Change(Tracked(part, OrderStatus.Canceled, 0.4m)));
        _s.Gate.View().ReservedNotional.ShouldBe(60);

        // The order itself ends with a remainder.
        _s.Gate.OnOrder(Change(Tracked(order, OrderStatus.Canceled, 0.4m)));
        _s.Gate.View().ReservedNotional.ShouldBe(0);
        _s.Gate.View().Symbols.Single().Quantity.ShouldBe(0.4m);
    }

    [Fact]
    public void After_a_restart_too_it_is_counted_once()
    {
        var parent = Approve(out var order);
        var part = parent.Mint(OrderType.Limit, TimeInForce.Gtc, 1, 99).Value;
        var gate = new RiskGate("g", "main", new RiskLimits());
        gate.OnMark("BTCUSDT", 100, _s.Now);
        gate.RestoreOrder(order, OrderStatus.New, 0, 0);
        gate.RestoreOrder(part, OrderStatus.New, 0, 501);
        gate.View().ReservedNotional.ShouldBe(100);
        gate.OnOrder(Change(Tracked(part, OrderStatus.New, 0)));
        gate.View().ReservedNotional.ShouldBe(100);
    }

    [Fact]
    public void A_part_whose_order_is_over_is_counted_for_itself()
    {
        var parent = Approve(out var order);
        var part = parent.Mint(OrderType.Limit, TimeInForce.Gtc, 1, 99).Value;
        _s.Gate.OnOrder(Change(Tracked(order, OrderStatus.Canceled, 0)));
        _s.Gate.View().ReservedNotional.ShouldBe(0);
        _s.Gate.OnOrder(Change(Tracked(part, OrderStatus.New, 0)));
        _s.Gate.View().ReservedNotional.ShouldBe(100, "valued at the mark, which is above its price");
    }

    [Theory]
    [InlineData(false, 0.0011, false)]
    [InlineData(true, 0.0011, false)]
    [InlineData(true, 0.0012, true)]
    [InlineData(false, 0.002, false)]
    [InlineData(false, 0.0021, true)]
    public void Profit_is_held_against_the_makers_fee_where_an_entry_only_rests(bool isMaker, double profit, bool approved)
    {
        // Three times (0.02 or 0.05 % in, 0.02 % out).
        var entry = _s.Entry(1) with { ExpectedProfit = profit, IsEntryMaker = isMaker, IsExitMaker = true };
        _s.Gate.Decide(entry, _s.Market()).IsApproved.ShouldBe(approved);
    }

    private ParentOrder Approve(out Order order)
    {
        var approved = _s.Gate.Decide(_s.Entry(1), _s.Market()).Approved!;
        order = approved.Value;
        return new ParentOrder(approved);
    }

    private static TrackedOrder Tracked(Order order, OrderStatus status, decimal executed) =>
        new OrderTracker("BTCUSDT").Restore(order, status, status == OrderStatus.Rejected ? 0 : 501, executed, 1);

    private static OrderChange Change(TrackedOrder order) => new(order, order.Status, order.Status, []);
}
