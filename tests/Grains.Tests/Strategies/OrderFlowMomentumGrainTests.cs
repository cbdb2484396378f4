using Granary.Engine.Features;
using Granary.Engine.Signals;
using Granary.Grains.Interfaces.Strategies;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Strategies;

/// <summary>The grain says what the kernel says, whatever way the bars come.</summary>
public sealed class OrderFlowMomentumGrainTests
{
    [Fact]
    public void Answers_are_those_of_the_kernel()
    {
        using var bench = new GrainBench().Start();
        var kernel = new OrderFlowMomentum(Samples.Settings.Momentum);
        var fired = 0;
        foreach (var bar in Bars(40))
        {
            var expected = kernel.Evaluate(bar);
            var answer = Evaluate(bench, [bar]);
            (answer.Taken, answer.NextBarIndex, answer.Strategy, answer.Side, answer.Strength)
                .ShouldBe((true, bar.Bar.Index + 1, "momentum", expected.Side, expected.Strength));
            answer.Why.ShouldContain("\"conditions\"");
            if (answer.Side is not null) fired++;
        }

        fired.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Missing_bars_are_asked_for_and_nothing_is_taken_before_they_come()
    {
        using var bench = new GrainBench().Start();
        var bars = Bars(30);
        Evaluate(bench, bars[..10]).NextBarIndex.ShouldBe(10);
        var refused = Evaluate(bench, bars[12..13]);
        (refused.Taken, refused.NextBarIndex, refused.Side).ShouldBe((false, 10, null));

        var caught = Evaluate(bench, bars[10..13]);
        caught.ShouldBe(Evaluate(Reference(bars[..12]), bars[12..13]));
    }

    [Fact]
    public void Known_bars_are_skipped()
    {
        using var bench = new GrainBench().Start();
        var bars = Bars(30);
        Evaluate(bench, bars[..20]);
        var again = Evaluate(bench, bars[5..15]);
        (again.Taken, again.NextBarIndex, again.Side, again.Why).ShouldBe((true, 20, null, ""));
        Evaluate(bench, bars[15..25]).ShouldBe(Evaluate(Reference(bars[..24]), bars[24..25]));
    }

    [Fact]
    public void A_restart_begins_afresh_with_the_first_bar_given()
    {
        using var bench = new GrainBench().Start();
        var bars = Bars(40);
        Evaluate(bench, bars[..20]);
        var restarted = bench.Ask(() => bench.Momentum.Evaluate(new BarBatch(bars[25..40], restart: true)));
        restarted.NextBarIndex.ShouldBe(40);

        using var fresh = new GrainBench().Start();
        fresh.Ask(() => fresh.Momentum.Evaluate(new BarBatch(bars[25..40], restart: true))).ShouldBe(restarted);
        Evaluate(bench, bars[39..40]).NextBarIndex.ShouldBe(40);
    }

    [Fact]
    public void After_a_silos_restart_the_symbol_gives_the_bars_that_are_still_held()
    {
        using var bench = new GrainBench().StartActive();
        var trades = Samples.Trades(1, 900, buyShare: 1);
        bench.Ask(() => bench.Symbol.Ingest(new Interfaces.Symbols.TradeBatch(trades[..450], false, false, 0)));
        bench.Stop();
        bench.StartActive();
        bench.Ask(() => bench.Symbol.Ingest(new Interfaces.Symbols.TradeBatch(trades[450..], true, false, 0)));
        bench.SymbolView.LastDecision.ShouldContain($"\"barIndex\":{bench.SymbolView.Bars - 1}");
        bench.Decisions().ShouldContain(d => d.Kind == "Entry");
    }

    private static GrainBench Reference(FeatureBar[] bars)
    {
        var bench = new GrainBench().Start();
        Evaluate(bench, bars);
        return bench;
    }

    private static StrategyAnswer Evaluate(GrainBench bench, FeatureBar[] bars) =>
        bench.Ask(() => bench.Momentum.Evaluate(new BarBatch(bars, restart: false)));

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
