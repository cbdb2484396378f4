using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

public sealed class RiskGateTests
{
    private const long Day = DayLossRule.DayMs;

    [Fact]
    public void An_approval_carries_a_readable_id_a_stop_on_the_tick_and_uses_up_a_sequence_number()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry() with { Atr = 2.03 });
        order.Request.ShouldBe(new OrderRequest("g/main/momentum/1", "BTCUSDT", OrderSide.Buy, OrderType.Market, TimeInForce.Ioc, 5, null, false));
        order.StopPrice.ShouldBe(97.0m, "100 - 1.5 * 2.03 = 96.955, on the tick nearer to the entry");
        s.Decide(s.Entry(1)).Refusal.ShouldNotBeNull();
        s.Approve(s.Entry(1, OrderSide.Sell, "ETHUSDT") with { Atr = 2.03 }).StopPrice.ShouldBe(103.0m);
        s.Gate.View().NextSequence.ShouldBe(3);
    }

    [Theory]
    [InlineData(TradingState.Halted)]
    [InlineData(TradingState.ReduceOnly)]
    [InlineData(TradingState.Recovering)]
    public void Exits_pass_in_every_state_and_with_stale_data(TradingState state)
    {
        var s = new GateScene();
        s.Open(1);
        s.Gate.SetState(state, "test");
        var order = s.Approve(s.Exit(), s.Market() with { DataAgeMs = 600_000 });
        order.Request.ReduceOnly.ShouldBeTrue();
        order.Request.Quantity.ShouldBe(1);
    }

    [Fact]
    public void A_residual_below_the_minimum_notional_can_be_closed()
    {
        var s = new GateScene();
        s.Open(1);
        s.Fill(s.Approve(s.Exit(0.97m)));
        s.Approve(s.Exit()).Request.Quantity.ShouldBe(0.03m);
    }

    [Fact]
    public void Two_exits_at_once_never_exceed_the_position()
    {
        var s = new GateScene();
        s.Open(3);
        s.Approve(s.Exit(2));
        s.Decide(s.Exit(2)).Refusal!.Reason.ShouldBe(RefusalReason.OrderInFlight);
        s.Approve(s.Exit()).Request.Quantity.ShouldBe(1);
        s.Decide(s.Exit()).Refusal!.Reason.ShouldBe(RefusalReason.OrderInFlight);
    }

    [Fact]
    public void An_exit_on_the_wrong_side_is_refused()
    {
        var s = new GateScene();
        s.Open(1);
        s.Decide(s.Exit(side: OrderSide.Buy)).Refusal!.Reason.ShouldBe(RefusalReason.ReduceOnlyWouldIncrease);
    }

    [Fact]
    public void A_position_larger_than_one_market_order_is_closed_in_parts()
    {
        var s = new GateScene();
        s.Open(5);
        var small = s.Market() with { Rules = GateScene.Rules() with { MarketQuantityMax = 3.0005m } };
        s.Approve(s.Exit(), small).Request.Quantity.ShouldBe(3);
        s.Approve(s.Exit(), small).Request.Quantity.ShouldBe(2);
    }

    [Fact]
    public void An_exits_intent_may_be_approved_again_once_its_order_is_over_an_entrys_may_not()
    {
        var s = new GateScene();
        s.Open(1);
        var exit = s.Exit();
        var order = s.Approve(exit);
        s.Decide(exit).Refusal!.Reason.ShouldBe(RefusalReason.DuplicateIntent);
        s.Report(order, OrderStatus.Expired, 0);
        var second = s.Approve(exit);
        s.Fill(second);
        var entry = s.Entry(1);
        s.Report(s.Approve(entry), OrderStatus.Expired, 0);
        s.Decide(entry).Refusal!.Reason.ShouldBe(RefusalReason.DuplicateIntent);
    }

    [Fact]
    public void An_unknown_order_counts_as_exposure_until_it_is_resolved()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry(5, symbol: "ETHUSDT"));
        s.Notify(s.Tracker("ETHUSDT").MarkUnknown(order.Request.ClientOrderId));
        s.Approve(s.Entry(4, symbol: "SOLUSDT"));
        s.Decide(s.Entry(1.001m)).Refusal!.Reason.ShouldBe(RefusalReason.DirectionLimit);
        s.Notify(s.Tracker("ETHUSDT").MarkRejected(order.Request.ClientOrderId, -2019, "Margin is insufficient.", s.Now));
        s.Decide(s.Entry(1.001m)).Approved.ShouldNotBeNull();
        s.Gate.View().ReservedNotional.ShouldBe(400 + 100.1m);
    }

    [Fact]
    public void A_refused_order_that_turns_out_to_live_is_reserved_again()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry(5));
        s.Notify(s.Tracker().MarkRejected(order.Request.ClientOrderId, -1001, "disconnected", s.Now));
        s.Gate.View().ReservedNotional.ShouldBe(0);
        s.Report(order, OrderStatus.New, 0);
        s.Gate.View().ReservedNotional.ShouldBe(500);
        s.Fill(order);
        s.Gate.View().Symbols.Single().Quantity.ShouldBe(5);
        s.Gate.View().ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void An_order_that_was_never_submitted_releases_its_reservation_unless_the_venue_showed_it()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry(5));
        s.Gate.OnNeverSubmitted(order.Request.ClientOrderId);
        s.Gate.View().ReservedNotional.ShouldBe(0);
        s.Report(order, OrderStatus.New, 0);
        s.Gate.View().ReservedNotional.ShouldBe(500, "the venue's word counts more");
        s.Gate.OnNeverSubmitted(order.Request.ClientOrderId);
        s.Gate.View().ReservedNotional.ShouldBe(500);
    }

    [Fact]
    public void Between_an_orders_end_and_its_fills_the_exposure_is_counted_once()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry(5));
        s.Report(order, OrderStatus.Filled, 5);
        s.Gate.View().Symbols.Single().LongNotional.ShouldBe(500, "reported as filled, fills missing");
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.OrderInFlight);
        var fill = s.FillOf(order, 2);
        s.Gate.OnFill(fill).ShouldBeTrue();
        s.Gate.OnFill(fill).ShouldBeFalse("a fill counts once");
        s.Gate.View().Symbols.Single().LongNotional.ShouldBe(500);
        s.Gate.View().ReservedNotional.ShouldBe(300);
        s.Gate.OnFill(s.FillOf(order, 3));
        s.Gate.View().Symbols.Single().Quantity.ShouldBe(5);
        s.Gate.View().ReservedNotional.ShouldBe(0);
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.PositionAlreadyOpen);
    }

    [Fact]
    public void A_fill_that_names_only_the_venues_order_finds_its_reservation_later()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry(5));
        s.Gate.OnFill(s.FillOf(order, 5) with { ClientOrderId = "", VenueOrderId = 501 });
        s.Gate.View().Symbols.Single().LongNotional.ShouldBe(1000, "until the ids are joined it is counted twice rather than never");
        s.Report(order, OrderStatus.Filled, 5);
        s.Gate.View().Symbols.Single().LongNotional.ShouldBe(500);
        s.Gate.View().OpenOrders.ShouldBe(0);
    }

    [Fact]
    public void A_late_notice_of_an_order_that_is_over_reserves_nothing()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry(5));
        var resting = s.Tracker().Apply(Resting(order))!;
        s.Fill(order);
        s.Gate.OnOrder(resting);
        s.Gate.View().ReservedNotional.ShouldBe(0);
        s.Gate.View().OpenOrders.ShouldBe(0);
    }

    [Fact]
    public void An_order_in_flight_is_never_valued_below_the_price_it_was_approved_at()
    {
        var s = new GateScene();
        s.Approve(s.Entry(5));
        s.Gate.OnMark("BTCUSDT", 90, s.Now);
        s.Gate.View().LongNotional.ShouldBe(500);
        s.Gate.OnMark("BTCUSDT", 110, s.Now);
        s.Gate.View().LongNotional.ShouldBe(550);
    }

    [Fact]
    public void A_foreign_order_counts_as_exposure()
    {
        var s = new GateScene();
        s.Notify(s.Tracker().Apply(new OrderReport(
            "BTCUSDT", "web_1", 9, OrderStatus.New, OrderSide.Buy, OrderType.Limit, TimeInForce.Gtc, 3, 100, 0, 0, false, s.Now, null)));
        s.Decide(s.Entry(2.001m)).Refusal!.Reason.ShouldBe(RefusalReason.PositionLimit);
        s.Approve(s.Entry(2));
        s.Gate.View().OpenOrders.ShouldBe(2);
    }

    [Fact]
    public void A_foreign_order_that_is_told_after_its_first_fill_leaves_nothing_reserved()
    {
        var s = new GateScene();
        OrderReport Report(OrderStatus status, decimal executed) => new(
            "BTCUSDT", "web_1", 9, status, OrderSide.Buy, OrderType.Limit, TimeInForce.Gtc, 3, 100, executed, 100, false, s.Now, null);
        Fill Fill(long tradeId, decimal quantity) => new("BTCUSDT", tradeId, "web_1", 9, OrderSide.Buy, 100, quantity, 0, "USDT", 0, false, s.Now);
        s.Gate.OnFill(Fill(1, 1));

        // Whoever tells the order has not heard of the fill.
        s.Notify(s.Tracker().Apply(Report(OrderStatus.PartiallyFilled, 1)));
        s.Gate.View().OpenOrders.ShouldBe(1);
        s.Gate.OnFill(Fill(2, 2));
        s.Notify(s.Tracker().Apply(Report(OrderStatus.Filled, 3)));
        var view = s.Gate.View();
        (view.OpenOrders, view.LongNotional, view.Symbols.Single().Quantity).ShouldBe((0, 300m, 3m));
    }

    [Fact]
    public void An_adopted_position_ends_the_wait_for_fills()
    {
        var s = new GateScene();
        var order = s.Approve(s.Entry(5));
        s.Report(order, OrderStatus.Filled, 5);
        s.Gate.OnAdopt(new PositionReport("BTCUSDT", 5, 101, 0, 0, 0, s.Now));
        var symbol = s.Gate.View().Symbols.Single();
        (symbol.Quantity, symbol.EntryPrice, symbol.LongNotional).ShouldBe((5m, 101m, 500m));
        s.Approve(s.Exit()).Request.Quantity.ShouldBe(5);
    }

    [Fact]
    public void The_daily_loss_is_strict_holds_until_midnight_and_ignores_what_comes_back()
    {
        var s = new GateScene();
        s.Trade(-300);
        s.Gate.View().DayLossRatio.ShouldBe(0.03m);
        s.Decide(s.Entry(1)).Approved.ShouldNotBeNull("exactly 3 % is not more than 3 %");

        s = new GateScene();
        s.Trade(-300.01m);
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.DailyLoss);

        s = new GateScene();
        s.Open(1, symbol: "ETHUSDT");
        s.Trade(-300.01m);
        s.Fill(s.Approve(s.Exit(symbol: "ETHUSDT")), price: 400);
        s.Gate.View().DayRealizedPnl.ShouldBe(-0.01m);
        s.Restart();
        s.Now = GateScene.T0 + Day - 1;
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.DailyLoss, "later profit does not lift it");
        s.Now = GateScene.T0 + Day;
        s.Decide(s.Entry(1)).Approved.ShouldNotBeNull();
        s.Gate.View().DayStartEquity.ShouldBe(9999.99m);
    }

    [Fact]
    public void Fees_and_funding_count_for_the_daily_loss()
    {
        var s = new GateScene();
        s.Open(1);
        s.Fill(s.Approve(s.Exit()), fee: 299);
        s.Gate.OnFunding(-1.01m, s.Now);
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.DailyLoss);
        s.Gate.Equity.ShouldBe(10_000 - 300.01m);
    }

    [Fact]
    public void A_losing_streak_halves_the_size_pauses_and_ends_with_a_win()
    {
        var s = new GateScene();
        for (var i = 0; i < 4; i++) s.Trade(-1);
        s.Gate.View().SizeMultiplier.ShouldBe(1);
        s.Trade(-1);
        s.Gate.View().SizeMultiplier.ShouldBe(0.5m);
        s.Trade(0);
        for (var i = 0; i < 3; i++) s.Trade(-1);
        s.Gate.View().LossStreak.ShouldBe(8);
        var until = s.Gate.View().PausedUntilMs;
        until.ShouldBe(s.Now - 1 + (4 * 3_600_000));
        s.Restart();
        s.Now = until - 1;
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.LossStreakPause);
        s.Now = until;
        s.Trade(5);
        s.Gate.View().LossStreak.ShouldBe(0);
        s.Gate.View().SizeMultiplier.ShouldBe(1);
    }

    [Fact]
    public void Sizing_uses_the_strategys_own_kelly_factor()
    {
        var s = new GateScene(new RiskLimits { PositionEquityShareMax = 1, DirectionEquityShareMax = 1 });
        var proposal = s.Entry() with { Atr = 10, RegimeFactor = 0.5 };
        for (var i = 0; i < 20; i++) s.Gate.RestoreTrade("momentum", 1, s.Now);
        for (var i = 0; i < 20; i++) s.Gate.RestoreTrade("other", i % 2 == 0 ? 1 : -1, s.Now);
        s.Restart();
        s.Approve(proposal).Request.Quantity.ShouldBe(1.666m, "100 / 15 * 0.5 * kelly 0.5 (all wins: f = 1)");
        s.Approve(s.Entry(symbol: "ETHUSDT") with { Atr = 10, RegimeFactor = 0.5, Strategy = "other" })
            .Request.Quantity.ShouldBe(0.333m, "f = 0: the floor of 0.1");
    }

    [Fact]
    public void A_size_stays_within_one_orders_largest_notional()
    {
        var s = new GateScene(new RiskLimits { NotionalMaxPerOrder = 123.45m });
        s.Approve(s.Entry()).Request.Quantity.ShouldBe(1.234m);
    }

    [Fact]
    public void Entries_may_be_added_on_the_same_side_when_the_account_allows_it()
    {
        var s = new GateScene(new RiskLimits { EntriesPerSymbolMax = 2 });
        s.Open(2);
        s.Decide(s.Entry(1, OrderSide.Sell)).Refusal!.Reason.ShouldBe(RefusalReason.PositionAlreadyOpen);
        var second = s.Approve(s.Entry(3));
        s.Fill(second, 1);
        s.Fill(second, 2);
        s.Decide(s.Entry(0.1m)).Refusal!.Reason.ShouldBe(RefusalReason.PositionAlreadyOpen);
    }

    [Fact]
    public void After_a_restart_from_the_journal_intents_sequence_reservations_and_position_stand()
    {
        var s = new GateScene();
        var entry = s.Entry(5);
        var order = s.Approve(entry);
        s.Fill(order, 2);
        var gate = new RiskGate("g", "main", new RiskLimits());
        gate.SetState(TradingState.Active, "test");
        gate.OnWallet(10_000, GateScene.T0);
        gate.RestorePosition("BTCUSDT", 2, 200, 0, 0, lastTradeId: 1001, "momentum");
        gate.RestoreOrder(order, OrderStatus.PartiallyFilled, 2, 501);
        gate.OnMark("BTCUSDT", 100, s.Now);
        var view = gate.View();
        (view.NextSequence, view.OpenOrders, view.LongNotional, view.ReservedNotional).ShouldBe((2, 1, 500, 300));
        gate.Decide(entry, s.Market()).Refusal!.Reason.ShouldBe(RefusalReason.DuplicateIntent);
        gate.OnFill(s.FillOf(order, 1) with { TradeId = 1001 }).ShouldBeFalse("contained in the restored position");
        gate.OnFill(s.FillOf(order, 3)).ShouldBeTrue();
        gate.View().Symbols.Single().Quantity.ShouldBe(5);
        gate.View().ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void A_restored_day_keeps_its_stop()
    {
        var s = new GateScene();
        s.Gate.RestoreDay(s.Now, 10_000, -299, halted: true);
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.DailyLoss);
        s.Gate.RestoreDay(s.Now, 10_000, -300.01m, halted: false);
        s.Decide(s.Entry(1)).Refusal!.Reason.ShouldBe(RefusalReason.DailyLoss, "recomputed from the numbers");
    }

    [Fact]
    public void A_gate_refuses_names_and_limits_it_cannot_work_with()
    {
        Should.Throw<ArgumentException>(() => new RiskGate("engine/1", "main", new RiskLimits())).Message.ShouldContain("engine/1");
        Should.Throw<ArgumentException>(() => new RiskGate("g", "main", new RiskLimits { DailyLossMax = 0 })).Message
            .ShouldContain("DailyLossMax was 0, expected above 0 to 1");
        Should.Throw<ArgumentException>(() => new RiskGate("g", "main", new RiskLimits { DrawdownRestoreAt = 0.09m })).ParamName.ShouldBe("DrawdownRestoreAt");
    }

    [Fact]
    public void A_snapshot_of_another_account_is_refused()
    {
        var writer = new Granary.Engine.Snapshots.SnapshotWriter();
        new RiskGate("g", "other", new RiskLimits()).Write(writer);
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new Granary.Engine.Snapshots.SnapshotReader(writer.Written);
            new RiskGate("g", "main", new RiskLimits()).Read(ref reader);
        }).Message.ShouldContain("g/other");
    }

    private static OrderReport Resting(Order order) => new(
        order.Request.Symbol, order.Request.ClientOrderId, 9, OrderStatus.New, order.Request.Side, order.Request.Type, order.Request.TimeInForce,
        order.Request.Quantity, 0, 0, 0, order.Request.ReduceOnly, GateScene.T0, null);
}
