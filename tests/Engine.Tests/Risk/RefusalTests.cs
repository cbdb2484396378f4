using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Every refusal reason is reached by a proposal that breaks just that rule, and the same proposal without the fault passes.</summary>
public sealed class RefusalTests
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

    private static readonly Dictionary<RefusalReason, Func<GateDecision>> Scenarios = new()
    {
        [RefusalReason.UnknownSymbol] = () => { var s = new GateScene(); return s.Decide(s.Entry(), s.Market(symbol: "ETHUSDT")); },
        [RefusalReason.AccountMismatch] = () => { var s = new GateScene(); return s.Decide(s.Entry() with { Account = "other" }); },
        [RefusalReason.NameInvalid] = () => { var s = new GateScene(); return s.Decide(s.Entry() with { Strategy = "a/b" }); },
        [RefusalReason.SymbolNotTrading] = () =>
        {
            var s = new GateScene();
            return s.Decide(s.Entry(), s.Market() with { Rules = GateScene.Rules() with { Status = "SETTLING" } });
        },
        [RefusalReason.StateHalted] = () => InState(TradingState.Halted),
        [RefusalReason.StateReduceOnly] = () => InState(TradingState.ReduceOnly),
        [RefusalReason.StateRecovering] = () => InState(TradingState.Recovering),
        [RefusalReason.DuplicateIntent] = () =>
        {
            var s = new GateScene();
            var entry = s.Entry();
            s.Fill(s.Approve(entry));
            s.Fill(s.Approve(s.Exit()));
            return s.Decide(entry);
        },
        [RefusalReason.ProposalExpired] = () => { var s = new GateScene(); return s.Decide(s.Entry() with { GoodTillMs = s.Now - 1 }); },
        [RefusalReason.PricePrecision] = () => Coarse(rules => rules with { PricePrecision = 0 }),
        [RefusalReason.QuantityPrecision] = () => Coarse(rules => rules with { QuantityPrecision = 2 }),
        [RefusalReason.StaleData] = () => { var s = new GateScene(); return s.Decide(s.Entry(), s.Market() with { DataAgeMs = 5001 }); },
        [RefusalReason.NoPrice] = () => { var s = new GateScene(); return s.Decide(s.Entry(), s.Market() with { LastPrice = 0 }); },
        [RefusalReason.EquityUnknown] = () => { var s = new GateScene(wallet: null); return s.Decide(s.Entry()); },
        [RefusalReason.NoAtr] = () => { var s = new GateScene(); return s.Decide(s.Entry() with { Atr = null }); },
        [RefusalReason.SizeZero] = () => { var s = new GateScene(); return s.Decide(s.Entry() with { RegimeFactor = 0 }); },
        [RefusalReason.QuantityBelowMin] = () => Sized(0.0005m),
        [RefusalReason.QuantityAboveMax] = () => { var s = new GateScene(Wide); return s.Decide(s.Entry(500.001m)); },
        [RefusalReason.QuantityStep] = () => Sized(1.0005m),
        [RefusalReason.PriceTick] = () => Limited(100.05m),
        [RefusalReason.PriceRange] = () => Limited(105.1m, new RiskLimits { DistanceFromMarkMax = 1 }),
        [RefusalReason.NotionalBelowMin] = () => Sized(0.049m),
        [RefusalReason.NotionalAboveMax] = () => { var s = new GateScene(new RiskLimits { NotionalMaxPerOrder = 400 }); return s.Decide(s.Entry(4.001m)); },
        [RefusalReason.DistanceFromMark] = () => Limited(102.1m),
        [RefusalReason.PositionLimit] = () => Sized(5.001m),
        [RefusalReason.DirectionLimit] = () =>
        {
            var s = new GateScene();
            s.Open(5, symbol: "ETHUSDT");
            s.Open(4, symbol: "SOLUSDT");
            return s.Decide(s.Entry(1.001m));
        },
        [RefusalReason.GrossNotionalLimit] = () =>
        {
            var s = new GateScene(new RiskLimits { GrossNotionalEquityMax = 0.06m });
            s.Open(5, symbol: "ETHUSDT");
            return s.Decide(s.Entry(1.001m, OrderSide.Sell));
        },
        [RefusalReason.LeverageLimit] = () =>
        {
            var s = new GateScene(Wide with { LeverageMax = 2 }, wallet: 1000);
            s.Open(10, symbol: "ETHUSDT");
            s.Gate.OnMark("ETHUSDT", 110, s.Now);
            return s.Decide(s.Entry(10));
        },
        [RefusalReason.MarginInsufficient] = () => { var s = new GateScene(Wide with { MarginLeverage = 1 }, wallet: 1000); return s.Decide(s.Entry(10)); },
        [RefusalReason.OpenOrdersLimit] = () =>
        {
            var s = new GateScene(new RiskLimits { OpenOrdersMax = 1 });
            s.Approve(s.Entry(1, symbol: "ETHUSDT"));
            return s.Decide(s.Entry(1));
        },
        [RefusalReason.DailyLoss] = () => { var s = new GateScene(); s.Trade(-300.01m); return s.Decide(s.Entry()); },
        [RefusalReason.LossStreakPause] = () =>
        {
            var s = new GateScene();
            for (var i = 0; i < 8; i++) s.Trade(-1);
            return s.Decide(s.Entry());
        },
        [RefusalReason.ReduceOnlyNoPosition] = () => { var s = new GateScene(); return s.Decide(s.Exit()); },
        [RefusalReason.ReduceOnlyWouldIncrease] = () => { var s = new GateScene(); s.Open(1); return s.Decide(s.Exit(1.001m)); },
        [RefusalReason.PositionAlreadyOpen] = () => { var s = new GateScene(); s.Open(1); return s.Decide(s.Entry(1)); },
        [RefusalReason.OrderInFlight] = () => { var s = new GateScene(); s.Approve(s.Entry(1)); return s.Decide(s.Entry(1)); },
        [RefusalReason.SignalsInvalid] = () => { var s = new GateScene(); return s.Decide(s.Entry() with { Signals = [new ProposalSignal("", 1, 1)] }); },
        [RefusalReason.ClockSkew] = () => InMarket(market => market with { ClockSkewMs = -1001 }),
        [RefusalReason.SpreadTooWide] = () => InMarket(market => market with { BidPrice = 99.7m, AskPrice = 100.3m }),
        [RefusalReason.ThinMarket] = () => InMarket(market => market with { TradeIntensityShare = 0.29 }),
        [RefusalReason.Maintenance] = () => InMarket(market => market with { IsVenueInMaintenance = true }),
        [RefusalReason.CrossMarketDisagrees] = () => InMarket(market => market with { CrossMarketFlow = -0.4 }, new RiskLimits { CrossMarketFlowMax = 0.3 }),
        [RefusalReason.OrderTypeUnsupported] = () => { var s = new GateScene(); return s.Decide(s.Entry(1) with { TimeInForce = TimeInForce.Gtx }); },
        [RefusalReason.PostOnlyWouldCross] = () =>
        {
            var s = new GateScene();
            return s.Decide(
                s.Entry(1) with { OrderType = OrderType.Limit, TimeInForce = TimeInForce.Gtx, LimitPrice = 100.1m },
                s.Market() with { BidPrice = 100, AskPrice = 100.1m });
        },
        [RefusalReason.PositionNotionalLimit] = () =>
        {
            var s = new GateScene(new RiskLimits { SymbolLimits = [new SymbolLimit { Symbol = "BTCUSDT", PositionNotionalMax = 200 }] });
            return s.Decide(s.Entry(2.001m));
        },
        [RefusalReason.NetNotionalLimit] = () =>
        {
            var s = new GateScene(new RiskLimits { NetNotionalMax = 600 });
            s.Open(5, symbol: "ETHUSDT");
            return s.Decide(s.Entry(1.001m));
        },
        [RefusalReason.GrossNotionalAboveMax] = () =>
        {
            var s = new GateScene(new RiskLimits { GrossNotionalMax = 600 });
            s.Open(5, symbol: "ETHUSDT");
            return s.Decide(s.Entry(1.001m, OrderSide.Sell));
        },
        [RefusalReason.SymbolLeverageLimit] = () => { var s = new GateScene(Wide); return s.Decide(s.Entry(200.001m) with { LeverageCap = 2 }); },
        [RefusalReason.DailyTotalLoss] = () =>
        {
            var s = new GateScene();
            s.Open(5, symbol: "ETHUSDT");
            s.Gate.OnMark("ETHUSDT", 0.1m, s.Now);
            s.Gate.OnFunding(-0.51m, s.Now);
            return s.Decide(s.Entry(1));
        },
        [RefusalReason.DrawdownStop] = () =>
        {
            var s = new GateScene(new RiskLimits { DrawdownStopAbove = 0.02m, DrawdownReduceAbove = 0.02m, DrawdownRestoreAt = 0.01m });
            s.Trade(-201);
            return s.Decide(s.Entry(1));
        },
        [RefusalReason.SelfTrade] = () => { var s = new GateScene(); Rest(s, OrderSide.Sell, 100); return s.Decide(s.Entry(1)); },
        [RefusalReason.TriggerPrice] = () => Triggered(97.05m),
        [RefusalReason.TriggerWouldFire] = () => Triggered(100),
        [RefusalReason.ConcentrationLimit] = () =>
        {
            var s = new GateScene(new RiskLimits { SymbolsPerSideMax = 1 });
            s.Open(1, symbol: "ETHUSDT");
            s.Decide(s.Entry(1, OrderSide.Sell)).Approved.ShouldNotBeNull("the other side is free");
            return s.Decide(s.Entry(1, symbol: "SOLUSDT"));
        },
        [RefusalReason.CorrelationLimit] = () =>
        {
            var majors = new CorrelationGroup { Name = "majors", Symbols = ["BTCUSDT", "ETHUSDT"], EquityShareMax = 0.06m };
            var s = new GateScene(new RiskLimits { CorrelationGroups = [majors] });
            s.Open(5, symbol: "ETHUSDT");
            s.Decide(s.Entry(1.001m, symbol: "SOLUSDT")).Approved.ShouldNotBeNull("not of the group");
            return s.Decide(s.Entry(1.001m));
        },
        [RefusalReason.LiquidationDistance] = () =>
        {
            var s = new GateScene(Wide with { LiquidationDistanceMin = 0.5m, MaintenanceRate = 0.01m }, wallet: 1000);
            return s.Decide(s.Entry(20));
        },
        [RefusalReason.OrderRate] = () => Rushed(new RiskLimits { EntryOrdersPer10sMax = 2 }),
        [RefusalReason.VenueOrderRate] = () => Rushed(new RiskLimits { EntryOrdersPerMinuteMax = 2, OrdersPerMinuteMax = 2 }),
        [RefusalReason.CancelFillRatio] = () =>
        {
            var s = new GateScene(new RiskLimits { CancelCountMin = 3, CancelFillRatioMax = 2 });
            for (var i = 0; i < 3; i++) s.Report(s.Approve(s.Entry(1)), OrderStatus.Expired, 0);
            return s.Decide(s.Entry(1));
        },
        [RefusalReason.ProfitBelowFees] = () => { var s = new GateScene(); return s.Decide(s.Entry(1) with { ExpectedProfit = 0.0029 }); },
    };

    public static TheoryData<RefusalReason> Reasons => [.. Enum.GetValues<RefusalReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_is_reached_and_says_its_numbers(RefusalReason reason)
    {
        Scenarios.ShouldContainKey(reason, "a new reason needs a scenario here");
        var decision = Scenarios[reason]();
        decision.Refusal.ShouldNotBeNull();
        decision.Refusal.Reason.ShouldBe(reason);
        decision.Refusal.Detail.ShouldMatch("^[a-z0-9_]+=[^ ]", "numbers as key=value");
        decision.Refusal.Detail.ShouldNotMatch("=( |$)|NaN|E[-+][0-9]|[a-z]_ms=[0-9]{12}", "a value that says nothing, or a time that nobody can read");
    }

    [Theory]
    [InlineData(RefusalReason.NoAtr, "atr=none")]
    [InlineData(RefusalReason.SizeZero, "strength=1 regime=0 signals=0 kelly=0.5 multiplier=1")]
    [InlineData(RefusalReason.SpreadTooWide, "bid=99.7 ask=100.3 share=0.006 share_max=0.005")]
    [InlineData(RefusalReason.DistanceFromMark, "price=102.1 mark=100 share=0.021 share_max=0.02")]
    [InlineData(RefusalReason.DailyLoss, "realized=-300.01 start_equity=10000 until=2024-06-02T00:00:00Z")]
    [InlineData(RefusalReason.LossStreakPause, "losses=8 until=2024-06-01T04:00:02Z")]
    [InlineData(RefusalReason.LiquidationDistance, "equity=1000 maintenance=20 notional=2000 share=0.49 share_min=0.5")]
    [InlineData(RefusalReason.ProposalExpired, "late_ms=1 good_till=2024-06-01T00:00:01Z")]
    [InlineData(RefusalReason.PricePrecision, "price=100.1 decimals_max=0")]
    [InlineData(RefusalReason.QuantityPrecision, "quantity=1.001 decimals_max=2")]
    [InlineData(RefusalReason.TriggerPrice, "trigger=97.05 tick=0.1 min=1 max=100000 decimals_max=1")]
    [InlineData(RefusalReason.PositionLimit, "notional=500.1 max=500")]
    [InlineData(RefusalReason.MarginInsufficient, "margin=1000.5 equity=1000")]
    public void A_detail_reads_well(RefusalReason reason, string detail) => Scenarios[reason]().Refusal!.Detail.ShouldBe(detail);

    [Fact]
    public void A_size_that_comes_to_nothing_says_what_bound_it()
    {
        var s = new GateScene(new RiskLimits { EntriesPerSymbolMax = 2 });
        s.Open(5);
        s.Decide(s.Entry()).Refusal.ShouldBe(new Refusal(RefusalReason.PositionLimit, "notional=500 left=0"));
        s = new GateScene();
        s.Open(5, symbol: "ETHUSDT");
        s.Open(5, symbol: "SOLUSDT");
        s.Decide(s.Entry()).Refusal.ShouldBe(new Refusal(RefusalReason.DirectionLimit, "notional=1000 left=0"));
        s = new GateScene(wallet: 1);
        s.Decide(s.Entry()).Refusal.ShouldBe(new Refusal(RefusalReason.QuantityBelowMin, "size=0.0005 binding=Position price=100 step=0.001"));
        s = new GateScene(wallet: 99);
        s.Decide(s.Entry()).Refusal.ShouldBe(new Refusal(RefusalReason.NotionalBelowMin, "size=0.0495 binding=Position price=100 min=5"));
        s = new GateScene();
        s.Decide(s.Entry() with { Strength = double.NaN }).Refusal!.Detail.ShouldStartWith("strength=NaN regime=1");
    }

    [Fact]
    public void A_proposal_is_meant_up_to_its_time_and_an_exit_for_ever()
    {
        var s = new GateScene();
        s.Fill(s.Approve(s.Entry(1) with { GoodTillMs = s.Now }));
        s.Approve(s.Exit() with { GoodTillMs = s.Now - 1 });
    }

    [Fact]
    public void Numbers_are_printed_with_as_many_decimals_as_the_venue_takes()
    {
        MarketContext Printed(GateScene s, int price, int quantity) =>
            s.Market() with { Rules = GateScene.Rules() with { PricePrecision = price, QuantityPrecision = quantity } };
        var s = new GateScene();
        s.Approve(s.Entry(1.00100m) with { OrderType = OrderType.Limit, LimitPrice = 100.100m }, Printed(s, 1, 3));
        s = new GateScene();
        s.Approve(s.Entry(1.001m) with { OrderType = OrderType.Limit, LimitPrice = 100.1m }, Printed(s, 99, 99));
        s = new GateScene();
        s.Fill(s.Approve(s.Entry(2) with { OrderType = OrderType.Limit, LimitPrice = 100 }, Printed(s, -1, -1)));
        s.Fill(s.Approve(s.Exit(1), Printed(s, 0, 0)));
        s.Gate.CheckTrigger(new TriggerRequest("BTCUSDT", OrderSide.Sell, TriggerKind.Stop, 97.1m, null), Printed(s, 0, 0))!.Reason
            .ShouldBe(RefusalReason.TriggerPrice);
    }

    [Fact]
    public void Without_a_fault_the_entry_passes()
    {
        var s = new GateScene();
        s.Approve(s.Entry()).Request.Quantity.ShouldBe(5);
    }

    [Theory]
    [InlineData(0.049, RefusalReason.NotionalBelowMin)]
    [InlineData(0.05, null)]
    [InlineData(5, null)]
    [InlineData(5.001, RefusalReason.PositionLimit)]
    public void Bounds_are_inclusive(decimal quantity, RefusalReason? expected) => (Sized(quantity).Refusal?.Reason).ShouldBe(expected);

    [Theory]
    [InlineData(102.0, null)]
    [InlineData(102.1, RefusalReason.DistanceFromMark)]
    [InlineData(0.5, RefusalReason.PriceRange)]
    [InlineData(100.05, RefusalReason.PriceTick)]
    public void Limit_prices_are_denied_not_rounded(decimal price, RefusalReason? expected) => (Limited(price).Refusal?.Reason).ShouldBe(expected);

    [Fact]
    public void A_limit_order_without_a_price_is_denied()
    {
        var s = new GateScene();
        s.Decide(s.Entry(1) with { OrderType = OrderType.Limit }).Refusal!.Reason.ShouldBe(RefusalReason.PriceTick);
    }

    [Fact]
    public void A_market_entry_is_judged_by_the_price_it_would_meet()
    {
        var s = new GateScene();
        s.Decide(s.Entry(1), s.Market() with { AskPrice = 102.5m }).Refusal!.Reason.ShouldBe(RefusalReason.DistanceFromMark);
        s.Decide(s.Entry(1, OrderSide.Sell), s.Market() with { AskPrice = 102.5m }).Approved.ShouldNotBeNull();
    }

    [Fact]
    public void The_venues_own_order_count_holds_for_exits_too()
    {
        var s = new GateScene();
        s.Open(2);
        s.Approve(s.Exit(1));
        var full = s.Market() with { Rules = GateScene.Rules() with { OrdersMax = 1 } };
        s.Decide(s.Exit(1), full).Refusal!.Reason.ShouldBe(RefusalReason.OpenOrdersLimit);
    }

    [Fact]
    public void Statistics_that_are_no_numbers_size_nothing()
    {
        var s = new GateScene();
        s.Decide(s.Entry() with { Atr = double.NaN }).Refusal!.Reason.ShouldBe(RefusalReason.NoAtr);
        s.Decide(s.Entry() with { Strength = double.PositiveInfinity }).Refusal!.Reason.ShouldBe(RefusalReason.SizeZero);
    }

    /// <summary>An order of 1.001 at 100.1 under rules whose precision contradicts their steps.</summary>
    private static GateDecision Coarse(Func<SymbolRules, SymbolRules> change)
    {
        var s = new GateScene();
        return s.Decide(
            s.Entry(1.001m) with { OrderType = OrderType.Limit, LimitPrice = 100.1m }, s.Market() with { Rules = change(GateScene.Rules()) });
    }

    private static GateDecision InMarket(Func<MarketContext, MarketContext> change, RiskLimits? limits = null)
    {
        var s = new GateScene(limits);
        return s.Decide(s.Entry(1), change(s.Market()));
    }

    private static GateDecision Triggered(decimal price)
    {
        var s = new GateScene();
        s.Open(1);
        return new GateDecision(s.Gate.CheckTrigger(new TriggerRequest("BTCUSDT", OrderSide.Sell, TriggerKind.Stop, price, null), s.Market()));
    }

    private static GateDecision Rushed(RiskLimits limits)
    {
        var s = new GateScene(limits);
        s.Open(1);
        s.Fill(s.Approve(s.Exit()));
        return s.Decide(s.Entry(1));
    }

    /// <summary>A foreign order of the account that rests in the book.</summary>
    private static void Rest(GateScene s, OrderSide side, decimal price) => s.Notify(s.Tracker().Apply(new OrderReport(
        "BTCUSDT", "web_1", 9, OrderStatus.New, side, OrderType.Limit, TimeInForce.Gtc, 1, price, 0, 0, false, s.Now, null)));

    private static GateDecision InState(TradingState state)
    {
        var s = new GateScene(state: state);
        return s.Decide(s.Entry());
    }

    private static GateDecision Sized(decimal quantity)
    {
        var s = new GateScene();
        return s.Decide(s.Entry(quantity));
    }

    private static GateDecision Limited(decimal price, RiskLimits? limits = null)
    {
        var s = new GateScene(limits);
        return s.Decide(s.Entry(1) with { OrderType = OrderType.Limit, LimitPrice = price });
    }
}
