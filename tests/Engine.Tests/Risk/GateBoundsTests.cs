using Granary.Engine.Margin;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Where each of the gate's limits begins: at the bound an order passes, a step beyond it is refused.</summary>
public sealed class GateBoundsTests
{
    private static readonly RiskLimits Wide = new()
    {
        PositionEquityShareMax = 100,
        DirectionEquityShareMax = 100,
        GrossNotionalEquityMax = 100,
        LeverageMax = 100,
        MarginLeverage = 100,
        NotionalMaxPerOrder = 1_000_000,
    };

    [Theory]
    [InlineData(null, null)]
    [InlineData(1000L, null)]
    [InlineData(-1000L, null)]
    [InlineData(1001L, RefusalReason.ClockSkew)]
    [InlineData(-1001L, RefusalReason.ClockSkew)]
    public void Clock_skew(long? skew, RefusalReason? expected) => In(market => market with { ClockSkewMs = skew }).ShouldBe(expected);

    [Theory]
    [InlineData(99.75, 100.25, null)]
    [InlineData(99.7, 100.25, RefusalReason.SpreadTooWide)]
    [InlineData(100, 100, null)]
    [InlineData(100.1, 100, RefusalReason.SpreadTooWide)]
    public void Spread(decimal bid, decimal ask, RefusalReason? expected) => In(market => market with { BidPrice = bid, AskPrice = ask }).ShouldBe(expected);

    [Theory]
    [InlineData(0.3, null)]
    [InlineData(0.2999, RefusalReason.ThinMarket)]
    [InlineData(double.NaN, RefusalReason.ThinMarket)]
    [InlineData(7.0, null)]
    public void Trade_intensity(double share, RefusalReason? expected) => In(market => market with { TradeIntensityShare = share }).ShouldBe(expected);

    [Fact]
    public void Maintenance_windows_hold_from_their_begin_to_before_their_end()
    {
        var window = new MaintenanceWindow { Name = "upgrade", StartMs = GateScene.T0 + 5_000, EndMs = GateScene.T0 + 9_000 };
        var limits = new RiskLimits { MaintenanceWindows = [window] };
        RefusalReason? At(long ms) => In(market => market with { MarketTimeMs = GateScene.T0 + ms }, limits);
        (At(4_999), At(5_000), At(8_999), At(9_000)).ShouldBe((null, RefusalReason.Maintenance, RefusalReason.Maintenance, null));
    }

    [Fact]
    public void Cross_market_flow_is_information_until_a_level_is_configured()
    {
        var s = new GateScene();
        s.Decide(s.Entry(1), s.Market() with { CrossMarketFlow = -0.9 }).CrossMarketAgrees.ShouldBe(false);
        s = new GateScene();
        s.Decide(s.Entry(1, OrderSide.Sell), s.Market() with { CrossMarketFlow = -0.9 }).CrossMarketAgrees.ShouldBe(true);
        s = new GateScene();
        s.Decide(s.Entry(1), s.Market()).CrossMarketAgrees.ShouldBeNull();
        var limits = new RiskLimits { CrossMarketFlowMax = 0.3 };
        In(market => market with { CrossMarketFlow = -0.3 }, limits).ShouldBeNull();
        In(market => market with { CrossMarketFlow = -0.31 }, limits).ShouldBe(RefusalReason.CrossMarketDisagrees);
        In(market => market with { CrossMarketFlow = 0.9 }, limits).ShouldBeNull();
        In(market => market with { CrossMarketFlow = double.NaN }, limits).ShouldBe(RefusalReason.CrossMarketDisagrees);
    }

    [Theory]
    [InlineData(OrderType.Market, TimeInForce.Ioc, null)]
    [InlineData(OrderType.Market, TimeInForce.Gtc, null)]
    [InlineData(OrderType.Market, TimeInForce.Fok, RefusalReason.OrderTypeUnsupported)]
    [InlineData(OrderType.Market, TimeInForce.Gtx, RefusalReason.OrderTypeUnsupported)]
    [InlineData(OrderType.Limit, TimeInForce.Gtc, null)]
    [InlineData(OrderType.Limit, TimeInForce.Ioc, null)]
    [InlineData(OrderType.Limit, TimeInForce.Fok, null)]
    [InlineData(OrderType.Limit, TimeInForce.Gtx, null)]
    [InlineData(OrderType.Limit, (TimeInForce)9, RefusalReason.OrderTypeUnsupported)]
    [InlineData((OrderType)9, TimeInForce.Gtc, RefusalReason.OrderTypeUnsupported)]
    public void Types_and_times_in_force(OrderType type, TimeInForce timeInForce, RefusalReason? expected)
    {
        var s = new GateScene();
        (s.Decide(s.Entry(1) with { OrderType = type, TimeInForce = timeInForce, LimitPrice = 99.9m }).Refusal?.Reason).ShouldBe(expected);
    }

