using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using static Granary.Exchange.Tests.Accounts.MarginRig;

namespace Granary.Exchange.Tests.Accounts;

public sealed class LiquidationTests
{
    [Fact]
    public void It_comes_at_the_liquidation_price_and_not_before()
    {
        using var rig = new MarginRig(1_000m);
        rig.Trade("a", OrderSide.Buy, 90m, 100m);
        rig.Exchange.Place("mm", rig.Limit(OrderSide.Buy, 90m, 89m));
        var price = rig.Position("a").LiquidationPrice;
        rig.Mark(price + 0.00000001m);
        rig.Quantity("a").ShouldBe(90m);
        rig.Mark(price - 0.00000001m);
        rig.Quantity("a").ShouldBe(0);
        // Sold at 89, above the bankruptcy price of 100 - 1000 / 90.
        rig.Wallet("a").Balance.ShouldBe(1_000m - (90m * 11m));
        var order = rig.Events.ForceOrders.Single().Order;
        (order.Status, order.Side, order.TimeInForce, order.Price).ShouldBe((OrderStatus.Filled, OrderSide.Sell, TimeInForce.Ioc, 88.89m));
        order.ClientOrderId.ShouldStartWith("autoclose-");
        order.ShouldBe(rig.Exchange.GetForceOrders("a", null).Single());
        rig.Events.Orders.Where(o => o.Account == "a").TakeLast(2).Select(o => o.Execution.Kind).ShouldBe(["NEW", "TRADE"]);
    }

