using System.CommandLine;
using System.Globalization;
using Granary.Client.Cli;
using Granary.Client.Conformance;
using Granary.Client.Conformance.Tables;
using Granary.Engine.Features;
using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Client.Data.Features;

/// <summary>The command "data features".</summary>
internal static class FeaturesCommand
{
    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files of one symbol's trades in the order of time, or folders with tapes", Arity = ArgumentArity.OneOrMore };
        var threshold = new Option<string>("--volume-threshold") { Description = "Volume that closes a bar, base units", HelpName = "N", Required = true };
        var output = new Option<string?>("--out") { Description = "Writes a row for each bar to a csv, gzip when the name ends in .gz", HelpName = "FILE" };
        var layout = DataRun.LayoutOption();
        var command = new Command("features", """
            Computes volume bars with features and z-scores from trades, in one pass. Of folders, only files of trades are read.

            Exit codes: 0 done, 1 done but rows were invalid and left out, 2 a file cannot be read or written, or the command line was wrong.
            Examples:
              data features BTCUSDT-aggTrades-2024-10-18.zip --volume-threshold 100
              data features tapes/BTCUSDT --volume-threshold 100 --out bars.csv.gz
            """) { paths, threshold, output, layout };
        command.SetAction((parsed, cancel) => DataRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var parts = DataPaths.Expand(parsed.GetRequiredValue(paths).Select(p => Path.Combine(host.Folder, p))).SelectMany(TapePart.Of).ToList();
            if (parts.Any(p => p.Kind is not null)) parts.RemoveAll(p => p.Kind is not (null or TapeKind.AggTrades or TapeKind.Trades));
            if (parts.Count == 0) throw new ConsoleFailure(DataExit.Unreadable, "no file of trades was found; name csv, csv.gz, zip or tape files, or folders with them");
            var file = parsed.GetValue(output) is { } name ? Path.Combine(host.Folder, name) : null;
            var run = Run(parts, OptionsOf(parsed.GetRequiredValue(threshold)), parsed.GetValue(layout), file, progress, cancel);
            return (run.Sources.All(s => s.IsClean) ? DataExit.Clean : DataExit.Findings, FeaturesView.ToBody(run, file), () => FeaturesView.Render(run, file));
        }, cancel));
        return command;
    }

    private static PipelineOptions OptionsOf(string text)
    {
        try
        {
            var options = new PipelineOptions { VolumeThreshold = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) };
            options.Validate();
            return options;
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw new ConsoleFailure(DataExit.Unreadable, $"--volume-threshold was '{text}'; expected base units above 0 with at most eight decimals");
        }
    }

    private static FeatureRun Run(
        IReadOnlyList<TapePart> parts, PipelineOptions options, TapeLayout? layout, string? output, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var run = new FeatureRun(options);
        if (output is null)
        {
            for (var i = 0; i < parts.Count; i++) run.Read(parts[i], layout, ProgressOf(i), cancellationToken);
            return run;
        }
        using var csv = new CsvTableWriter(output, keepsFormer: true);
        csv.Write(
            parts.SelectMany((part, i) => run.ReadBars(part, layout, ProgressOf(i), cancellationToken)),
            [.. FeatureTables.Columns, new("is_complete", bar => bar.Bar.IsComplete), .. FeatureTables.ZScoreColumns(options.ZWindows)]);
        csv.Commit();
        return run;

        Action<double> ProgressOf(int i) => share => progress(Path.GetFileName(parts[i].Path), (i + share) / parts.Count);
    }
}
