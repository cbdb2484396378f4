using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Grid;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

/// <summary>Standing approvals: reserved as a whole, never above a limit, and every order minted within them.</summary>
public sealed class StandingTests
{
    private const long Now = 1_704_067_200_000;

    private static readonly SymbolRules Rules = new("BTCUSDT", "TRADING", 0.1m, 0.001m, 0.001m, 1_000, 500, 5, 1, 100_000, 1.05m, 0.95m, 200, 1, 3);

    [Fact]
    public void As_much_is_given_as_the_limits_leave_and_it_is_reserved()
    {
        var gate = Gate();
        var terms = Approve(gate, notional: 50_000);
        terms.LongNotionalMax.ShouldBe(5_000, 0.01m, "5 % of the equity");
        (terms.ShortNotionalMax, terms.OrdersMax, terms.Sequence).ShouldBe((0, 40, 1));
        gate.View().ReservedNotional.ShouldBe(terms.LongNotionalMax);
        gate.View().Symbols.Single().Symbol.ShouldBe("BTCUSDT");

        // Another symbol finds what is left of the direction's 10 % and of the open orders, and a third one nothing.
        var other = Stand(gate, notional: 50_000, rules: Rules with { Symbol = "ETHUSDT" }).Approved!.Value;
        (other.OrdersMax, other.Sequence).ShouldBe((10, 2));
        other.LongNotionalMax.ShouldBe(5_000, 0.01m);
        Stand(gate, rules: Rules with { Symbol = "SOLUSDT" }).Refusal!.Reason.ShouldBe(RefusalReason.OpenOrdersLimit);
        Approve(gate, orders: 30);
        Stand(gate, rules: Rules with { Symbol = "SOLUSDT" }).Refusal!.Reason.ShouldBe(RefusalReason.DirectionLimit);
    }

    [Fact]
    public void It_keeps_its_number_when_it_is_renewed_and_no_other_order_gets_it()
    {
        var gate = Gate();
        Approve(gate).Sequence.ShouldBe(1);
        Approve(gate, notional: 100).ShouldSatisfyAllConditions(t => t.Sequence.ShouldBe(1), t => t.LongNotionalMax.ShouldBe(100));
        gate.View().NextSequence.ShouldBe(2);
    }

    [Fact]
    public void What_it_holds_moves_inside_the_reserve()
    {
        var gate = Gate();
        Approve(gate, notional: 1_000);
        gate.OnMark("BTCUSDT", 100, Now);
        gate.OnFill(new Fill("BTCUSDT", 1, "t/main/grid/1E5-1", 11, OrderSide.Buy, 100, 4, 0, "USDT", 0, true, Now));
        gate.View().ReservedNotional.ShouldBe(600);
        gate.OnFill(new Fill("BTCUSDT", 2, "t/main/grid/1T5-2", 12, OrderSide.Sell, 102, 4, 0, "USDT", 8, true, Now));
        gate.View().ReservedNotional.ShouldBe(1_000);
        Approve(gate, notional: 1_000).LongNotionalMax.ShouldBe(1_000);
    }

    [Fact]
    public void A_stopped_account_renews_nothing_and_keeps_the_reserve()
    {
        var gate = Gate();
        Approve(gate, notional: 1_000);
        gate.SetState(TradingState.ReduceOnly, "test");
        Stand(gate).Refusal!.Reason.ShouldBe(RefusalReason.StateReduceOnly);
        gate.View().ReservedNotional.ShouldBe(1_000);
        gate.EndStanding("BTCUSDT");
        gate.View().ReservedNotional.ShouldBe(0);
    }

    [Fact]
    public void It_outlives_a_restart()
    {
        var gate = Gate();
        Approve(gate, notional: 1_000);
        var writer = new SnapshotWriter();
        gate.Write(writer);
        var restored = new RiskGate("t", "main", new RiskLimits());
        var reader = new SnapshotReader(writer.ToArray());
        restored.Read(ref reader);
        restored.View().ReservedNotional.ShouldBe(1_000);
        restored.IsCovered("BTCUSDT", "t/main/grid/1E5-1").ShouldBeTrue();
        restored.IsCovered("BTCUSDT", "t/main/momentum/1").ShouldBeFalse();
        restored.IsCovered("ETHUSDT", "t/main/grid/1E5-1").ShouldBeFalse();
    }