    [Theory]
    [InlineData(OrderSide.Buy, 100.0, null)]
    [InlineData(OrderSide.Buy, 100.1, RefusalReason.PostOnlyWouldCross)]
    [InlineData(OrderSide.Sell, 99.9, RefusalReason.PostOnlyWouldCross)]
    [InlineData(OrderSide.Sell, 100.0, null)]
    public void Post_only_orders_do_not_take(OrderSide side, decimal price, RefusalReason? expected)
    {
        var s = new GateScene();
        var entry = s.Entry(1, side) with { OrderType = OrderType.Limit, TimeInForce = TimeInForce.Gtx, LimitPrice = price };
        (s.Decide(entry, s.Market() with { BidPrice = 99.9m, AskPrice = 100.1m }).Refusal?.Reason).ShouldBe(expected);
        s = new GateScene();
        s.Decide(s.Entry(1, side) with { OrderType = OrderType.Limit, LimitPrice = price }, s.Market() with { BidPrice = 99.9m, AskPrice = 100.1m })
            .Approved.ShouldNotBeNull("only post-only orders must not take");
    }

    [Theory]
    [InlineData(OrderSide.Buy, OrderSide.Sell, 99.9, 99.8, RefusalReason.SelfTrade)]
    [InlineData(OrderSide.Buy, OrderSide.Sell, 99.9, 99.9, RefusalReason.SelfTrade)]
    [InlineData(OrderSide.Buy, OrderSide.Sell, 99.9, 100, null)]
    [InlineData(OrderSide.Buy, OrderSide.Buy, 99.9, 99.9, null)]
    [InlineData(OrderSide.Sell, OrderSide.Buy, 100.1, 100.1, RefusalReason.SelfTrade)]
    [InlineData(OrderSide.Sell, OrderSide.Buy, 100.1, 100, null)]
    public void An_order_does_not_meet_the_accounts_own_resting_order(
        OrderSide side, OrderSide resting, decimal price, decimal restsAt, RefusalReason? expected)
    {
        var s = new GateScene();
        Rest(s, resting, restsAt);
        s.Restart();
        (s.Decide(s.Entry(1, side) with { OrderType = OrderType.Limit, LimitPrice = price }).Refusal?.Reason).ShouldBe(expected);
    }

    [Fact]
    public void A_market_entry_reaches_to_the_opposite_quote_and_a_market_exit_always_leaves()
    {
        var s = new GateScene();
        Rest(s, OrderSide.Sell, 100.2m);
        s.Decide(s.Entry(1), s.Market() with { BidPrice = 100.1m, AskPrice = 100.2m }).Refusal!.Reason.ShouldBe(RefusalReason.SelfTrade);
        s.Approve(s.Entry(1), s.Market() with { BidPrice = 100, AskPrice = 100.1m });
        s = new GateScene();
        s.Open(1);
        Rest(s, OrderSide.Buy, 100);
        s.Decide(s.Exit() with { OrderType = OrderType.Limit, LimitPrice = 100 }).Refusal!.Reason.ShouldBe(RefusalReason.SelfTrade);
        s.Approve(s.Exit());
    }

    [Theory]
    [InlineData(OrderSide.Sell, TriggerKind.Stop, 99.9, null)]
    [InlineData(OrderSide.Sell, TriggerKind.Stop, 100, RefusalReason.TriggerWouldFire)]
    [InlineData(OrderSide.Sell, TriggerKind.TakeProfit, 100.1, null)]
    [InlineData(OrderSide.Sell, TriggerKind.TakeProfit, 100, RefusalReason.TriggerWouldFire)]
    [InlineData(OrderSide.Sell, TriggerKind.Stop, 99.95, RefusalReason.TriggerPrice)]
    [InlineData(OrderSide.Sell, TriggerKind.Stop, 0.9, RefusalReason.TriggerPrice)]
    [InlineData(OrderSide.Buy, TriggerKind.Stop, 101, RefusalReason.ReduceOnlyWouldIncrease)]
    public void Protective_orders_of_a_long_position(OrderSide side, TriggerKind kind, decimal trigger, RefusalReason? expected)
    {
        var s = new GateScene();
        s.Open(2);
        (s.Gate.CheckTrigger(new TriggerRequest("BTCUSDT", side, kind, trigger, 2), s.Market())?.Reason).ShouldBe(expected);
    }

