using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Features;
using Granary.Engine.Tests.Market;

namespace Granary.Engine.Tests.Signals;

public sealed class OrderFlowMomentumTests
{
    private static readonly MomentumOptions Options = new()
    {
        OfiLookback = 3,
        OfiThreshold = 0.05,
        DeltaLookback = 3,
        IntensityThreshold = 0.3,
        LargeTradeThreshold = 0.3,
        SignalZWindow = 8,
    };

    [Fact]
    public void Conditions_come_in_their_order_and_are_silent_while_warming_up()
    {
        var decision = new OrderFlowMomentum(Options).Evaluate(Bars(1)[0]);
        decision.Conditions.Select(condition => condition.Name).ShouldBe([
            MomentumConditions.OfiLong, MomentumConditions.DeltaLong, MomentumConditions.OfiShort, MomentumConditions.DeltaShort,
            MomentumConditions.Intensity, MomentumConditions.LargeTrades, MomentumConditions.SizeLong, MomentumConditions.SizeShort]);
        decision.Valid.ShouldBeFalse();
        decision.Side.ShouldBeNull();
        decision.Strength.ShouldBe(0);
        decision[MomentumConditions.OfiLong].Met.ShouldBeNull();
        decision[MomentumConditions.OfiLong].Value.ShouldNotBeNull();
        decision[MomentumConditions.DeltaLong].ShouldBe(new Condition(MomentumConditions.DeltaLong, null, null, 0));
        Should.Throw<ArgumentException>(() => decision["nothing"]);
    }

