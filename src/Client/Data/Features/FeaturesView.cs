using Granary.Client.Views;
using Granary.Engine.Bars;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Data.Features;

/// <summary>What a run of trades came to, as a list or as JSON.</summary>
public static class FeaturesView
{
    /// <summary>Draws it.</summary>
    public static IRenderable Render(FeatureRun run, string? output)
    {
        var pipeline = run.Pipeline;
        var parts = new List<IRenderable>
        {
            TableMaker.Pairs(
            [
                ("symbol", run.Symbol.Length > 0 ? Format.Text(run.Symbol) : "-"),
                ("files", Format.Count(run.Sources.Count)),
                ("trades", Format.Count(pipeline.TradeCount)),
                ("in bars", Format.Count(pipeline.AcceptedCount)),
                ("rejected", Format.Text(string.Join(", ", Rejects(run).Select(r => $"{r.Key} {Format.Count(r.Value)}")) is { Length: > 0 } text ? text : "0")),
                ("ids missing", Format.Count(pipeline.MissingCount)),
                ("invalid rows", run.Sources.All(s => s.IsClean) ? "0" : $"[red]{Format.Count(run.Sources.Sum(s => s.Skipped))}[/]"),
                ("span (UTC)", $"{DataText.Time(run.FirstMs)} to {DataText.Time(run.LastMs)}"),
                ("bars", $"{Format.Count(pipeline.BarCount)} of volume {Format.Number(pipeline.VolumeThreshold)}"),
                ("open volume", Format.Number(pipeline.OpenVolume)),
                ("bar digest", pipeline.BarDigest),
                .. output is null ? [] : new[] { ("written", Format.Text(output)) },
            ]),
        };
        parts.AddRange(Places(run).Select(p => new Markup("[red]invalid:[/] " + Format.Text(p))));
        return new Rows(parts);
    }

    /// <summary>The same as an object for JSON.</summary>
    public static object ToBody(FeatureRun run, string? output) => new
    {
        symbol = run.Symbol,
        isClean = run.Sources.All(s => s.IsClean),
        trades = run.Pipeline.TradeCount,
        accepted = run.Pipeline.AcceptedCount,
        rejects = Rejects(run),
        missingIds = run.Pipeline.MissingCount,
        firstMs = run.FirstMs,
        lastMs = run.LastMs,
        volumeThreshold = run.Pipeline.VolumeThreshold,
        bars = run.Pipeline.BarCount,
        openVolume = run.Pipeline.OpenVolume,
        barDigest = run.Pipeline.BarDigest,
        output,
        files = run.Sources.Select(s => new
        {
            file = s.Part.Path,
            member = s.Part.Member,
            rows = s.Rows,
            invalid = s.Skipped,
            damagedBlocks = s.SkippedBlocks,
            first = s.Offences.Select(o => new { line = o.Line, field = o.Field, defect = DataText.Name(o.Defect), text = o.Text }),
            faults = s.Faults,
        }),
    };

    private static SortedDictionary<string, long> Rejects(FeatureRun run) => new(
        Enum.GetValues<TradeReject>().Where(r => r != TradeReject.None && run.Pipeline.RejectCount(r) > 0).ToDictionary(r => DataText.Name(r), run.Pipeline.RejectCount),
        StringComparer.Ordinal);

    private static IEnumerable<string> Places(FeatureRun run) =>
        run.Sources.SelectMany(s => s.Faults.Concat(s.Offences.Select(o => DataText.Offence(s.Part.Name, o)))).Take(FindingLog.PlacesMax);
}
