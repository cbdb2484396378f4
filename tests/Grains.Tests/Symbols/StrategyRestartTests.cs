using Granary.Grains.Strategies;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Symbols;

/// <summary>Whatever ends and begins again, each bar is decided as it would have been without.</summary>
public sealed class StrategyRestartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_crash_at_any_point_changes_no_decision(int seed)
    {
        using var signals = Signals();
        var random = new Random(seed);
        for (var bar = 0; bar < signals.Bars - 1;)
        {
            bar = Math.Min(signals.Bars - 1, bar + random.Next(1, 12));
            signals.RunTo(bar);
            if (random.Next(2) == 0) signals.Bench.Pass(6);
            switch (random.Next(3))
            {
                case 0:
                    signals.Bench.Crash();
                    signals.Bench.StartActive();
                    break;
                case 1:
                    signals.Bench.Stop();
                    signals.Bench.StartActive();
                    signals.RunTo(bar);
                    break;
            }
        }

        AllAsExpected(signals);
    }

    [Fact]
    public void A_crash_while_the_snapshots_are_written_changes_no_decision()
    {
        using var signals = Signals();
        signals.RunTo(20);
        signals.Bench.Pass(6);
        signals.RunTo(30);
        signals.Bench.Journal.Fault = (records, _) =>
            records.Any(r => r is Journal.Records.SnapshotRecord s && s.Owner.StartsWith("symbol/", StringComparison.Ordinal))
                ? new Journal.JournalException("disk full") : null;
        signals.Bench.Pass(6);
        signals.Bench.Crash();
        signals.Bench.StartActive();
        signals.RunTo(signals.Bars - 1);
        AllAsExpected(signals);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(100_000_000)]
    public void A_strategy_that_was_deactivated_catches_up(int snapshotIntervalMs)
    {
        using var signals = Signals(snapshotIntervalMs);
        signals.RunTo(40);

        // Long without a bar: idle grains end, the symbol's timer keeps it.
        signals.Bench.Pass(4 * 3_600);
        signals.Bench.Silo.Silo.GetStatistics().GrainClasses.Where(c => StrategyNames.All.Contains(c.GrainType)).ShouldAllBe(c => c.ActivationCount == 0);
        signals.RunTo(signals.Bars - 1);
        AllAsExpected(signals);
    }

    [Fact]
    public void Other_windows_refuse_the_snapshot_and_that_strategy_warms_up_again()
    {
        using var signals = Signals();
        signals.RunTo(40);
        signals.Bench.Stop();
        var other = signals.Symbol.Signals with { Momentum = signals.Symbol.Signals.Momentum with { DeltaLookback = 5 } };
        signals.Bench.Settings = signals.Bench.Settings with { Symbols = [signals.Symbol with { Signals = other }] };
        signals.Bench.StartActive();
        signals.RunTo(60);

        Momentum(signals, 41).ShouldContain("\"valid\":false");
        Momentum(signals, 60).ShouldContain("\"valid\":true");
        signals.Explanations[41].ShouldContain("\"regime\":{\"barIndex\":41,\"regime\":\"" + signals.Expected[41].Regime.Regime + "\"");
        signals.Explanations[41].ShouldNotContain("\"silent\"");
    }

    private static string Momentum(SignalBench signals, int bar)
    {
        using var json = System.Text.Json.JsonDocument.Parse(signals.Explanations[bar]);
        return json.RootElement.GetProperty("momentum").GetRawText();
    }

    private static SignalBench Signals(int snapshotIntervalMs = 5_000)
    {
        var symbol = SignalBench.All(s => s with
        {
            Regime = s.Regime with { VolatilityLongWindow = 30 },
            Reversion = s.Reversion with { EntryWindow = 25 },
        });
        return new SignalBench(Samples.Trades(1, 1_000, buyShare: 0.5), symbol, snapshotIntervalMs);
    }

    private static void AllAsExpected(SignalBench signals)
    {
        signals.Explanations.Count.ShouldBe(signals.Bars);
        signals.Expected.Select(r => r.Combined.Action).Distinct().Count().ShouldBeGreaterThan(2);
        foreach (var (bar, explanation) in signals.Explanations)
        {
            signals.Action(bar).ShouldBe(signals.ExpectedAction(bar), $"bar {bar}");
            explanation.ShouldNotContain("\"silent\"");
            var expected = signals.Expected[bar];
            using var json = System.Text.Json.JsonDocument.Parse(explanation);
            Number(json.RootElement.GetProperty("reversion"), "deviationQuantile").ShouldBe(expected.Reversion.DeviationQuantile);
            Number(json.RootElement.GetProperty("regime"), "volatilityRatio").ShouldBe(expected.Regime.VolatilityRatio);
            json.RootElement.GetProperty("momentum").GetProperty("strength").GetDouble().ShouldBe(expected.Momentum.Strength);
        }
    }

    private static double? Number(System.Text.Json.JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetDouble() : null;
}
