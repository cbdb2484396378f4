using System.CommandLine;
using Granary.Client.Cli;
using Granary.Client.Data.Features;
using Granary.Client.Data.Import;
using Granary.Tape;

namespace Granary.Client.Data;

/// <summary>The commands that look at market data files; they need no silo.</summary>
public static class DataCommands
{
    private const int RowsDefault = 3, RowsMax = 1_000;

    /// <summary>Creates the command "data" with those below it.</summary>
    /// <param name="host">The world outside.</param>
    /// <param name="common">The options that every command takes.</param>
    public static Command Create(ConsoleHost host, CommonOptions common) => new(
        "data", "Looks at market data files, imports them, and computes bars and features: csv, csv.gz, zip, tapes, socket captures. Needs no silo")
    {
        Check(host, common), Show(host, common), ImportCommand.Create(host, common), FeaturesCommand.Create(host, common),
    };

    private static Command Check(ConsoleHost host, CommonOptions common)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files, or folders with files", Arity = ArgumentArity.OneOrMore };
        var layout = DataRun.LayoutOption();
        var command = new Command("check", """
            Checks files and tapes: gaps (across the daily tapes of a kind too), repetitions and reversals, price outliers, missing and inconsistent candles, volumes, dead and newly listed contracts.

            Exit codes: 0 clean (notes may be there), 1 something is wrong, 2 a file cannot be read or the command line was wrong.
            Examples:
              data check BTCUSDT-aggTrades-2024-10-18.zip
              data check candles/ funding.csv.gz --json
              data check tapes/BTCUSDT
            """) { paths, layout };
        command.SetAction((parsed, cancel) => DataRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var reports = DataCheck.Run(parsed.GetRequiredValue(paths).Select(p => Path.Combine(host.Folder, p)), parsed.GetValue(layout), progress, cancel);
            var code = reports.Any(r => r.Error is not null) ? DataExit.Unreadable : reports.All(r => r.IsClean) ? DataExit.Clean : DataExit.Findings;
            return (code, CheckView.ToBody(reports), () => CheckView.Render(reports));
        }, cancel));
        return command;
    }

    private static Command Show(ConsoleHost host, CommonOptions common)
    {
        var path = new Argument<string>("PATH") { Description = "The file, or a folder with files" };
        var member = new Option<string?>("--member") { Description = "One member of an archive; without it, all are listed", HelpName = "NAME" };
        var rows = new Option<int>("--rows")
        {
            Description = $"First and last rows to print, 0 to {RowsMax}. Default: {RowsDefault}",
            HelpName = "N",
            DefaultValueFactory = _ => RowsDefault,
        };
        rows.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var n) && n is < 0 or > RowsMax)
                result.AddError($"--rows was {n}; allowed are 0 to {RowsMax}.");
        });
        var layout = DataRun.LayoutOption();
        var command = new Command("show", """
            Shows what a file (csv, csv.gz, zip, tape, capture) or each file of a folder holds: layout, rows, span, price range, tick and step as the numbers tell them, first and last rows.

            Exit codes: 0 done, 2 the file cannot be read or the command line was wrong.
            Examples:
              data show BTCUSDT-trades-2024-08-08.csv.gz --rows 10
              data show candles-1h.zip --member BTCUSDT-1h.csv
            """) { path, member, rows, layout };
        command.SetAction((parsed, cancel) => DataRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var file = Path.Combine(host.Folder, parsed.GetRequiredValue(path));
            var wanted = parsed.GetValue(member);
            var parts = wanted is null ? [.. DataPaths.Expand([file]).SelectMany(TapePart.Of)] : new List<TapePart> { new(file, wanted) };
            if (parts.Count == 0) throw new ConsoleFailure(DataExit.Unreadable, $"{file}: the archive holds no csv, or the folder no file; check the path");
            var shown = parts.Select((p, i) => DataShow.Read(
                p, parsed.GetValue(layout), parts.Count == 1 ? parsed.GetValue(rows) : 0, share => progress(Path.GetFileName(file), parts.Count == 1 ? share : (double)i / parts.Count), cancel)).ToList();
            return (DataExit.Clean, ShowView.ToBody(shown), () => ShowView.Render(shown));
        }, cancel));
        return command;
    }
}
