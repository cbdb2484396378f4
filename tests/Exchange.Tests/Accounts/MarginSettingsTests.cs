using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Accounts.MarginRig;

namespace Granary.Exchange.Tests.Accounts;

public sealed class MarginSettingsTests
{
    [Fact]
    public void Leverage_has_the_limits_of_brackets_position_and_margin()
    {
        using var rig = new MarginRig(1_000m, o => o with
        {
            Brackets = new Dictionary<string, IReadOnlyList<LeverageBracket>> { [X] = BracketCatalog.Table((50, 4_000m, 0.01m), (20, 100_000m, 0.02m)) },
        });
        Refused(() => rig.Exchange.SetLeverage("a", X, 0), -4028);
        Refused(() => rig.Exchange.SetLeverage("a", X, 51), -4028);
        rig.Exchange.SetLeverage("a", X, 20).ShouldBe(new MarginSettings(X, MarginType.Crossed, 20, 100_000m));
        rig.Trade("a", OrderSide.Buy, 60m, 100m);
        rig.Position("a").InitialMargin.ShouldBe(300m);
        Refused(() => rig.Exchange.SetLeverage("a", X, 50), -2027);
        Refused(() => rig.Exchange.SetLeverage("a", X, 5), -2028);
        rig.Exchange.SetLeverage("a", X, 10).NotionalMax.ShouldBe(100_000m);
        rig.Events.Settings.Select(s => s.Settings.Leverage).ShouldBe([20, 10]);
        rig.Exchange.GetSettings("a", Y).Leverage.ShouldBe(10);
    }

