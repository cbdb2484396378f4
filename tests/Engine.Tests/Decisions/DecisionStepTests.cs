using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Rules;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Golden;

namespace Granary.Engine.Tests.Decisions;

public sealed class DecisionStepTests
{
    private static readonly Lazy<List<FeatureBar>> Bars = new(() => new GoldenRun(
        GoldenTrades.Load(Path.Combine(GoldenFolder.Local, "inputs", "aggtrades.csv.gz")), 5m).Bars);

    [Fact]
    public void Signals_and_stop_inputs_are_those_of_the_kernels()
    {
        var options = new DecisionOptions();
        var step = new DecisionStep(options);
        var signals = new SignalSet(options.Signals);
        var entries = 0;
        foreach (var bar in Bars.Value)
        {
            var verdict = step.Take(bar);
            var report = signals.Evaluate(bar);
            verdict.Report.Combined.Action.ShouldBe(report.Combined.Action);
            verdict.Guard.EmaOfi.ShouldBe(report.IsStopWarm ? report.EmaOfiStop : null);
            (verdict.Entry is not null).ShouldBe(report.Combined.Action is SignalAction.Long or SignalAction.Short);
            if (verdict.Entry is { } entry)
            {
                entries++;
                entry.RegimeFactor.ShouldBe((double)options.RegimeFactors.Of(report.Regime.Regime));
                entry.Signals.Select(e => (e.Strategy, e.Strength, e.SizeFactor))
                    .ShouldBe(report.Combined.Contributions.Select(c => (SignalNames.Of(c), c.Strength, c.SizeFactor)));
            }
        }
        entries.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_snapshot_at_any_bar_continues_bit_for_bit()
    {
        var options = new DecisionOptions();
        var whole = new DecisionStep(options);
        foreach (var (bar, i) in Bars.Value.Take(800).Select((bar, i) => (bar, i)))
        {
            if (i % 97 == 0)
            {
                var writer = new SnapshotWriter();
                whole.Write(writer);
                var reader = new SnapshotReader(writer.ToArray());
                whole = DecisionStep.Read(ref reader, options);
            }
            whole.Take(bar);
        }
        var straight = new DecisionStep(options);
        foreach (var bar in Bars.Value.Take(800)) straight.Take(bar);
        var (a, b) = (whole.Take(Bars.Value[800]), straight.Take(Bars.Value[800]));
        a.Guard.ShouldBe(b.Guard);
        a.Report.Combined.Action.ShouldBe(b.Report.Combined.Action);
        a.Report.Reversion.DeviationEntry.ShouldBe(b.Report.Reversion.DeviationEntry);
    }

    [Fact]
    public void A_rule_alone_decides_alone_and_a_snapshot_carries_it()
    {
        var options = new DecisionOptions { Strategies = [nameof(Breakout)], Rules = [new RuleSpec { Name = nameof(Breakout), Parameters = ["Lookback=20"] }] };
        var rule = RuleCatalog.Create(options.Rules[0]);
        var step = new DecisionStep(options);
        var entries = 0;
        foreach (var bar in Bars.Value)
        {
            var writer = new SnapshotWriter();
            step.Write(writer);
            var reader = new SnapshotReader(writer.ToArray());
            step = DecisionStep.Read(ref reader, options);
            var (verdict, expected) = (step.Take(bar), rule.Evaluate(bar));
            verdict.Rules.Single().Side.ShouldBe(expected.Side);
            (verdict.Entry?.Side).ShouldBe(bar.Bar.IsComplete ? expected.Side : null);
            if (verdict.Entry is not { } entry) continue;
            entries++;
            (entry.Strategy, entry.RegimeFactor, entry.ExpectedProfit).ShouldBe((nameof(Breakout), 1, expected.ExpectedProfit));
        }
        entries.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("regime,momentum")]
    [InlineData("momentum")]
    [InlineData("regime,momentum,reversion,Breakout")]
    public void Only_those_asked_contribute(string strategies)
    {
        var asked = strategies.Split(',');
        var step = new DecisionStep(new DecisionOptions { Strategies = asked });
        var seen = new HashSet<string>();
        foreach (var bar in Bars.Value)
        {
            foreach (var signal in step.Take(bar).Entry?.Signals ?? []) seen.Add(signal.Strategy);
        }
        seen.ShouldBe(asked.Where(s => s != SignalNames.Regime), ignoreOrder: true);
    }

    [Fact]
    public void A_snapshot_of_other_options_is_refused()
    {
        var step = new DecisionStep(new DecisionOptions());
        var writer = new SnapshotWriter();
        step.Write(writer);
        Should.Throw<InvalidDataException>(() =>
        {
            var reader = new SnapshotReader(writer.ToArray());
            DecisionStep.Read(ref reader, new DecisionOptions { Signals = new SignalOptions { StopOfiLookback = 9 } });
        });
    }
}
