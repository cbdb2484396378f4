using Granary.Engine.Features;
using Granary.Engine.Signals;
using Granary.Grains.Strategies;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Symbols;

/// <summary>Golden trades through the symbol's and the strategies' grains: the actions are those of the reference, restarts or not.</summary>
public sealed class GoldenSignalTests
{
    [SharedFact]
    public void Actions_are_those_of_the_reference()
    {
        using var signals = Signals();
        signals.RunTo(signals.Bars - 1);
        Compare(signals);
    }

    [SharedFact]
    public void Actions_are_those_of_the_reference_with_crashes_on_the_way()
    {
        using var signals = Signals();
        foreach (var bar in new[] { 150, 420, 699, 702, 1_000, 1_350 })
        {
            signals.RunTo(bar - 7);
            signals.Bench.Pass(6);
            signals.RunTo(bar);
            signals.Bench.Crash();
            signals.Bench.StartActive();
        }

        signals.RunTo(signals.Bars - 1);
        Compare(signals);
    }

    private static SignalBench Signals() => new(
        GoldenSignals.Trades(),
        Samples.Settings.Symbols[0] with
        {
            Pipeline = new PipelineOptions { VolumeThreshold = 5 },
            Strategies = StrategyNames.All,
            Signals = new SignalOptions(),
        });

    private static void Compare(SignalBench signals)
    {
        var actions = GoldenSignals.Actions();
        Enumerable.Range(0, signals.Bars).Select(signals.Action).ShouldBe(actions);
        actions.Count(a => a.EndsWith("Long", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
        actions.ShouldContain("ForceFlat");
    }
}