    [Fact]
    public void Orders_in_scope_end_first_with_the_reason_liquidation()
    {
        using var rig = new MarginRig(1_000m);
        rig.Trade("a", OrderSide.Buy, 80m, 100m);
        var order = rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 50m));
        var other = rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 50m, symbol: Y));
        rig.Mark(80m);
        foreach (var id in (long[])[order.OrderId, other.OrderId])
        {
            var end = rig.Events.Orders.Single(o => o.Execution.Order.OrderId == id && o.Execution.Kind == "EXPIRED").Execution;
            end.ExpireReason.ShouldBe(5);
        }
        rig.Exchange.GetOpenOrders("a", null).ShouldBeEmpty();
    }

    [Fact]
    public void An_order_that_is_partly_filled_ends_with_what_it_has()
    {
        using var rig = new MarginRig(1_000m);
        rig.Trade("a", OrderSide.Buy, 80m, 100m);
        var order = rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 4m, 99m));
        rig.Exchange.Place("mm", rig.Limit(OrderSide.Sell, 1m, 99m));
        rig.Mark(80m);
        var ended = rig.Exchange.GetOrder("a", X, order.OrderId, null);
        (ended.Status, ended.ExecutedQuantity).ShouldBe((OrderStatus.Expired, 1m));
        rig.Quantity("a").ShouldBe(0);
    }

    [Fact]
    public void Waiting_conditional_orders_in_scope_end_with_them()
    {
        using var rig = new MarginRig(1_000m);
        rig.Exchange.SetMarginType("b", X, MarginType.Isolated);
        rig.Trade("a", OrderSide.Buy, 80m, 100m);
        rig.Trade("b", OrderSide.Buy, 10m, 100m);
        var stop = new NewConditionalOrder(X, OrderSide.Sell, ConditionalType.StopMarket, 1m, 50m);
        var inSymbol = rig.Exchange.PlaceConditional("a", stop);
        var inOther = rig.Exchange.PlaceConditional("a", stop with { Symbol = Y });

        // The mark that liquidates reaches this one's trigger first; its order must not open a position afterwards.
        var triggering = rig.Exchange.PlaceConditional("a", stop with { TriggerPrice = 85m, WorkingType = WorkingType.MarkPrice });
        var isolated = rig.Exchange.PlaceConditional("b", stop);
        var outside = rig.Exchange.PlaceConditional("b", stop with { Symbol = Y });
        rig.Mark(80m);
        foreach (var (account, ended) in (ReadOnlySpan<(string, ConditionalOrder)>)[("a", inSymbol), ("a", inOther), ("a", triggering), ("b", isolated)])
        {
            var order = rig.Exchange.GetConditionals(account).Single(o => o.AlgoId == ended.AlgoId);
            (order.Status, order.Reason, order.OrderId).ShouldBe((ConditionalStatus.Expired, "the account was liquidated", 0));
            rig.Events.Conditionals.Last(e => e.Order.AlgoId == ended.AlgoId).Order.Status.ShouldBe(ConditionalStatus.Expired);
        }
        rig.Exchange.GetConditionals("b").Single(o => o.AlgoId == outside.AlgoId).IsWaiting.ShouldBeTrue();
        rig.Quantity("a").ShouldBe(0);
    }

    [Fact]
    public void What_the_market_does_not_take_goes_to_the_fund_at_the_bankruptcy_price()
    {
        using var rig = new MarginRig(1_000m);
        rig.Trade("a", OrderSide.Buy, 90m, 100m);
        rig.Mark(85m);
        rig.Quantity("a").ShouldBe(0);
        rig.Wallet("a").Balance.ShouldBe(0.0000001m);
        // The fund paid 88.88888889 for what the market values at 85.
        rig.Exchange.GetTotals().Insurance.ShouldBe(1_000_000m - (90m * (88.88888889m - 85m)));
        var last = rig.Events.Orders.Last(o => o.Account == "a").Execution;
        (last.Kind, last.Order.Status, last.Fill!.Price).ShouldBe(("CALCULATED", OrderStatus.Filled, 88.88888889m));
    }

    [Fact]
    public void A_position_above_its_first_bracket_is_cut_to_the_one_below()
    {
        using var rig = new MarginRig(1_000m, o => o with
        {
            Brackets = new Dictionary<string, IReadOnlyList<LeverageBracket>> { [X] = BracketCatalog.Table((50, 4_000m, 0.01m), (20, 100_000m, 0.1m)) },
        });
        rig.Trade("a", OrderSide.Buy, 60m, 100m);
        rig.Exchange.Place("mm", rig.Limit(OrderSide.Buy, 60m, 88m));
        // Margin balance 1000 - 60 x 12 = 280; maintenance 5280 x 0.1 - 360 = 168. At 86: 160 against 156; at 85.9: 154 against 155.4.
        rig.Mark(86m);
        rig.Quantity("a").ShouldBe(60m);
        rig.Mark(85.9m);
        // (60 x 85.9 - 4000) / 85.9 up to a step are sold; what is left is in the first bracket and safe.
        rig.Quantity("a").ShouldBe(60m - 13.435m);
        rig.Events.ForceOrders.Single().Order.ExecutedQuantity.ShouldBe(13.435m);
        rig.Position("a").MarginRatio.ShouldBeLessThan(1);
    }

    [Fact]
    public void Isolated_losses_leave_the_cross_wallet_alone()
    {
        using var rig = new MarginRig(1_000m);
        rig.Exchange.SetMarginType("a", X, MarginType.Isolated);
        rig.Trade("a", OrderSide.Sell, 10m, 100m);
        rig.Trade("a", OrderSide.Buy, 10m, 100m, symbol: Y);
        var kept = rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 50m, symbol: Y));
        rig.Wallet("a").CrossBalance.ShouldBe(900m);
        rig.Mark(150m);
        rig.Quantity("a").ShouldBe(0);
        rig.Quantity("a", Y).ShouldBe(10m);
        (rig.Wallet("a").Balance, rig.Wallet("a").CrossBalance).ShouldBe((900m, 900m));
        rig.Exchange.GetOrder("a", Y, kept.OrderId, null).Status.ShouldBe(OrderStatus.New);
        rig.Exchange.GetTotals().Insurance.ShouldBe(1_000_000m - 400m);
    }

    [Fact]
    public void The_liquidation_fee_goes_to_the_fund_as_far_as_the_margin_suffices()
    {
        using var rig = new MarginRig(1_000m, o => o with { LiquidationFee = 0.01m });
        rig.Trade("a", OrderSide.Buy, 90m, 100m);
        rig.Exchange.Place("mm", rig.Limit(OrderSide.Buy, 90m, 89m));
        rig.Mark(89.2m);
        // 1000 - 990 are left; the fee of 80.1 takes them.
        rig.Wallet("a").Balance.ShouldBe(0);
        rig.Exchange.GetTotals().Insurance.ShouldBe(1_000_010m);
        rig.Exchange.GetIncome("a", X, "INSURANCE_CLEAR", 0, long.MaxValue, 10).Single().Amount.ShouldBe(-10m);
    }

    [Fact]
    public void Without_a_fund_the_other_side_is_deleveraged_at_the_bankruptcy_price()
    {
        using var rig = new MarginRig(1_000m, o => o with { InsuranceFund = 0 });
        rig.Exchange.Place("b", rig.Limit(OrderSide.Sell, 90m, 100m));
        rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 90m, 100m));
        rig.Mark(80m);
        rig.Quantity("a").ShouldBe(0);
        rig.Quantity("b").ShouldBe(0);
        rig.Exchange.GetForceOrders("b", X).Single().ClientOrderId.ShouldStartWith("adl_autoclose-");
        rig.Wallet("b").RealizedPnl.ShouldBe(90m * (100m - 88.88888889m));
        rig.Exchange.GetTotals().Insurance.ShouldBeInRange(-0.000001m, 0.000001m);
    }

    [Fact]
    public void A_deleveraged_account_keeps_its_orders_except_those_with_nothing_left_to_reduce()
    {
        using var rig = new MarginRig(1_000m, o => o with { InsuranceFund = 0 });
        rig.Exchange.Place("b", rig.Limit(OrderSide.Sell, 90m, 100m));
        rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 90m, 100m));
        var reducing = rig.Exchange.Place("b", rig.Limit(OrderSide.Buy, 5m, 50m, reduceOnly: true));
        var opening = rig.Exchange.Place("b", rig.Limit(OrderSide.Buy, 5m, 50m));
        rig.Mark(80m);
        rig.Quantity("b").ShouldBe(0);
        rig.Exchange.GetOpenOrders("b", X).Single().OrderId.ShouldBe(opening.OrderId);
        var end = rig.Events.Orders.Single(o => o.Execution.Order.OrderId == reducing.OrderId && o.Execution.Kind == "EXPIRED").Execution;
        end.ExpireReason.ShouldBe(4);
    }

    [Fact]
    public void Without_deleveraging_the_fund_goes_below_zero()
    {
        using var rig = new MarginRig(1_000m, o => o with { InsuranceFund = 0, Deleverages = false });
        rig.Trade("a", OrderSide.Buy, 90m, 100m);
        rig.Mark(80m);
        rig.Exchange.GetTotals().Insurance.ShouldBeInRange(-800.00001m, -799.99999m);
    }

    [Fact]
    public void Crossed_positions_are_closed_largest_maintenance_first_until_the_rest_is_safe()
    {
        using var rig = new MarginRig(1_000m);
        rig.Trade("a", OrderSide.Buy, 60m, 100m);
        rig.Trade("a", OrderSide.Buy, 30m, 100m, symbol: Y);
        rig.Exchange.Place("mm", rig.Limit(OrderSide.Buy, 60m, 84.5m));
        // 1000 - 60 x 16 = 40 against 60 x 84 x 0.5 % + 3000 x 0.5 % = 40.2.
        rig.Mark(84m);
        rig.Quantity("a").ShouldBe(0);
        rig.Quantity("a", Y).ShouldBe(30m);
        rig.Wallet("a").Balance.ShouldBe(1_000m - (60m * 15.5m));
    }

    [Fact]
    public void An_account_is_warned_once_when_it_comes_near()
    {
        using var rig = new MarginRig(1_000m);
        rig.Trade("a", OrderSide.Buy, 90m, 100m);
        // At 89.5 it is 40.275 of 55, at 89.44 40.248 of 49.6.
        rig.Mark(89.5m);
        rig.Events.MarginCalls.ShouldBeEmpty();
        rig.Mark(89.44m);
        rig.Mark(89.43m);
        var (account, call) = rig.Events.MarginCalls.Single();
        (account, call.CrossBalance, call.Positions.Single().Quantity).ShouldBe(("a", 1_000m, 90m));
        rig.Mark(100m);
        rig.Mark(89.44m);
        rig.Events.MarginCalls.Count.ShouldBe(2);
    }
}
