using Granary.Engine.Features;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Signals;

public sealed class VolatilityRegimeTests
{
    private static readonly RegimeOptions Options = new() { VolatilityShortWindow = 2, VolatilityLongWindow = 4, DurationWindow = 2, SignalZWindow = 3 };

    private static readonly FeatureBar Template = SignalScenes.Bars(1, 300)[0];

    [Fact]
    public void It_is_unknown_until_every_window_is_full()
    {
        var decisions = Evaluate(Options, Enumerable.Range(0, 8).Select(i => Scene(i, i % 2 == 0 ? 0.001 : -0.001, 1000, impactZ: i < 5 ? null : 0)));
        decisions.Select(decision => decision.Regime).ShouldBe([.. Enumerable.Repeat(MarketRegime.Unknown, 5), .. Enumerable.Repeat(MarketRegime.Normal, 3)]);
        decisions[1].VolatilityShort.ShouldBeNull("the first bar has no return");
        decisions[2].VolatilityShort.ShouldNotBeNull();
        decisions[3].VolatilityLong.ShouldBeNull();
        decisions[4].VolatilityRatio.ShouldNotBeNull();
        decisions[3].VolatilityRatioIntraBar.ShouldBe(1.0, "the bars' own volatility needs no bar before");
        decisions[4][RegimeConditions.ImpactExtreme].ShouldBe(new Condition(RegimeConditions.ImpactExtreme, null, null, 3.0));
        decisions[7].Conditions.Select(condition => condition.Name).ShouldBe([
            RegimeConditions.RatioExtreme, RegimeConditions.ImpactExtreme, RegimeConditions.RatioHigh, RegimeConditions.DurationHigh,
            RegimeConditions.RatioLow, RegimeConditions.DurationLow]);
    }

    [Theory]
    [InlineData(0.0, 1000, 3.01, MarketRegime.Extreme)]
    [InlineData(0.0, 1000, -3.01, MarketRegime.Extreme)]
    [InlineData(0.0, 1000, -3.0, MarketRegime.Normal)]
    public void A_crash_is_as_extreme_as_a_spike(double lastReturn, long durationMs, double impactZ, MarketRegime expected) =>
        Last(Options, lastReturn, durationMs, impactZ).Regime.ShouldBe(expected);

    [Fact]
    public void The_first_regime_that_applies_wins()
    {
        var high = Options with { HighRatio = 0.5, HighDurationRatio = 1, LowRatio = 5, LowDurationRatio = 0.1 };
        Last(high, 0.003, 100, 0).Regime.ShouldBe(MarketRegime.High, "it would be low too");
        Last(high with { ExtremeRatio = 0.1 }, 0.003, 100, 0).Regime.ShouldBe(MarketRegime.Extreme, "it would be high too");
        Last(high, 0.003, 5000, 0).Regime.ShouldBe(MarketRegime.Low, "slow bars are not high");
        Last(high with { LowRatio = 0.1 }, 0.003, 5000, 0).Regime.ShouldBe(MarketRegime.Normal, "a volatile market of slow bars is in a hole of the table");
    }

    [Fact]
    public void A_market_that_stands_still_has_no_ratio_and_opens_nothing()
    {
        var still = Evaluate(Options, Enumerable.Range(0, 6).Select(i => Scene(i, 0.1, 1000, 0)))[^1];
        (still.VolatilityShort, still.VolatilityLong, still.VolatilityRatio).ShouldBe((0, 0, null), "equal returns leave no dust");
        still.Regime.ShouldBe(MarketRegime.Unknown);
        var instant = Evaluate(Options, Enumerable.Range(0, 6).Select(i => Scene(i, i % 2 * 0.1, 0, 0)))[^1];
        (instant.DurationMean, instant.DurationRatio, instant.Regime).ShouldBe((0, null, MarketRegime.Unknown));
    }

    [Fact]
    public void Equal_returns_after_an_outlier_have_a_deviation_of_exactly_zero()
    {
        var returns = new[] { 0.5, 1e6, 0.1, 0.1, 0.1, 0.1 };
        Evaluate(Options, returns.Select((value, i) => Scene(i, value, 1000, 0)))[^1].VolatilityLong.ShouldBe(0);
    }

    [Fact]
    public void The_other_reading_takes_the_volatility_inside_the_bars()
    {
        var bars = Enumerable.Range(0, 6).Select(i => Scene(i, i % 2 * 0.001, 1000, 0, volatility: i == 5 ? 100 : 1)).ToArray();
        Evaluate(Options, bars)[^1].Regime.ShouldBe(MarketRegime.Normal);
        var intraBar = Evaluate(Options with { Reading = VolatilityReading.IntraBar, ExtremeRatio = 1.9 }, bars)[^1];
        intraBar.VolatilityRatioIntraBar!.Value.ShouldBe(50.5 / 25.75, 1e-12);
        intraBar.Regime.ShouldBe(MarketRegime.Extreme);
        intraBar[RegimeConditions.RatioExtreme].Value.ShouldBe(intraBar.VolatilityRatioIntraBar);
        intraBar.VolatilityRatio.ShouldBe(Evaluate(Options, bars)[^1].VolatilityRatio);
    }

    public static TheoryData<RegimeOptions, string> WrongOptions => new()
    {
        { Options with { VolatilityShortWindow = 1 }, "VolatilityShortWindow was 1, expected 2 to 100000" },
        { Options with { VolatilityLongWindow = 100_001 }, "VolatilityLongWindow was 100001" },
        { Options with { DurationWindow = 0 }, "DurationWindow was 0, expected 1 to 100000" },
        { Options with { ExtremeRatio = 0 }, "ExtremeRatio was 0, expected above 0 to 1000" },
        { Options with { ImpactThreshold = double.NaN }, "ImpactThreshold was NaN" },
        { Options with { HighRatio = -1 }, "HighRatio was -1" },
        { Options with { HighDurationRatio = 0 }, "HighDurationRatio was 0" },
        { Options with { LowRatio = 1001 }, "LowRatio was 1001" },
        { Options with { LowDurationRatio = double.PositiveInfinity }, "LowDurationRatio was Infinity" },
        { Options with { Reading = (VolatilityReading)7 }, "Reading was 7, expected CloseToClose or IntraBar" },
        { Options with { SignalZWindow = 1 }, "SignalZWindow was 1" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void An_option_out_of_range_is_named(RegimeOptions options, string message) =>
        Should.Throw<ArgumentException>(() => new VolatilityRegime(options)).Message.ShouldContain(message);

    private static RegimeDecision Last(RegimeOptions options, double lastReturn, long durationMs, double impactZ) =>
        Evaluate(options, Enumerable.Range(0, 6).Select(i => i < 5 ? Scene(i, i % 2 * 0.001, 1000, 0) : Scene(i, lastReturn, durationMs, impactZ)))[^1];

    private static List<RegimeDecision> Evaluate(RegimeOptions options, IEnumerable<FeatureBar> bars)
    {
        var regime = new VolatilityRegime(options);
        return [.. bars.Select(regime.Evaluate)];
    }

    private static FeatureBar Scene(int index, double logReturn, long durationMs, double? impactZ, double volatility = 1)
    {
        var values = new double[ZScores.FeatureCount];
        values[(int)ZFeature.PriceImpact] = impactZ ?? double.NaN;
        return new FeatureBar(
            Template.Bar with { Index = index },
            Template.Features with
            {
                LogReturn = index == 0 ? null : logReturn,
                DurationMs = durationMs,
                RealizedVolatility = volatility,
                ZScores = new ZScores([3], values),
            });
    }
}
