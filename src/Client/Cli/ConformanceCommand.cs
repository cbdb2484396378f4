using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Granary.Client.Conformance;
using Granary.Client.Views;
using Spectre.Console;

namespace Granary.Client.Cli;

/// <summary>Computes the golden tables from their inputs with the engine's own kernels, and compares them with the expected ones when asked to.</summary>
public static class ConformanceCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner run)
    {
        var input = new Option<string>("--in") { Description = "Folder with params.json and inputs/", HelpName = "DIR", Required = true };
        var output = new Option<string>("--out")
        {
            Description = "Folder for the tables; created when absent, files of the same names are replaced",
            HelpName = "DIR",
            Required = true,
        };
        var compare = new Option<string?>("--compare")
        {
            Description = "Folder with the expected tables, COLUMNS.csv in the one above: compare what was written with them",
            HelpName = "DIR",
        };
        var only = new Option<string[]>("--only") { Description = "Only this table; may be given again", HelpName = "NAME" };
        var command = new Command("conformance", "Compute the golden tables (bars to validation, formulas 1 to 10) from params.json and inputs/; needs no silo")
        {
            input, output, compare, only,
        };
        command.SetAction((parsed, cancel) => run(
            parsed,
            (context, token) =>
            {
                string Folder(string name) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(context.Host.Folder, name)));
                var compared = parsed.GetValue(compare) is { } folder ? Folder(folder) : null;
                Run(context, Folder(parsed.GetRequiredValue(input)), Folder(parsed.GetRequiredValue(output)), compared, parsed.GetValue(only) ?? [], token);
                return Task.CompletedTask;
            },
            cancel));
        return command;
    }

    private static void Run(CommandContext context, string input, string output, string? expected, string[] only, CancellationToken cancellationToken)
    {
        // What a table is compared with must not be what was just written.
        if (output == Path.Combine(input, "expected") || output == expected || output == Path.Combine(input, "inputs"))
            throw new ConsoleFailure(ExitCode.Usage, $"--out was {output}, which holds what the tables are made of or compared with", "Name another folder.");
        try
        {
            var golden = new ConformanceRun(input);
            var comparer = expected is null ? null : new TableComparer(expected);
            var names = only.Select(ConformanceManifest.TableName).ToHashSet();
            if (names.Except(golden.TableNames).FirstOrDefault() is { } unknown)
                throw new ConsoleFailure(ExitCode.Usage, $"--only was '{unknown}'", $"Tables here: {string.Join(", ", golden.TableNames)}.");

            var results = golden.Write(
                output, name => names.Count == 0 || names.Contains(name), result => Progress(context, result), context.Host.Time, cancellationToken);
            var comparisons = comparer is null ? [] : results.Where(result => result.IsWritten).Select(result => Compare(comparer, output, result)).ToList();
            if (context.IsJson)
                context.Host.Output.WriteLine(JsonSerializer.Serialize(new { tables = results, comparisons, notes = golden.Notes }, JsonSerializerOptions.Web));
            else
                Show(context, results, comparisons, golden.Notes);
            Judge(results, comparisons);
        }
        catch (ConformanceException e)
        {
            throw new ConsoleFailure(
                ExitCode.Usage, e.Message, "Folders are as the golden tables have them: params.json and inputs/, for --compare COLUMNS.csv and expected/.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConsoleFailure(ExitCode.Refused, e.Message);
        }
    }

    private static TableComparison Compare(TableComparer comparer, string output, TableResult result)
    {
        try
        {
            return comparer.Compare(Path.Combine(output, result.File));
        }
        catch (ConformanceException e)
        {
            return new TableComparison(result.Name, 0, 0, 1, e.Message);
        }
    }

    private static void Progress(CommandContext context, TableResult result)
    {
        if (context.IsJson) return;
        var what = result.IsWritten ? $"{Format.Count(result.RowCount)} rows" : $"NOT WRITTEN: {result.Failure}";
        var seconds = result.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        context.Host.Output.WriteLine($"{result.Name}: {Format.Clean(what)} ({seconds} s)");
    }

    private static void Show(
        CommandContext context, IReadOnlyList<TableResult> results, IReadOnlyList<TableComparison> comparisons, IReadOnlyList<string> notes)
    {
        var table = comparisons.Count > 0
            ? TableMaker.Create("Table", ">Rows", ">Fields compared", ">Mismatches")
            : TableMaker.Create("Table", "File", ">Rows");
        foreach (var result in results)
        {
            if (comparisons.Count == 0)
                table.AddRow(Format.Text(result.Name), Format.Text(result.File), result.IsWritten ? Format.Count(result.RowCount) : "[red]not written[/]");
            else if (comparisons.FirstOrDefault(comparison => comparison.Name == result.Name) is { } comparison)
                table.AddRow(Format.Text(result.Name), Format.Count(comparison.RowCount), Format.Count(comparison.FieldCount), Mismatches(comparison));
            else
                table.AddRow(Format.Text(result.Name), "[red]not written[/]", "-", "-");
        }
        context.Host.Screen.Write(table);
        foreach (var comparison in comparisons.Where(comparison => comparison.MismatchCount > 0))
            context.Host.Output.WriteLine($"{comparison.Name}: {Format.Clean(comparison.FirstMismatch)}");
        foreach (var note in notes) context.Host.Output.WriteLine($"note: {Format.Clean(note)}");
    }

    private static string Mismatches(TableComparison comparison) =>
        comparison.MismatchCount == 0 ? "[green]0[/]" : $"[red]{Format.Count(comparison.MismatchCount)}[/]";

    private static void Judge(IReadOnlyList<TableResult> results, IReadOnlyList<TableComparison> comparisons)
    {
        var missing = results.Count(result => !result.IsWritten);
        var different = comparisons.Count(comparison => comparison.MismatchCount > 0);
        if (missing > 0) throw Refused($"{missing} of {results.Count} tables were not written", "The reasons stand above, one line a table.");
        if (different > 0)
            throw Refused($"{different} of {comparisons.Count} tables differ from the expected ones", "Each one's first difference stands above.");
        if (results.Count == 0) throw Refused("no table was written", "The manifest lists none that this command computes.");

        static ConsoleFailure Refused(string message, string hint) => new(ExitCode.Refused, message, hint);
    }
}
