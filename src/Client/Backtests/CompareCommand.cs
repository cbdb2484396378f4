using System.CommandLine;
using System.Text.Json;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>The command "compare".</summary>
internal static class CompareCommand
{
    private const string Numbers = "metrics.json";

    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var first = new Argument<string>("A") { Description = "Folder of a run; with --live that of the backtest of the same market" };
        var second = new Argument<string?>("B") { Description = "Folder of another; not with --live", Arity = ArgumentArity.ZeroOrOne };
        var overlay = new OverlayInputs();
        var command = new Command("compare", """
            Compares the numbers of two runs. With --live, lays the orders of a live run over those of a backtest of the same market: matched by what they are for,
            with the differences of time, price and size, and whether the fill model explains them.

            Exit codes: 0 the order lists are the same (--live: the fill model explains every difference), 1 they differ (--live: something is unexplained),
            2 a file cannot be read or the command line was wrong.
            Examples:
              compare runs/before runs/after
              compare --live live-orders.json runs/ape --html overlay.html
            """) { first, second };
        overlay.AddTo(command);
        command.SetAction((parsed, cancel) => BacktestRun.RunAsync(host, parsed.GetValue(common.Json), _ =>
        {
            if (overlay.Live(parsed) is not null) return overlay.Run(host, parsed, parsed.GetRequiredValue(first), parsed.GetValue(second));
            var other = parsed.GetValue(second)
                ?? throw BacktestInputs.Wrong("compare got one run", "Name two folders, or the live run's orders with --live and one folder.");
            var (a, b) = (Read(Path.Combine(host.Folder, parsed.GetRequiredValue(first))), Read(Path.Combine(host.Folder, other)));
            var isSame = a["orderHash"] == b["orderHash"];
            var rows = a.Keys.Union(b.Keys).Select(key => (Name: key, A: a.GetValueOrDefault(key, ""), B: b.GetValueOrDefault(key, "")))
                .Where(row => row.A != row.B).ToList();
            var differences = rows.Select(row => new { name = row.Name, a = row.A, b = row.B });
            return (isSame ? DataExit.Clean : DataExit.Findings, new { isSame, differences }, () => View(isSame, rows));
        }, cancel));
        return command;
    }

    private static SortedDictionary<string, string> Read(string folder)
    {
        var path = Path.Combine(folder, Numbers);
        try
        {
            var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
            Flatten("", JsonElement.Parse(File.ReadAllBytes(path)), found);
            return found.ContainsKey("orderHash") ? found : throw new InvalidDataException($"{path} has no orderHash; expected the numbers of a backtest");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} line {e.LineNumber + 1}: expected the numbers of a backtest as JSON", e);
        }
    }

    private static void Flatten(string name, JsonElement value, SortedDictionary<string, string> found)
    {
        string Below(string key) => name.Length == 0 ? key : $"{name}.{key}";
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject()) Flatten(Below(property.Name), property.Value, found);
                break;
            case JsonValueKind.Array:
                var i = 0;
                foreach (var item in value.EnumerateArray())
                {
                    var isGroup = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("group", out _);
                    var key = isGroup ? $"{item.GetProperty("by")}:{item.GetProperty("group")}" : $"{i}";
                    Flatten(Below(key), item, found);
                    i++;
                }
                break;
            default:
                found[name] = value.ToString();
                break;
        }
    }

    private static IRenderable View(bool isSame, IReadOnlyList<(string Name, string A, string B)> rows)
    {
        var verdict = new Markup(isSame ? "[green]the order lists are the same[/]" : "[red]the order lists differ[/]");
        if (rows.Count == 0) return verdict;
        var table = TableMaker.Create("Number", ">A", ">B");
        foreach (var (name, a, b) in rows) table.AddRow(Format.Text(name), Format.Text(a), Format.Text(b));
        return new Rows(verdict, table);
    }
}
