using Granary.Engine.Features;
using Granary.Engine.Rules;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Symbols;

/// <summary>A rule of one's own, asked by the live engine.</summary>
public sealed class RuleTests
{
    private static readonly RuleSpec Spec = new() { Name = nameof(Breakout), Parameters = ["Lookback=5", "FlowMin=0"] };

    [Fact]
    public void Its_openings_reach_the_gate_under_its_name_whatever_stops_in_between()
    {
        using var signals = Signals();
        var rule = RuleCatalog.Create(Spec);
        var pipeline = new SymbolPipeline(signals.Symbol.Pipeline);
        var expected = new SortedDictionary<long, string>();
        foreach (var trade in Samples.Trades(1, 1_500, buyShare: 0.5))
        {
            if (pipeline.Add(trade) && rule.Evaluate(pipeline.LastBar!) is { Side: { } side } decision) expected[decision.BarIndex] = side.ToString();
        }

        expected.Count.ShouldBeGreaterThan(5);
        expected.Values.Distinct().Count().ShouldBe(2);
        for (var bar = 10; bar < signals.Bars; bar += 40)
        {
            signals.RunTo(bar);
            signals.Bench.Pass(6);
            signals.RunTo(Math.Min(bar + 7, signals.Bars - 1));
            if (bar % 80 == 10) signals.Bench.Crash();
            else signals.Bench.Stop();
            signals.Bench.StartActive();
        }

        signals.RunTo(signals.Bars - 1);
        var entries = signals.Bench.Decisions().Where(d => d.Kind == "Entry").ToList();
        entries.ShouldAllBe(d => d.Strategy == nameof(Breakout));
        entries.Select(d => (d.BarIndex, d.Side)).ShouldBe(expected.Select(e => (e.Key, e.Value)));
        entries[0].Why.ShouldContain("\"rules\":[{\"rule\":\"Breakout\"");
        entries.ShouldContain(d => d.Outcome == "Approved");
    }

    [Fact]
    public void A_parameter_that_cannot_be_lets_nothing_open_and_the_market_goes_on()
    {
        var broken = Samples.Settings.Symbols[0] with { Strategies = [nameof(Breakout)], Rules = [Spec with { Parameters = ["Lookback=1"] }] };
        using var bench = new GrainBench { Settings = Samples.Settings with { Symbols = [broken] } }.StartActive();
        bench.Ask(() => bench.Symbol.Ingest(new Interfaces.Symbols.TradeBatch(Samples.Trades(1, 300), true, false, 0))).Accepted.ShouldBeTrue();
        bench.SymbolView.LastDecision.ShouldContain("\"silent\":[\"Breakout\"]");
        bench.Decisions().ShouldBeEmpty();
    }

    private static SignalBench Signals()
    {
        var symbol = SignalBench.All(s => s) with { Strategies = [nameof(Breakout)], Rules = [Spec] };
        return new SignalBench(Samples.Trades(1, 1_500, buyShare: 0.5), symbol);
    }
}
