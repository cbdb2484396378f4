using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Signals;

public sealed class VwapReversionTests
{
    private static readonly ReversionOptions Options = new()
    {
        EntryQuantile = 0.5,
        EntryWindow = 3,
        DeviationExit = 0.001,
        OfiLookback = 1,
        OfiNeutral = 0.1,
        VolatilityWindow = 1,
        VolumeWindow = 3,
    };

    private static readonly FeatureBar Template = SignalScenes.Bars(1, 300)[0];

    [Fact]
    public void Every_condition_is_listed_with_value_and_threshold()
    {
        var decision = Run(Fading)[^1];
        decision.Conditions.ShouldBe([
            new(ReversionConditions.DeviationLong, true, -0.03, -0.01), new(ReversionConditions.DeviationShort, false, -0.03, 0.01),
            new(ReversionConditions.OfiNeutral, true, 0.05, 0.1), new(ReversionConditions.VolatilityFalls, true, 1, 4),
            new(ReversionConditions.SellVolumeFalls, true, 2, 2), new(ReversionConditions.SellVolumeSlope, true, -2, 0),
            new(ReversionConditions.BuyVolumeFalls, false, 0, 2), new(ReversionConditions.BuyVolumeSlope, false, 1.5, 0),
            new(ReversionConditions.NoTrendShort, true, 0, 0), new(ReversionConditions.NoTrendLong, true, 0, 0),
            new(ReversionConditions.Exit, false, 0.03, 0.001)]);
        (decision.Valid, decision.Side, decision.Exit).ShouldBe((true, OrderSide.Buy, false));
        decision.Strength.ShouldBe(0.5 + ((1 + 0.5 + 0.75 + 0.8) / 4), 1e-12);
        Should.Throw<ArgumentException>(() => decision["nothing"]);
    }

    [Fact]
    public void The_threshold_knows_only_earlier_bars()
    {
        var decisions = Run(Fading);
        decisions.Select(decision => decision.DeviationEntry).ShouldBe([null, null, null, 0.01]);
        Run([.. Fading[..^1], Fading[^1] with { Deviation = -99 }])[^1].DeviationEntry.ShouldBe(0.01);
    }

    [Fact]
    public void A_low_regime_asks_for_less()
    {
        var near = new[] { Fading[0], Fading[1], Fading[2], Fading[3] with { Deviation = -0.009 } };
        Run(near)[^1].Side.ShouldBeNull();
        var low = Run(near, MarketRegime.Low)[^1];
        (low.Side, low.DeviationQuantile, low.DeviationEntry).ShouldBe((OrderSide.Buy, 0.01, 0.01 * 0.8));
    }

    [Fact]
    public void Momentums_trend_blocks_the_other_side_only()
    {
        var short4 = Run(Fading, trend: OrderSide.Sell)[^1];
        (short4.Side, short4.Valid, short4[ReversionConditions.NoTrendShort].Value).ShouldBe((null, true, 1));
        Run(Fading, trend: OrderSide.Buy)[^1].Side.ShouldBe(OrderSide.Buy);
    }

    [Fact]
    public void An_unknown_trend_makes_it_not_valid_yet()
    {
        var bar = Bar(0, Fading[0]);
        var unknown = new OrderFlowMomentum(new MomentumOptions { SignalZWindow = 3 }).Evaluate(bar);
        var decision = new VwapReversion(Options).Evaluate(bar, Regime(0, MarketRegime.Normal), unknown);
        decision[ReversionConditions.NoTrendShort].ShouldBe(new Condition(ReversionConditions.NoTrendShort, null, null, 0));
        decision.Valid.ShouldBeFalse();
    }

    [Fact]
    public void A_bar_without_a_deviation_empties_the_window()
    {
        var steps = new[] { Fading[0], Fading[1], Fading[2] with { Deviation = null }, Fading[3], Fading[3], Fading[3], Fading[3] };
        Run(steps).Select(decision => decision.DeviationQuantile.HasValue).ShouldBe([false, false, false, false, false, false, true]);
    }

    [Fact]
    public void A_slope_takes_what_strictness_refuses()
    {
        var bumpy = new[] { Fading[0], Fading[1] with { Sell = 5 }, Fading[2] with { Sell = 0 }, Fading[3] with { Sell = 1 } };
        Run(bumpy)[^1].Side.ShouldBeNull();
        var slope = Run(bumpy, options: Options with { Decline = VolumeDecline.Slope })[^1];
        (slope.Side, slope.Fires(OrderSide.Buy, VolumeDecline.Strict)).ShouldBe((OrderSide.Buy, false));
    }

