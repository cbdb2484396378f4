using Granary.Engine.Features;
using Granary.Engine.Signals;
using Granary.Grains.Interfaces.Strategies;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Strategies;

/// <summary>Each strategy grain says what its kernel says, whatever way the bars come.</summary>
public sealed class StrategyGrainTests
{
    private static readonly BarSeries Series = new(1, 1);

    [Fact]
    public void Answers_are_those_of_the_kernels()
    {
        using var bench = Start();
        var kernels = new SignalSet(Samples.Settings.Symbols[0].Signals);
        var fired = 0;
        foreach (var bar in Bars(40))
        {
            var expected = kernels.Evaluate(bar);
            var regime = Regime(bench, [bar]);
            var momentum = Momentum(bench, [bar]);
            var reversion = bench.Ask(() => bench.Reversion.Evaluate(new ReversionBatch(
                new BarBatch([bar], Series, restart: false), regime.Decisions!, momentum.Decisions!)));

            (regime.Taken, regime.NextBarIndex).ShouldBe((true, bar.Bar.Index + 1));
            Json(regime.Decisions.Single()).ShouldBe(Json(expected.Regime));
            Json(momentum.Decisions.Single()).ShouldBe(Json(expected.Momentum));
            Json(reversion.Decisions.Single()).ShouldBe(Json(expected.Reversion));
            if (expected.Momentum.Side is not null) fired++;
        }

        fired.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Missing_bars_are_asked_for_and_nothing_is_taken_before_they_come()
    {
        using var bench = Start();
        var bars = Bars(30);
        Momentum(bench, bars[..10]).NextBarIndex.ShouldBe(10);
        var refused = Momentum(bench, bars[12..13]);
        (refused.Taken, refused.NextBarIndex, refused.Decisions.Length).ShouldBe((false, 10, 0));

        var caught = Momentum(bench, bars[10..13]);
        Json(caught.Decisions[^1]).ShouldBe(Json(Expected(bars[..13])));
    }

    [Fact]
    public void Known_bars_are_answered_from_memory()
    {
        using var bench = Start();
        var bars = Bars(30);
        var first = Momentum(bench, bars[..20]);
        var again = Momentum(bench, bars[5..25]);
        again.NextBarIndex.ShouldBe(25);
        Json(again.Decisions[..15]).ShouldBe(Json(first.Decisions[5..]));
        Json(again.Decisions[^1]).ShouldBe(Json(Expected(bars[..25])));
    }

    [Fact]
    public void Bars_known_for_long_have_no_answer_any_more()
    {
        using var bench = Start();
        var bars = Bars(100);
        Momentum(bench, bars);
        var again = Momentum(bench, bars);
        (again.Taken, again.NextBarIndex).ShouldBe((true, 100));
        again.Decisions.Count(d => d is null).ShouldBe(36);
        again.Decisions[^64..].ShouldAllBe(d => d != null);
    }

    [Fact]
    public void A_restart_begins_afresh_with_the_first_bar_given()
    {
        using var bench = Start();
        var bars = Bars(40);
        Momentum(bench, bars[..20]);
        var restarted = bench.Ask(() => bench.Momentum.Evaluate(new BarBatch(bars[25..], Series, restart: true)));
        restarted.NextBarIndex.ShouldBe(40);
        Json(restarted.Decisions[^1]).ShouldBe(Json(Expected(bars[25..])));
    }

    [Fact]
    public void Bars_of_another_series_begin_afresh()
    {
        using var bench = Start();
        var bars = Bars(20);
        Momentum(bench, bars);
        var other = bench.Ask(() => bench.Momentum.Evaluate(new BarBatch(bars[..3], new BarSeries(2, 2), restart: false)));
        other.NextBarIndex.ShouldBe(3);
        Json(other.Decisions[^1]).ShouldBe(Json(Expected(bars[..3])));
    }

    [Fact]
    public void Another_activation_of_the_symbol_takes_the_strategy_back_to_the_journal()
    {
        using var bench = Start();
        var bars = Bars(20);
        Momentum(bench, bars);

        // Nothing was written: the new activation has no bars behind it either.
        var snapshot = bench.Ask(() => bench.Momentum.GetSnapshot(new BarSeries(1, 2)));
        (snapshot.NextBarIndex, snapshot.Bytes.Length).ShouldBe((0, 0));
    }

    private static GrainBench Start() => new GrainBench { Settings = Samples.AllStrategies }.Start();

    private static StrategyAnswer<RegimeDecision> Regime(GrainBench bench, FeatureBar[] bars) =>
        bench.Ask(() => bench.Regime.Evaluate(new BarBatch(bars, Series, restart: false)));

    private static StrategyAnswer<MomentumDecision> Momentum(GrainBench bench, FeatureBar[] bars) =>
        bench.Ask(() => bench.Momentum.Evaluate(new BarBatch(bars, Series, restart: false)));

    private static MomentumDecision Expected(FeatureBar[] bars)
    {
        var kernel = new OrderFlowMomentum(Samples.Settings.Symbols[0].Signals.Momentum);
        return bars.Select(kernel.Evaluate).ToArray()[^1];
    }

    private static string Json(object? value) => System.Text.Json.JsonSerializer.Serialize(value);

    private static FeatureBar[] Bars(int count)
    {
        var pipeline = new SymbolPipeline(Samples.Settings.Symbols[0].Pipeline);
        var bars = new List<FeatureBar>();
        foreach (var trade in Samples.Trades(1, 2_000, buyShare: 0.6))
        {
            if (pipeline.Add(trade)) bars.Add(pipeline.LastBar!);
            if (bars.Count == count) break;
        }

        bars.Count.ShouldBe(count);
        return [.. bars];
    }
}
