using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>What an operator sees of a gate.</summary>
public sealed class RiskViewTests
{
    [Fact]
    public void An_account_with_a_position_each_way_and_an_order_in_flight()
    {
        var s = new GateScene(new RiskLimits { DirectionEquityShareMax = 0.2m });
        s.Open(5);
        s.Open(2, OrderSide.Sell, "ETHUSDT");
        s.Approve(s.Entry(3, OrderSide.Sell, "SOLUSDT"));
        s.Gate.OnMark("BTCUSDT", 98, s.Now);
        s.Gate.OnFunding(-4, s.Now);
        var view = s.Gate.View();
        (view.Account, view.State, view.StateReason, view.OpenOrders, view.NextSequence).ShouldBe(("main", TradingState.Active, "test", 1, 4));
        (view.Wallet, view.UnrealizedPnl, view.Equity).ShouldBe((9_996m, -10m, 9_986m));
        (view.LongNotional, view.ShortNotional, view.GrossNotional, view.NetNotional, view.ReservedNotional).ShouldBe((490m, 500m, 990m, 290m, 300m));
        (view.DayStartMs, view.DayStartEquity, view.DayRealizedPnl, view.DayLossRatio, view.EntriesHaltedUntilMs)
            .ShouldBe((GateScene.T0, 10_000m, -4m, 0.0004m, null));
        (view.LossStreak, view.PausedUntilMs, view.Drawdown, view.SizeMultiplier).ShouldBe((0, 0L, 0.0014m, 1m));
        (view.IsTotalLossHalted, view.IsDrawdownStopped, view.Stop.Action).ShouldBe((false, false, StopAction.None));
        view.LiquidationDistance.ShouldBe((9_986 - (0.025m * 990)) / 990);
        view.Symbols.Select(symbol => symbol.Symbol).ShouldBe(["BTCUSDT", "ETHUSDT", "SOLUSDT"]);
        view.Symbols[0].ShouldBe(new SymbolRiskView("BTCUSDT", 5, 100, 98, -10, 0, 0, "momentum", 0, 0, 490, 0, 1001));
        view.Symbols[1].ShouldBe(new SymbolRiskView("ETHUSDT", -2, 100, 100, 0, 0, 0, "momentum", 0, 0, 0, 200, 1002));
        view.Symbols[2].ShouldBe(new SymbolRiskView("SOLUSDT", 0, 0, 100, 0, 0, 0, "", 0, 3, 0, 300, 0));
    }

    [Fact]
    public void What_is_used_of_every_limit_is_in_the_limits_unit()
    {
        var s = new GateScene(new RiskLimits { DirectionEquityShareMax = 0.2m });
        s.Open(5);
        s.Open(2, OrderSide.Sell, "ETHUSDT");
        s.Approve(s.Entry(3, OrderSide.Sell, "SOLUSDT"));
        s.Gate.OnMark("BTCUSDT", 120, s.Now);
        s.Gate.OnFunding(-100, s.Now);
        var used = s.Gate.View().Limits.ToDictionary(limit => limit.Name);
        LimitUse Use(decimal value, decimal max, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(max))] string name = "") =>
            new(name[(name.LastIndexOf('.') + 1)..], value, max);
        var limits = new RiskLimits();
        LimitUse[] expected =
        [
            Use(0.06m, limits.PositionEquityShareMax), Use(600, limits.PositionNotionalMax), Use(2, limits.SymbolsPerSideMax), Use(0.11m, limits.GrossNotionalEquityMax),
            Use(1_100, limits.GrossNotionalMax), Use(400, limits.NetNotionalMax), Use(1, limits.OpenOrdersMax), Use(0.01m, limits.DailyLossMax),
            Use(0, limits.DailyTotalLossMax),
        ];
        foreach (var use in expected) used[use.Name].ShouldBe(use);
        used[nameof(RiskLimits.DirectionEquityShareMax)].Used.ShouldBe(0.06m);
        used[nameof(RiskLimits.LeverageMax)].ShouldBe(new LimitUse(nameof(RiskLimits.LeverageMax), 1_100 / 9_900m, 1.5m), "the wallet is the smaller");
        used[nameof(RiskLimits.DrawdownStopAbove)].Used.ShouldBe(s.Gate.View().Drawdown);
        used.Count.ShouldBe(12);

        s.Gate.OnMark("BTCUSDT", 20, s.Now + 60_000);
        s.Gate.View().Limits.Single(limit => limit.Name == nameof(RiskLimits.DailyTotalLossMax)).Used.ShouldBe(0.05m, "10,000 at the start, 9,500 now");
        s.Gate.View().Limits.Single(limit => limit.Name == nameof(RiskLimits.LeverageMax)).Used.ShouldBe(600 / 9_500m, "the equity is the smaller");
    }

    [Fact]
    public void An_account_of_which_nothing_is_known_uses_nothing()
    {
        var view = new GateScene(wallet: null).Gate.View();
        (view.Wallet, view.Equity, view.LiquidationDistance, view.DayStartMs).ShouldBe((null, null, null, -1L));
        view.Symbols.ShouldBeEmpty();
        view.Limits.ShouldAllBe(limit => limit.Used == 0);
    }
}