    [Fact]
    public void A_fading_side_that_began_without_volume_scores_nothing_and_breaks_nothing()
    {
        var options = Options with { Decline = VolumeDecline.Slope, VolumeWindow = 4 };
        var steps = new[] { Fading[0] with { Sell = 0 }, Fading[1] with { Sell = 9 }, Fading[2] with { Sell = 0 }, Fading[3] with { Sell = 0 } };
        var decision = Run(steps, options: options)[^1];
        decision.Side.ShouldBe(OrderSide.Buy);
        decision.Strength.ShouldBe(0.5 + ((1 + 0.5 + 0.75 + 0) / 4), 1e-12);
    }

    [Fact]
    public void A_threshold_of_zero_scores_full()
    {
        var steps = Fading.Select((step, i) => i < 3 ? step with { Deviation = 0 } : step).ToArray();
        Run(steps)[^1].Strength.ShouldBe(0.5 + ((1 + 0.5 + 0.75 + 0.8) / 4), 1e-12);
    }

    [Fact]
    public void Decisions_of_another_bar_are_refused_and_the_bar_not_taken()
    {
        var (signal, bar) = (new VwapReversion(Options), Bar(0, Fading[0]));
        Should.Throw<ArgumentException>(() => signal.Evaluate(bar, Regime(1, MarketRegime.Normal), Momentum(0, null))).ParamName.ShouldBe("regime");
        Should.Throw<ArgumentException>(() => signal.Evaluate(bar, Regime(0, MarketRegime.Normal), Momentum(1, null)))
            .Message.ShouldStartWith("the decision of bar 1 was given for bar 0");
        signal.NextBarIndex.ShouldBe(0);
    }

    public static TheoryData<ReversionOptions, string> WrongOptions => new()
    {
        { Options with { EntryQuantile = -0.1 }, "EntryQuantile was -0.1, expected 0 to 1" },
        { Options with { EntryWindow = 0 }, "EntryWindow was 0, expected 1 to 100000" },
        { Options with { LowEntryMultiplier = 0 }, "LowEntryMultiplier was 0, expected above 0 to 10" },
        { Options with { DeviationExit = double.NaN }, "DeviationExit was NaN" },
        { Options with { OfiLookback = 0 }, "OfiLookback was 0, expected 1 to 10000" },
        { Options with { OfiNeutral = 0 }, "OfiNeutral was 0, expected above 0 to 1" },
        { Options with { VolatilityWindow = 0 }, "VolatilityWindow was 0, expected 1 to 10000" },
        { Options with { VolumeWindow = 1 }, "VolumeWindow was 1, expected 2 to 10000" },
        { Options with { Decline = (VolumeDecline)2 }, "Decline was 2, expected Strict or Slope" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void An_option_out_of_range_is_named(ReversionOptions options, string message) =>
        Should.Throw<ArgumentException>(() => new VwapReversion(options)).Message.ShouldContain(message);

    /// <summary>A fall from the VWAP that fades: the last bar opens a long position.</summary>
    private static Step[] Fading { get; } =
        [new(0.01, 0.5, 9, 7, 1), new(-0.01, 0.3, 8, 5, 2), new(0.02, 0.2, 4, 3, 3), new(-0.03, -0.05, 1, 1, 5)];

    private static List<ReversionDecision> Run(
        Step[] steps, MarketRegime regime = MarketRegime.Normal, OrderSide? trend = null, ReversionOptions? options = null)
    {
        var signal = new VwapReversion(options ?? Options);
        return [.. steps.Select((step, i) => signal.Evaluate(Bar(i, step), Regime(i, regime), Momentum(i, trend)))];
    }

    private static FeatureBar Bar(int index, Step step) => new(
        Template.Bar with { Index = index, BuyVolume = step.Buy, SellVolume = step.Sell },
        Template.Features with { VwapDeviation = step.Deviation, Ofi = step.Ofi, RealizedVolatility = step.Volatility });

    private static RegimeDecision Regime(long index, MarketRegime regime) => new(index, regime, null, null, null, null, null, null, null, []);

    private static MomentumDecision Momentum(long index, OrderSide? trend)
    {
        Condition Met(string name, OrderSide side) => new(name, trend == side, null, null);
        return new MomentumDecision(index, true, null, 0, trend == OrderSide.Buy, trend == OrderSide.Sell, [
            Met(MomentumConditions.OfiLong, OrderSide.Buy), Met(MomentumConditions.DeltaLong, OrderSide.Buy),
            Met(MomentumConditions.OfiShort, OrderSide.Sell), Met(MomentumConditions.DeltaShort, OrderSide.Sell)]);
    }

    private sealed record Step(double? Deviation, double Ofi, double Volatility, decimal Sell, decimal Buy);
}
