using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Market;

namespace Granary.Simulation.Scenarios;

/// <summary>Nothing that is decided knows what comes after it. Names begin with the row of the list of scenarios.</summary>
public sealed class ForesightScenarios
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Fact]
    public void F11_every_feature_signal_and_decision_is_the_same_without_what_came_after_it()
    {
        using var stage = new Stage(111, o => o with { Engine = e => e with { StartFromOldestTrade = true } });
        stage.Run(900);
        var settings = WorldSettings.Make(stage.World.Options).Symbols[0];
        var trades = stage.World.Core.GetAggTrades(Stage.Symbol, 0, 100_000).ToArray();
        var decision = new DecisionOptions { Signals = settings.Signals };
        var whole = Verdicts(trades, settings.Pipeline, decision);
        whole.Count.ShouldBeGreaterThan(60);
        whole.ShouldContain(v => v.Text.Contains("\"entry\":{", StringComparison.Ordinal));

        // At every bar, the last one included, from the trades up to its close alone.
        foreach (var (text, end, _, _) in whole) Verdicts(trades.AsSpan(0, end), settings.Pipeline, decision)[^1].Text.ShouldBe(text);

        // What the live engine wrote down when it decided is what the trades up to then give.
        var written = stage.World.Ask(() => stage.World.Journal!.Reader.GetDecisionsAsync(World.Account, Stage.Symbol, 1_000)).Where(d => d.Kind == "Entry").ToArray();
        written.Length.ShouldBeGreaterThan(0);
        foreach (var entry in written)
        {
            using var live = JsonDocument.Parse(entry.Features);
            using var rebuilt = JsonDocument.Parse(whole.Single(v => v.Bar == entry.BarIndex).Features);
            foreach (var feature in live.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number))
                feature.Value.GetRawText().ShouldBe(rebuilt.RootElement.GetProperty(feature.Name).GetRawText(), feature.Name);
        }

        stage.Settle();
    }

    private static IEnumerable<double?> Scores(ZScores scores) =>
        from feature in Enum.GetValues<ZFeature>() from window in scores.Windows select scores[feature, window];

    private static List<(string Text, int End, long Bar, string Features)> Verdicts(ReadOnlySpan<AggTrade> trades, PipelineOptions pipeline, DecisionOptions options)
    {
        var symbol = new SymbolPipeline(pipeline);
        var step = new DecisionStep(options);
        var verdicts = new List<(string Text, int End, long Bar, string Features)>();
        for (var i = 0; i < trades.Length; i++)
        {
            if (!symbol.Add(trades[i])) continue;
            var bar = symbol.LastBar!;
            var features = JsonSerializer.Serialize(bar.Features, Json);
            var verdict = JsonSerializer.Serialize(step.Take(bar), Json);
            verdicts.Add(($"{features} {string.Join(' ', Scores(bar.Features.ZScores))} {verdict}", i + 1, bar.Bar.Index, features));
        }

        return verdicts;
    }
}