    [Theory]
    [InlineData(TriggerKind.Stop, 100.1, null)]
    [InlineData(TriggerKind.Stop, 99.9, RefusalReason.TriggerWouldFire)]
    [InlineData(TriggerKind.TakeProfit, 99.9, null)]
    [InlineData(TriggerKind.TakeProfit, 100.1, RefusalReason.TriggerWouldFire)]
    public void Protective_orders_of_a_short_position(TriggerKind kind, decimal trigger, RefusalReason? expected)
    {
        var s = new GateScene();
        s.Open(2, OrderSide.Sell);
        (s.Gate.CheckTrigger(new TriggerRequest("BTCUSDT", OrderSide.Buy, kind, trigger, null), s.Market())?.Reason).ShouldBe(expected);
    }

    [Fact]
    public void Protective_orders_need_a_position_a_symbol_a_price_and_a_legal_quantity()
    {
        var s = new GateScene();
        RefusalReason? Check(decimal? quantity, Func<MarketContext, MarketContext>? change = null, string symbol = "BTCUSDT") =>
            s.Gate.CheckTrigger(new TriggerRequest(symbol, OrderSide.Sell, TriggerKind.Stop, 99, quantity), (change ?? (market => market))(s.Market()))?.Reason;
        Check(null).ShouldBe(RefusalReason.ReduceOnlyNoPosition);
        s.Open(2);
        Check(2.001m).ShouldBe(RefusalReason.ReduceOnlyWouldIncrease);
        Check(1.0005m).ShouldBe(RefusalReason.QuantityStep);
        Check(null, symbol: "ETHUSDT").ShouldBe(RefusalReason.UnknownSymbol);
        Check(null, market => market with { MarkPrice = null, LastPrice = 0 }).ShouldBe(RefusalReason.NoPrice);
        Check(null, market => market with { MarkPrice = null }).ShouldBeNull("judged by the last price then");
    }

    [Fact]
    public void Absolute_and_leverage_caps_of_a_position()
    {
        Given(new RiskLimits { PositionNotionalMax = 300 }, 3).ShouldBeNull();
        Given(new RiskLimits { PositionNotionalMax = 300 }, 3.001m).ShouldBe(RefusalReason.PositionNotionalLimit);
        var own = new RiskLimits { PositionNotionalMax = 300, SymbolLimits = [new SymbolLimit { Symbol = "BTCUSDT", PositionNotionalMax = 400 }] };
        Given(own, 4).ShouldBeNull();
        Given(own, 4.001m).ShouldBe(RefusalReason.PositionNotionalLimit);
        Given(Wide with { SymbolLeverageMax = 1.5m }, 150).ShouldBeNull();
        Given(Wide with { SymbolLeverageMax = 1.5m }, 150.001m, 3).ShouldBe(RefusalReason.SymbolLeverageLimit, "the account's is the smaller");
        Given(Wide, 150, 1.5m).ShouldBeNull();
        Given(Wide, 150.001m, 1.5m).ShouldBe(RefusalReason.SymbolLeverageLimit);
    }

    [Fact]
    public void A_size_is_cut_to_what_the_positions_caps_leave()
    {
        var s = new GateScene(new RiskLimits { PositionNotionalMax = 300, EntriesPerSymbolMax = 3 });
        s.Fill(s.Approve(s.Entry()));
        s.Gate.View().Symbols.Single().Quantity.ShouldBe(3);
        s.Decide(s.Entry()).Refusal!.Reason.ShouldBe(RefusalReason.PositionNotionalLimit, "nothing is left");
        s = new GateScene(new RiskLimits { PositionNotionalMax = 300, EntriesPerSymbolMax = 3 });
        s.Open(1);
        s.Approve(s.Entry()).Request.Quantity.ShouldBe(2);
        s = new GateScene();
        s.Approve(s.Entry() with { LeverageCap = 0.02m }).Request.Quantity.ShouldBe(2);
    }

