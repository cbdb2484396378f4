using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Rules;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Signals;

namespace Granary.Engine.Tests.Rules;

public sealed class BreakoutTests
{
    private static readonly RuleSpec Spec = new() { Name = nameof(Breakout), Parameters = ["Lookback=3", "FlowMin=0.2"] };

    private static readonly FeatureBar Template = SignalScenes.Bars(1, 300)[0];

    [Fact]
    public void A_close_beyond_the_range_of_the_bars_before_opens_with_the_takers()
    {
        Last(102.5m, 0.3).Side.ShouldBe(OrderSide.Buy);
        Last(102.5m, 0.3).ExpectedProfit!.Value.ShouldBe(4 / 102.5, 1e-12);
        Last(102.5m, 0.1).Side.ShouldBeNull("nobody pushed it there");
        Last(102m, 0.3).Side.ShouldBeNull("the range's edge is in the range");
        Last(97.9m, -0.3).Side.ShouldBe(OrderSide.Sell);
        Last(97.9m, 0.3).Side.ShouldBeNull();
    }

    [Fact]
    public void It_leaves_in_the_middle_half_of_the_range_only()
    {
        Last(100m, 0).Leave.ShouldBeTrue();
        Last(101m, 0).Leave.ShouldBeFalse("three quarters of the way up is not the middle");
        Last(101.5m, 0.9).Leave.ShouldBeFalse();
        Last(98.5m, 0).Leave.ShouldBeFalse();
    }

    [Fact]
    public void Until_the_range_is_whole_it_says_nothing_and_shows_why()
    {
        var rule = RuleCatalog.Create(Spec);
        foreach (var index in Enumerable.Range(0, 3))
        {
            var decision = rule.Evaluate(Scene(index, 100 + (10 * index), 1));
            (decision.Side, decision.Leave, decision.BarIndex, decision.Rule).ShouldBe((null, false, index, "Breakout"));
            decision.Conditions[0].Met.ShouldBeNull();
        }

        rule.Evaluate(Scene(3, 200, 1)).Side.ShouldBe(OrderSide.Buy);
    }

    [Fact]
    public void A_snapshot_at_any_bar_continues_bit_for_bit()
    {
        var bars = SignalScenes.Bars(3, 2_000);
        var (straight, restored) = (RuleCatalog.Create(Spec), RuleCatalog.Create(Spec));
        var opened = 0;
        foreach (var bar in bars)
        {
            var writer = new SnapshotWriter();
            restored.Write(writer);
            var reader = new SnapshotReader(writer.ToArray());
            restored = BarRule.Read(Spec, ref reader);
            var (expected, decision) = (straight.Evaluate(bar), restored.Evaluate(bar));
            (decision with { Conditions = [] }).ShouldBe(expected with { Conditions = [] });
            decision.Conditions.ShouldBe(expected.Conditions);
            if (decision.Side is not null) opened++;
        }

        opened.ShouldBeGreaterThan(3);
        restored.NextBarIndex.ShouldBe(bars.Count);
    }

    [Fact]
    public void A_snapshot_with_another_range_is_refused_as_is_a_bar_out_of_turn()
    {
        var rule = RuleCatalog.Create(Spec);
        var writer = new SnapshotWriter();
        rule.Write(writer);
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(writer.ToArray());
            BarRule.Read(Spec with { Parameters = ["Lookback=4"] }, ref reader);
        });

        rule.Evaluate(Scene(7, 100, 0));
        Should.Throw<ArgumentException>(() => rule.Evaluate(Scene(9, 100, 0))).Message.ShouldContain("bar 9 was offered, expected bar 8");
        rule.Evaluate(Scene(8, 100, 0)).BarIndex.ShouldBe(8);
    }

    /// <summary>What is said of a close after three bars from 98 to 102.</summary>
    private static RuleDecision Last(decimal close, double flow)
    {
        var rule = RuleCatalog.Create(Spec);
        for (var i = 0; i < 3; i++) rule.Evaluate(Scene(i, 100, 0));
        return rule.Evaluate(Scene(3, close, flow));
    }

    private static FeatureBar Scene(long index, decimal close, double flow) => new(
        Template.Bar with { Index = index, High = close + 2, Low = close - 2, Close = close },
        Template.Features with { Ofi = flow });
}