    [Fact]
    public void It_fires_exactly_when_its_conditions_say_so()
    {
        var (buys, sells, idle) = (0, 0, 0);
        foreach (var (bar, decision) in Evaluate(Bars(4), Options))
        {
            var optionalLong = Count(decision, MomentumConditions.SizeLong);
            var optionalShort = Count(decision, MomentumConditions.SizeShort);
            var isLong = decision.Valid && Met(decision, MomentumConditions.OfiLong) && Met(decision, MomentumConditions.DeltaLong) && optionalLong >= 2;
            var isShort = decision.Valid && Met(decision, MomentumConditions.OfiShort) && Met(decision, MomentumConditions.DeltaShort) && optionalShort >= 2;
            decision.Side.ShouldBe(isLong ? OrderSide.Buy : isShort ? OrderSide.Sell : null);
            decision.BarIndex.ShouldBe(bar.Bar.Index);
            if (decision.Side is null) decision.Strength.ShouldBe(0);
            else decision.Strength.ShouldBeInRange(0.5, 1.5);
            _ = decision.Side switch { OrderSide.Buy => buys++, OrderSide.Sell => sells++, _ => idle++ };
        }
        buys.ShouldBeGreaterThan(0);
        sells.ShouldBeGreaterThan(0);
        idle.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Mirrored_trades_give_the_mirrored_signal()
    {
        var trades = TradeFactory.Walk(6, 3_000);
        var mirrored = trades.Select(trade => trade with { IsBuyerMaker = !trade.IsBuyerMaker }).ToArray();
        var left = Evaluate(PipelineHarness.Run(trades), Options);
        var right = Evaluate(PipelineHarness.Run(mirrored), Options);
        foreach (var ((_, one), (_, other)) in left.Zip(right))
        {
            other.Side.ShouldBe(one.Side switch { OrderSide.Buy => OrderSide.Sell, OrderSide.Sell => OrderSide.Buy, _ => null });
            other.Strength.ShouldBe(one.Strength, 1e-12);
            (other.TrendLong, other.TrendShort).ShouldBe((one.TrendShort, one.TrendLong));
        }
        left.ShouldContain(item => item.Decision.Side != null);
    }

    [Fact]
    public void Against_a_side_that_did_not_trade_the_size_condition_holds_without_a_ratio()
    {
        var trades = Enumerable.Range(1, 5).Select(id => TradeFactory.Trade(id, 100, 1)).ToArray();
        var decision = new OrderFlowMomentum(Options).Evaluate(PipelineHarness.Run(trades).ShouldHaveSingleItem());
        decision[MomentumConditions.SizeLong].ShouldBe(new Condition(MomentumConditions.SizeLong, true, null, 1.2));
        decision[MomentumConditions.SizeShort].ShouldBe(new Condition(MomentumConditions.SizeShort, false, 0, 1.2));
    }

    [Fact]
    public void More_optional_conditions_fire_less_often()
    {
        var fired = Enumerable.Range(0, 4)
            .Select(needed => Evaluate(Bars(4), Options with { OptionalNeeded = needed }).Count(item => item.Decision.Side != null))
            .ToArray();
        fired.ShouldBe(fired.OrderDescending());
        fired[0].ShouldBeGreaterThan(fired[3]);
    }

    [Fact]
    public void A_snapshot_at_any_bar_continues_alike()
    {
        var bars = Bars(4);
        var whole = Evaluate(bars, Options);
        for (var cut = 0; cut < bars.Count; cut += 9)
        {
            var signal = new OrderFlowMomentum(Options);
            foreach (var bar in bars[..cut]) signal.Evaluate(bar);
            var copy = Copy(signal, Options);
            copy.NextBarIndex.ShouldBe(cut);
            for (var i = cut; i < Math.Min(cut + 30, bars.Count); i++) ShouldBeSame(copy.Evaluate(bars[i]), whole[i].Decision);
        }
    }

    [Fact]
    public void A_snapshot_with_other_lookbacks_is_refused_by_name()
    {
        var signal = new OrderFlowMomentum(Options);
        Should.Throw<InvalidDataException>(() => Copy(signal, Options with { DeltaLookback = 4 })).Message.ShouldContain("DeltaLookback = 3, configured is 4");
        Should.Throw<InvalidDataException>(() => Copy(signal, Options with { OfiLookback = 4 })).Message.ShouldContain("span 3, expected 4");
        Copy(signal, Options with { OfiThreshold = 0.2 }).NextBarIndex.ShouldBe(0);
    }

    [Fact]
    public void Bars_must_follow_each_other_but_may_start_anywhere()
    {
        var bars = Bars(2);
        var signal = new OrderFlowMomentum(Options);
        signal.Evaluate(bars[5]);
        signal.NextBarIndex.ShouldBe(6);
        Should.Throw<ArgumentException>(() => signal.Evaluate(bars[5])).Message.ShouldStartWith("bar 5 was offered, expected bar 6");
        Should.Throw<ArgumentException>(() => signal.Evaluate(bars[7])).Message.ShouldStartWith("bar 7 was offered, expected bar 6");
        signal.Evaluate(bars[6]).BarIndex.ShouldBe(6);
    }

    [Fact]
    public void A_window_that_the_bars_lack_is_named_and_the_bar_not_taken()
    {
        var signal = new OrderFlowMomentum(Options with { SignalZWindow = 100 });
        Should.Throw<ArgumentException>(() => signal.Evaluate(Bars(2)[0])).Message.ShouldContain("no z-scores over 100 bars (SignalZWindow)");
        signal.NextBarIndex.ShouldBe(0);
    }

    public static TheoryData<MomentumOptions, string> WrongOptions => new()
    {
        { Options with { OfiLookback = 0 }, "OfiLookback was 0, expected 1 to 10000" },
        { Options with { OfiThreshold = double.NaN }, "OfiThreshold was NaN" },
        { Options with { OfiThreshold = 1.5 }, "OfiThreshold was 1.5, expected above 0 to 1" },
        { Options with { DeltaLookback = 1 }, "DeltaLookback was 1, expected 2 to 10000" },
        { Options with { IntensityThreshold = 0 }, "IntensityThreshold was 0" },
        { Options with { LargeTradeThreshold = -1 }, "LargeTradeThreshold was -1" },
        { Options with { SizeRatio = 0 }, "SizeRatio was 0" },
        { Options with { OptionalNeeded = 4 }, "OptionalNeeded was 4, expected 0 to 3" },
        { Options with { SignalZWindow = 1 }, "SignalZWindow was 1" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void An_option_out_of_range_is_named(MomentumOptions options, string message) =>
        Should.Throw<ArgumentException>(() => new OrderFlowMomentum(options)).Message.ShouldContain(message);

    private static List<FeatureBar> Bars(int seed) => PipelineHarness.Run(TradeFactory.Walk(seed, 3_000));

    private static List<(FeatureBar Bar, MomentumDecision Decision)> Evaluate(List<FeatureBar> bars, MomentumOptions options)
    {
        var signal = new OrderFlowMomentum(options);
        return [.. bars.Select(bar => (bar, signal.Evaluate(bar)))];
    }

    private static OrderFlowMomentum Copy(OrderFlowMomentum signal, MomentumOptions options)
    {
        var writer = new SnapshotWriter();
        signal.Write(writer);
        var reader = new SnapshotReader(writer.Written);
        var copy = OrderFlowMomentum.Read(ref reader, options);
        reader.AtEnd.ShouldBeTrue();
        return copy;
    }

    private static void ShouldBeSame(MomentumDecision one, MomentumDecision other)
    {
        one.Conditions.ShouldBe(other.Conditions);
        (one with { Conditions = [] }).ShouldBe(other with { Conditions = [] });
    }

    private static bool Met(MomentumDecision decision, string name) => decision[name].Met == true;

    private static int Count(MomentumDecision decision, string size) =>
        new[] { MomentumConditions.Intensity, MomentumConditions.LargeTrades, size }.Count(name => Met(decision, name));
}
