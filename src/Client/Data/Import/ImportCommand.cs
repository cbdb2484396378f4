using System.CommandLine;
using Granary.Client.Cli;
using Granary.Tape.Columnar;

namespace Granary.Client.Data.Import;

/// <summary>The command "data import".</summary>
internal static class ImportCommand
{
    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files, or folders with files: csv, csv.gz, zip", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder of the tapes: DIR/SYMBOL/yyyy-MM-dd.KIND.tape", HelpName = "DIR", Required = true };
        var symbol = new Option<string?>("--symbol") { Description = "The symbol of all files; without it, that of the rows or of the file's name", HelpName = "S" };
        symbol.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !DailyTapes.IsSymbol(result.Tokens[0].Value))
                result.AddError($"--symbol was '{result.Tokens[0].Value}'; expected up to 40 letters, digits, '_' and '-'.");
        });
        var kind = new Option<ImportKind?>("--kind")
        {
            Description = $"The kind that all files must become: {string.Join(", ", Enum.GetValues<ImportKind>().Select(k => DataText.Name(k)))}. AggTrades makes aggregates of single trades",
            HelpName = "KIND",
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Writes the days that the files hold anew from the files alone; without it, files are merged in by id" };
        var layout = DataRun.LayoutOption();
        var command = new Command("import", """
            Turns public market data files into tapes by symbol, UTC day and kind, as a silo records them. Rows that a tape has by their id are passed over, so
            importing again changes nothing. A day is replaced as a whole, or not at all.

            Exit codes: 0 done, 1 done but rows were invalid and left out, 2 a file cannot be read or a tape not written (the others are), or the command line was wrong.
            Examples:
              data import BTCUSDT-aggTrades-2024-10-18.zip --out tapes
              data import downloads/ --out tapes --json
            """) { paths, output, symbol, layout, kind, overwrite };
        command.SetAction((parsed, cancel) => DataRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var options = new ImportOptions(
                Path.Combine(host.Folder, parsed.GetRequiredValue(output)), parsed.GetValue(symbol), parsed.GetValue(layout), parsed.GetValue(kind), parsed.GetValue(overwrite));
            var files = DataPaths.Expand(parsed.GetRequiredValue(paths).Select(p => Path.Combine(host.Folder, p)), hasTapes: false).ToList();
            if (files.Count == 0) throw new ConsoleFailure(DataExit.Unreadable, "the folder holds no csv, csv.gz or zip; name files, or another folder");
            var result = new DataImport(options, progress, cancel).Run(files);
            return (result.ExitCode, ImportView.ToBody(result), () => ImportView.Render(result));
        }, cancel));
        return command;
    }
}