    [Fact]
    public void A_position_may_not_grow_beyond_what_the_leverage_allows()
    {
        using var rig = new MarginRig(100_000m, o => o with
        {
            Brackets = new Dictionary<string, IReadOnlyList<LeverageBracket>> { [X] = BracketCatalog.Table((10, 5_000m, 0.01m), (5, 100_000m, 0.02m)) },
        });
        rig.Exchange.SetLeverage("mm", X, 5);
        rig.Trade("a", OrderSide.Buy, 40m, 100m);
        rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 9m, 100m));
        Refused(() => rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 2m, 100m)), -2027);
        rig.Exchange.Place("a", rig.Limit(OrderSide.Sell, 50m, 120m));
    }

    [Fact]
    public void Margin_type_changes_only_when_flat_and_without_orders()
    {
        using var rig = new MarginRig();
        Refused(() => rig.Exchange.SetMarginType("a", X, MarginType.Crossed), -4046);
        var order = rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 90m));
        Refused(() => rig.Exchange.SetMarginType("a", X, MarginType.Isolated), -4047);
        rig.Exchange.Cancel("a", X, order.OrderId, null);
        rig.Trade("a", OrderSide.Buy, 1m, 100m);
        Refused(() => rig.Exchange.SetMarginType("a", X, MarginType.Isolated), -4048);
        rig.Exchange.SetMarginType("a", Y, MarginType.Isolated);
        rig.Exchange.GetSettings("a", Y).MarginType.ShouldBe(MarginType.Isolated);
        rig.Events.Accounts.Last().Change.Reason.ShouldBe("MARGIN_TYPE_CHANGE");
    }

    [Fact]
    public void Position_mode_changes_only_when_flat_and_without_orders_in_any_symbol()
    {
        using var rig = new MarginRig();
        Refused(() => rig.Exchange.SetHedgeMode("a", false), -4059);
        var order = rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 90m, symbol: Y));
        Refused(() => rig.Exchange.SetHedgeMode("a", true), -4067);
        rig.Exchange.Cancel("a", Y, order.OrderId, null);
        rig.Trade("a", OrderSide.Buy, 1m, 100m);
        Refused(() => rig.Exchange.SetHedgeMode("a", true), -4068);
        rig.Trade("a", OrderSide.Sell, 1m, 100m);
        rig.Exchange.SetHedgeMode("a", true);
        rig.Exchange.IsHedgeMode("a").ShouldBeTrue();
        rig.Exchange.IsHedgeMode("b").ShouldBeFalse();
    }

    [Fact]
    public void Position_sides_must_fit_the_mode()
    {
        using var rig = new MarginRig();
        Refused(() => rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 90m, PositionSide.Long)), -4061);
        rig.Exchange.SetHedgeMode("a", true);
        Refused(() => rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 90m)), -4061);
        rig.Trade("a", OrderSide.Buy, 2m, 100m, PositionSide.Long);
        Refused(() => rig.Exchange.Place("a", rig.Limit(OrderSide.Sell, 1m, 110m, PositionSide.Long, reduceOnly: true)), -1106);
        Refused(() => rig.Exchange.Place("a", rig.Limit(OrderSide.Sell, 3m, 110m, PositionSide.Long)), -2022);
        Refused(() => rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 90m, PositionSide.Short)), -2022);
    }

    [Fact]
    public void Hedged_positions_stand_side_by_side_and_their_closing_orders_end_with_them()
    {
        using var rig = new MarginRig();
        rig.Exchange.SetHedgeMode("a", true);
        rig.Trade("a", OrderSide.Buy, 3m, 100m, PositionSide.Long);
        rig.Trade("a", OrderSide.Sell, 2m, 101m, PositionSide.Short);
        var take = rig.Exchange.Place("a", rig.Limit(OrderSide.Sell, 3m, 110m, PositionSide.Long));
        (rig.Position("a", PositionSide.Long).Quantity, rig.Position("a", PositionSide.Short).Quantity).ShouldBe((3m, -2m));
        rig.Position("a", PositionSide.Long).OpenOrderMargin.ShouldBe(0);
        rig.Trade("a", OrderSide.Sell, 3m, 102m, PositionSide.Long);
        rig.Wallet("a").RealizedPnl.ShouldBe(6m);
        rig.Exchange.GetOrder("a", X, take.OrderId, null).Status.ShouldBe(OrderStatus.Expired);
        rig.Exchange.GetPositions("a", X).Single().PositionSide.ShouldBe(PositionSide.Short);
        rig.Exchange.GetUserTrades("a", X, 0, 10).Select(f => f.PositionSide).ShouldBe([PositionSide.Long, PositionSide.Short, PositionSide.Long]);
    }

    [Fact]
    public void Isolated_margin_comes_with_the_position_and_goes_with_its_parts()
    {
        using var rig = new MarginRig(1_000m);
        rig.Exchange.SetMarginType("a", X, MarginType.Isolated);
        rig.Trade("a", OrderSide.Buy, 10m, 100m);
        (rig.Position("a").IsolatedWallet, rig.Wallet("a").CrossBalance, rig.Wallet("a").Available).ShouldBe((100m, 900m, 900m));
        rig.Trade("a", OrderSide.Sell, 4m, 105m);
        (rig.Position("a").IsolatedWallet, rig.Wallet("a").CrossBalance).ShouldBe((60m, 960m));
        rig.Trade("a", OrderSide.Sell, 16m, 100m);
        (rig.Position("a").Quantity, rig.Position("a").IsolatedWallet, rig.Wallet("a").CrossBalance).ShouldBe((-10m, 100m, 920m));
    }

    [Fact]
    public void Isolated_margin_may_be_added_and_taken_back_down_to_the_initial_margin()
    {
        using var rig = new MarginRig(1_000m);
        rig.Exchange.SetMarginType("a", X, MarginType.Isolated);
        Refused(() => rig.Exchange.MovePositionMargin("a", X, PositionSide.Both, 5m), -4054);
        Refused(() => rig.Exchange.MovePositionMargin("a", Y, PositionSide.Both, 5m), -4049);
        rig.Trade("a", OrderSide.Buy, 10m, 100m);
        Refused(() => rig.Exchange.MovePositionMargin("a", X, PositionSide.Long, 5m), -4061);
        Refused(() => rig.Exchange.MovePositionMargin("a", X, PositionSide.Both, 0), -4055);
        Refused(() => rig.Exchange.MovePositionMargin("a", X, PositionSide.Both, 901m), -4050);
        Refused(() => rig.Exchange.MovePositionMargin("a", X, PositionSide.Both, -1m), -4051);
        rig.Exchange.MovePositionMargin("a", X, PositionSide.Both, 50m);
        rig.Events.Accounts.Last().Change.Reason.ShouldBe("MARGIN_TRANSFER");
        rig.Exchange.MovePositionMargin("a", X, PositionSide.Both, -50m);
        rig.Position("a").IsolatedWallet.ShouldBe(100m);
        Refused(() => rig.Exchange.SetLeverage("a", X, 5), -4161);
    }

    [Fact]
    public void Money_comes_and_goes_but_never_what_is_margin()
    {
        using var rig = new MarginRig(1_000m);
        rig.Exchange.Transfer("a", 500m).Balance.ShouldBe(1_500m);
        rig.Trade("a", OrderSide.Buy, 100m, 100m);
        Refused(() => rig.Exchange.Transfer("a", -501m), -2018);
        rig.Mark(200m);
        Refused(() => rig.Exchange.Transfer("a", -1_500.1m), -2018);
        rig.Exchange.Transfer("a", -250m).Transfers.ShouldBe(250m);
        rig.Exchange.GetIncome("a", null, "TRANSFER", 0, long.MaxValue, 10).Select(i => i.Amount).ShouldBe([500m, -250m]);
        rig.Exchange.GetTotals().Withdrawals.ShouldBe(250m);
        rig.Events.Accounts.Last().Change.Reason.ShouldBe("WITHDRAW");
    }

    [Fact]
    public void Each_account_pays_its_own_commission()
    {
        using var rig = new MarginRig(change: o => o with
        {
            Accounts = [o.Accounts[0] with { TakerFee = 0.001m }, o.Accounts[1] with { MakerFee = -0.0001m }, o.Accounts[2]],
        });
        rig.Exchange.Place("b", rig.Limit(OrderSide.Sell, 1m, 100m));
        rig.Exchange.Place("a", rig.Limit(OrderSide.Buy, 1m, 100m));
        (rig.Wallet("a").Fees, rig.Wallet("b").Fees).ShouldBe((0.1m, -0.01m));
        rig.Exchange.GetCommission("a").ShouldBe(new CommissionRates(0, 0.001m));
        rig.Exchange.GetIncome("b", X, "COMMISSION", 0, long.MaxValue, 10).Single().Amount.ShouldBe(0.01m);
    }

    private static void Refused(Action action, int code) => Exchanges.RefusalOf(action).ShouldBe(code);
}