    [Fact]
    public void Net_notional_counts_an_opposite_position_only_as_far_as_no_exit_may_end_it()
    {
        GateScene Hedged()
        {
            var s = new GateScene(new RiskLimits { NetNotionalMax = 300 });
            s.Open(2, OrderSide.Sell, "ETHUSDT");
            return s;
        }
        var s = Hedged();
        s.Approve(s.Entry(5));
        s = Hedged();
        s.Approve(s.Exit(1, OrderSide.Buy, "ETHUSDT"));
        s.Decide(s.Entry(4.001m)).Refusal!.Reason.ShouldBe(RefusalReason.NetNotionalLimit);
        s.Approve(s.Entry(4));
    }

    [Fact]
    public void Concentration_counts_symbols_with_anything_on_the_side()
    {
        var s = new GateScene(new RiskLimits { SymbolsPerSideMax = 2, EntriesPerSymbolMax = 2 });
        s.Open(1, symbol: "ETHUSDT");
        s.Open(1, OrderSide.Sell, "XRPUSDT");
        s.Approve(s.Entry(1, symbol: "SOLUSDT"));
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.ConcentrationLimit);
        s.Approve(s.Entry(1, symbol: "ETHUSDT"));
    }

    [Fact]
    public void A_correlation_group_caps_each_side_on_its_own()
    {
        var s = new GateScene(new RiskLimits
        {
            CorrelationGroups =
            [
                new CorrelationGroup { Name = "others", Symbols = ["SOLUSDT"], EquityShareMax = 0.001m },
                new CorrelationGroup { Name = "majors", Symbols = ["BTCUSDT", "ETHUSDT"], EquityShareMax = 0.06m },
            ],
        });
        s.Open(4, symbol: "ETHUSDT");
        s.Decide(s.Entry(2.001m)).Refusal!.Detail.ShouldBe("notional=600.1 max=600 group=majors side=Buy");
        s.Approve(s.Entry(2));
        s.Approve(s.Entry(5, OrderSide.Sell, "XRPUSDT"));
    }

    [Fact]
    public void Liquidation_distance_uses_the_ladder_of_each_symbol_and_a_flat_rate_without_one()
    {
        // 1,000 of equity, 1,900 after the order: flat (1000 - 0.025 * 1900) / 1900 = 0.501.
        var limits = Wide with { LiquidationDistanceMin = 0.5m, MaintenanceRate = 0.025m };
        Distance(limits, 19).ShouldBeNull();
        Distance(limits, 19.1m).ShouldBe(RefusalReason.LiquidationDistance);
        Distance(limits, 19, LeverageBrackets.Flat("BTCUSDT", 0.1m)).ShouldBe(RefusalReason.LiquidationDistance);
        Distance(limits, 19.1m, LeverageBrackets.Flat("BTCUSDT", 0.001m)).ShouldBeNull();
        Distance(limits, 18.5m, LeverageBrackets.Flat("ETHUSDT", 0.5m)).ShouldBe(RefusalReason.LiquidationDistance, "the position held counts with its own");
        Distance(limits, 18.5m).ShouldBeNull();
    }

    [Fact]
    public void Exits_keep_a_reserve_of_the_venues_rate_and_stop_only_there()
    {
        var s = new GateScene(new RiskLimits { EntryOrdersPer10sMax = 2, OrdersPer10sMax = 4 });
        s.Open(2);
        s.Fill(s.Approve(s.Exit(1)));
        s.Decide(s.Entry(1, symbol: "ETHUSDT")).Refusal!.Reason.ShouldBe(RefusalReason.OrderRate);
        s.Restart();
        s.Fill(s.Approve(s.Exit(0.4m)));
        s.Fill(s.Approve(s.Exit(0.3m)));
        s.Decide(s.Exit()).Refusal!.Reason.ShouldBe(RefusalReason.VenueOrderRate);
        var first = GateScene.T0 + 1_000;
        s.Now = first + 9_999;
        s.Decide(s.Exit()).Refusal!.Reason.ShouldBe(RefusalReason.VenueOrderRate);
        s.Now = first + 10_000;
        s.Approve(s.Exit());
    }

    [Fact]
    public void The_minute_counts_beside_the_ten_seconds()
    {
        var s = new GateScene(new RiskLimits { EntryOrdersPerMinuteMax = 2, OrdersPerMinuteMax = 3 });
        s.Open(1);
        s.Now += 30_000;
        s.Fill(s.Approve(s.Exit(0.5m)));
        s.Decide(s.Entry(1, symbol: "ETHUSDT")).Refusal!.Reason.ShouldBe(RefusalReason.OrderRate);
        s.Fill(s.Approve(s.Exit(0.2m)));
        s.Decide(s.Exit()).Refusal!.Reason.ShouldBe(RefusalReason.VenueOrderRate);
        s.Now = GateScene.T0 + 1_000 + 60_000;
        s.Approve(s.Exit());
    }

    [Fact]
    public void The_cancel_fill_ratio_needs_a_count_is_strict_and_forgets()
    {
        var limits = new RiskLimits { CancelCountMin = 4, CancelFillRatioMax = 2, CancelFillWindowMs = 3_600_000 };
        var s = new GateScene(limits);
        s.Open(1);
        s.Fill(s.Approve(s.Exit()));
        var begin = s.Now;
        void Expire() => s.Report(s.Approve(s.Entry(1)), OrderStatus.Expired, 0);
        for (var i = 0; i < 4; i++) Expire();
        var refused = s.Approve(s.Entry(1));
        s.Notify(s.Tracker().MarkRejected(refused.Request.ClientOrderId, -2019, "no", s.Now));
        var partly = s.Approve(s.Entry(1));
        s.Fill(partly, 0.5m);
        s.Report(partly, OrderStatus.Canceled, 0.5m);
        s.Fill(s.Approve(s.Exit()));
        for (var i = 0; i < 5; i++) Expire();
        s.Restart();
        s.Decide(s.Entry(1)).Refusal!.Detail.ShouldBe("unfilled=9 filled=4 ratio_max=2", "refused orders do not count");
        s.Now = begin + 3_600_000 + 5_000;
        s.Approve(s.Entry(1));
    }

    [Theory]
    [InlineData(0.003, false, false, null)]
    [InlineData(0.00299, false, false, RefusalReason.ProfitBelowFees)]
    [InlineData(0.0021, false, true, null)]
    [InlineData(0.0012, true, true, null)]
    [InlineData(0.00119, true, true, RefusalReason.ProfitBelowFees)]
    [InlineData(double.NaN, false, false, RefusalReason.ProfitBelowFees)]
    public void Expected_profit_is_three_round_trips_of_fees(double profit, bool isEntryMaker, bool isExitMaker, RefusalReason? expected)
    {
        var s = new GateScene();
        var entry = s.Entry(1) with { ExpectedProfit = profit, IsExitMaker = isExitMaker };
        if (isEntryMaker) entry = entry with { OrderType = OrderType.Limit, TimeInForce = TimeInForce.Gtx, LimitPrice = 99.9m };
        (s.Decide(entry).Refusal?.Reason).ShouldBe(expected);
    }

    private static RefusalReason? In(Func<MarketContext, MarketContext> change, RiskLimits? limits = null)
    {
        var s = new GateScene(limits);
        return s.Decide(s.Entry(1), change(s.Market())).Refusal?.Reason;
    }

    private static RefusalReason? Given(RiskLimits limits, decimal quantity, decimal? leverageCap = null)
    {
        var s = new GateScene(limits);
        return s.Decide(s.Entry(quantity) with { LeverageCap = leverageCap }).Refusal?.Reason;
    }

    /// <summary>An entry after ETHUSDT of 1 is held, so that the book is worth the quantity, which counts that one too.</summary>
    private static RefusalReason? Distance(RiskLimits limits, decimal quantity, LeverageBrackets? ladder = null)
    {
        var s = new GateScene(limits, wallet: 1000);
        if (ladder is not null) s.Gate.SetBrackets(ladder);
        s.Open(1, symbol: "ETHUSDT");
        s.Restart();
        if (ladder is not null) s.Gate.SetBrackets(ladder);
        return s.Decide(s.Entry(quantity - 1)).Refusal?.Reason;
    }

    private static void Rest(GateScene s, OrderSide side, decimal price) => s.Notify(s.Tracker().Apply(new OrderReport(
        "BTCUSDT", "web_1", 9, OrderStatus.New, side, OrderType.Limit, TimeInForce.Gtc, 1, price, 0, 0, false, s.Now, null)));
}