    [Fact]
    public void Rates_of_all_standing_approvals_are_taken_off_those_of_entries()
    {
        var gate = Gate();
        Approve(gate, perMinute: 500);
        Stand(gate, rules: Rules with { Symbol = "ETHUSDT" }, orders: 10, perMinute: 500).Refusal!.Reason.ShouldBe(RefusalReason.OrderRate);
    }

    [Fact]
    public void However_positions_and_limits_are_no_reserve_breaks_a_limit() => Prop.ForAll(
        Gen.Choose(1, 100).ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), Gen.Choose(-40, 40).ToArbitrary(), (share, gross, held) =>
        {
            var limits = new RiskLimits
            {
                PositionEquityShareMax = share / 100m,
                DirectionEquityShareMax = (share + 5) / 100m,
                GrossNotionalEquityMax = gross / 100m,
                NetNotionalMax = 30_000,
            };
            var gate = Gate(limits);
            if (held != 0) gate.OnAdopt(new Granary.Engine.Positions.PositionReport("BTCUSDT", held, 100, 100, 0, 0, Now));
            gate.OnMark("BTCUSDT", 100, Now);
            var decision = Stand(gate, notional: 1_000_000, isShort: true);
            if (decision.Approved is not { } approved) return;
            var (terms, equity) = (approved.Value, gate.Equity!.Value);
            foreach (var worst in (decimal[])[terms.LongNotionalMax, terms.ShortNotionalMax])
            {
                worst.ShouldBeLessThanOrEqualTo(limits.PositionEquityShareMax * equity);
                worst.ShouldBeLessThanOrEqualTo(limits.GrossNotionalEquityMax * equity);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Orders_are_minted_within_the_approval_only()
    {
        var standing = new StandingOrders();
        Mint(standing, Entry(1, 100), default).ShouldBe(RefusalReason.StateRecovering);
        standing.Renew(Stand(Gate(), notional: 1_000, orders: 4).Approved!);
        Mint(standing, Entry(1, 100), default).ShouldBeNull();
        Mint(standing, Entry(6, 100), new StandingUse(200, 201, 0, 0)).ShouldBe(RefusalReason.PositionLimit);
        Mint(standing, Entry(1, 100), new StandingUse(0, 0, 0, 4)).ShouldBe(RefusalReason.OpenOrdersLimit);
        Mint(standing, Entry(1, null), default).ShouldBe(RefusalReason.ReduceOnlyWouldIncrease);
        Mint(standing, Entry(1, null) with { ReduceOnly = true }, default).ShouldBe(RefusalReason.NoPrice);
        Mint(standing, Entry(1, 100), default, Now + 60_001).ShouldBe(RefusalReason.StateReduceOnly);
        standing.Stop("test");
        Mint(standing, Entry(1, 100), default).ShouldBe(RefusalReason.StateReduceOnly);

        // What closes needs no approval that is still good, and is never more than is held.
        Mint(standing, Close(2, 110), new StandingUse(0, 0, 2, 9), Now + 90_000).ShouldBeNull();
        Mint(standing, Close(2, null), new StandingUse(0, 0, 2, 9), Now + 90_000).ShouldBeNull();
        Mint(standing, Close(2.1m, 110), new StandingUse(0, 0, 2, 9)).ShouldBe(RefusalReason.ReduceOnlyWouldIncrease);
        Mint(standing, Close(2, null) with { ReduceOnly = false }, new StandingUse(0, 0, 2, 9)).ShouldBe(RefusalReason.ReduceOnlyWouldIncrease);
    }

    [Fact]
    public void Entries_leave_a_quarter_of_the_rate_to_what_closes_and_a_close_at_market_never_waits()
    {
        var standing = new StandingOrders();
        standing.Renew(Stand(Gate(), notional: 1_000, orders: 40, perMinute: 60).Approved!);
        for (var i = 0; i < 15; i++) Mint(standing, Entry(0.01m, 100), default).ShouldBeNull();
        Mint(standing, Entry(0.01m, 100), default).ShouldBe(RefusalReason.OrderRate);
        var held = new StandingUse(0, 0, 100, 0);
        for (var i = 0; i < 5; i++) Mint(standing, Close(1, 110), held).ShouldBeNull();
        Mint(standing, Close(1, 110), held).ShouldBe(RefusalReason.OrderRate);
        Mint(standing, Close(1, null), held).ShouldBeNull();
        Mint(standing, Entry(0.01m, 100), default, Now + 10_001).ShouldBeNull();
    }

    [Fact]
    public void Ids_are_read_back_and_are_those_of_nothing_else() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue - 1).ToArbitrary(), Gen.Choose(0, RungOrderId.RungMax).ToArbitrary(), Gen.Choose(1, (int)RungOrderId.NumberMax).ToArbitrary(),
        (sequence, rung, number) =>
        {
            foreach (var purpose in Enum.GetValues<GridPurpose>())
            {
                var id = new RungOrderId("abcd", "account8", sequence, purpose, rung, number);
                var text = id.ToString();
                text.Length.ShouldBeLessThanOrEqualTo(ClientOrderId.LengthMax);
                RungOrderId.TryParse(text, out var read).ShouldBeTrue();
                read.ShouldBe(id);
                ClientOrderId.TryParse(text, out _).ShouldBeFalse();
                Engine.Protection.ProtectiveStopId.TryParse(text, "abcd", "account8", out _, out _).ShouldBeFalse();
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("t/main/momentum/1E5-1")]
    [InlineData("t/main/grid/1")]
    [InlineData("t/main/grid/1-2")]
    [InlineData("t/main/grid/E5-1")]
    [InlineData("t/main/grid/1E5")]
    [InlineData("t/main/grid/1E5-0")]
    [InlineData("t/main/grid/01E5-1")]
    [InlineData("t/main/grid/1X5-1")]
    [InlineData("t/main/grid/1E5-1.2")]
    [InlineData("web_1234")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_ids_are_none(string? text) => RungOrderId.TryParse(text, out _).ShouldBeFalse();

    private static StandingDraft Entry(decimal quantity, decimal? price) =>
        new(GridPurpose.Entry, 5, 1, OrderSide.Buy, quantity, quantity, price, false, 50);

    private static StandingDraft Close(decimal quantity, decimal? price) =>
        new(price is null ? GridPurpose.Close : GridPurpose.TakeProfit, 5, 1, OrderSide.Sell, quantity, 0, price, true, 50);

    private static RefusalReason? Mint(StandingOrders standing, StandingDraft draft, StandingUse use, long nowMs = Now)
    {
        if (!standing.TryMint(in draft, in use, nowMs, out var approved, out var refusal)) return refusal.Reason;
        var request = approved.Value.Request;
        (request.Type, request.TimeInForce).ShouldBe(draft.Price is null ? (OrderType.Market, TimeInForce.Gtc) : (OrderType.Limit, TimeInForce.Gtx));
        (request.Quantity, request.Price, request.ReduceOnly).ShouldBe((draft.Quantity, draft.Price, draft.ReduceOnly));
        return null;
    }

    private static StandingTerms Approve(RiskGate gate, decimal notional = 5_000, int orders = 40, int perMinute = 60) =>
        Stand(gate, notional, orders, perMinute).Approved!.Value;

    private static StandingDecision Stand(
        RiskGate gate, decimal notional = 5_000, int orders = 40, int perMinute = 60, SymbolRules? rules = null, bool isShort = false)
    {
        rules ??= Rules;
        return gate.Stand(
            new StandingRequest("main", rules.Symbol, RungOrderId.Strategy, true, isShort, notional, 5, orders, perMinute, Now + 60_000),
            new MarketContext(rules, 100, null, null, 100, 0, Now));
    }

    private static RiskGate Gate(RiskLimits? limits = null)
    {
        var gate = new RiskGate("t", "main", limits ?? new RiskLimits());
        gate.SetState(TradingState.Active, "test");
        gate.OnWallet(100_000, Now);
        return gate;
    }
}
