using System.CommandLine;
using System.Globalization;
using Granary.Backtest;
using Granary.Backtest.Checks;
using Granary.Backtest.Reports;
using Granary.Backtest.Search;
using Granary.Backtest.Validation;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>The command "optimize": searches on the first 60 %, chooses on the next 20 %, tests once on the last 20 %.</summary>
internal static class OptimizeCommand
{
    private const int ShownMax = 10;

    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var inputs = new BacktestInputs();
        var search = new SearchInputs();
        var output = new Option<string>("--out")
        {
            Description = "Folder for the report, the trials (trials.jsonl, from which a broken-off search goes on) and the ledger of test sets",
            HelpName = "DIR",
            Required = true,
        };
        var ledger = new Option<string?>("--ledger")
        {
            Description = "The ledger of test sets. Default: test-ledger.jsonl in the folder above --out",
            HelpName = "FILE",
        };
        var again = new Option<bool>("--test-again") { Description = "Look at a test set that was looked at before; the report will say so" };
        var noTest = new Option<bool>("--no-test") { Description = "Search over all of the tape and test nothing: for a first look around" };
        var command = new Command("optimize", """
            Searches parameters. Chosen on the first 60 % of the tape, confirmed on the next 20 %, tested on the last 20 %, which may be looked at once.

            Exit codes: 0 done, 1 the test set was looked at before, 2 a file cannot be read or the command line was wrong.
            Examples:
              optimize --klines BTCUSDT-1m.csv.gz --strategy cross --range cross.fast=5:30:5 --range cross.slow=40:200:20 --out runs/cross
              optimize --tape tapes/BTCUSDT --method tpe --trials 100 --range momentum.ofiThreshold=0.05:0.4:0.01 --out runs/tpe
            """) { output, ledger, again, noTest };
        inputs.AddTo(command);
        search.AddTo(command);
        command.SetAction((parsed, cancel) => BacktestRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var folder = Path.GetFullPath(Path.Combine(host.Folder, parsed.GetRequiredValue(output)));
            Directory.CreateDirectory(folder);
            var feeds = inputs.Feeds(host, parsed);
            var config = inputs.Config(host, parsed);
            var options = search.Read(parsed, Path.Combine(folder, "trials.jsonl"));
            var total = (int)Math.Min(options.TrialsMax, options.Combinations);
            void Report(int done, double? best) =>
                progress(string.Create(CultureInfo.InvariantCulture, $"trial {done} of {total}, best {BacktestView.Plain(best)}"), (double)done / total);
            var span = new RunSpan(inputs.From(parsed), inputs.From(parsed), inputs.To(parsed));
            if (parsed.GetValue(noTest))
            {
                var found = ParameterSearch.Run(feeds, config, span, options, Report, cancel);
                return (DataExit.Clean, Body(found), () => View(found, folder));
            }
            var book = new TestLedger(
                parsed.GetValue(ledger) is { } file ? Path.Combine(host.Folder, file) : Path.Combine(Path.GetDirectoryName(folder)!, "test-ledger.jsonl"));
            var result = HoldOut.Run(
                feeds, config, span, options, book, parsed.GetValue(again), host.Time.GetUtcNow().ToUnixTimeMilliseconds(), Report, cancel);
            var chosen = result.Chosen is { } trial ? ParameterSearch.Apply(config, options.Ranges, trial.Values) : config;
            var report = BacktestReport.Of(result.Test, null, result.Search.Sharpes) with
            {
                Warnings = ResultChecks.Of(result.Test, new CheckInputs(chosen.Execution, options.Ranges.Count)),
            };
            string[] warnings = result.LooksBefore == 0 ? []
                : [$"This test set had been looked at {result.LooksBefore} times before this run: its numbers are no test any more."];
            ReportFiles.Write(folder, result.Test, report, chosen, new TearSheetExtras { Parameters = result.Search.Surface, Warnings = warnings });
            var purged = Purged(result.Search);
            var body = new
            {
                result.ValidationMs,
                result.TestMs,
                result.ValidationScore,
                result.TestScore,
                result.LooksBefore,
                chosen = result.Chosen,
                search = Body(result.Search),
                purged,
                report,
                folder,
            };
            return (DataExit.Clean, body, () => new Rows(View(result.Search, folder), Outcome(result, report, purged)));
        }, cancel));
        return command;
    }

    private static PurgedResult? Purged(SearchResult search)
    {
        const int folds = 5;
        double[][] returns = [.. search.Trials.Where(t => t.DailyReturns.Count > 0).Select(t => t.DailyReturns.ToArray())];
        return returns.Length < 2 || returns[0].Length < 2 * folds || returns.Any(r => r.Length != returns[0].Length) ? null
            : PurgedValidation.Run(returns, folds, 1, 1);
    }

    private static IRenderable Outcome(HoldOutResult result, BacktestReport report, PurgedResult? purged) => TableMaker.Pairs(
    [
        ("chosen on", $"up to {DataText.Time(result.ValidationMs)}, confirmed up to {DataText.Time(result.TestMs)}"),
        ("score confirmed", BacktestView.Plain(result.ValidationScore)),
        ("score of the test", BacktestView.Plain(result.TestScore)),
        ("net PnL of the test", BacktestView.Money(report.NetPnl)),
        ("deflated Sharpe", BacktestView.Share(report.Luck.Deflated)),
        ("choices below the median on purged folds", BacktestView.Share(purged?.OverfitShare)),
        ("looks at the test set before", Format.Count(result.LooksBefore)),
    ]);

    private static object Body(SearchResult search) => new
    {
        parameters = search.Ranges.Select(r => r.Name),
        trials = search.Trials.Select(t => new { t.Number, t.Values, t.Score, t.NetPnl, t.Trades, t.OrderHash }),
        resumed = search.Resumed,
        best = search.Best?.Number,
    };

    private static IRenderable View(SearchResult search, string folder)
    {
        var table = TableMaker.Create([.. search.Ranges.Select(r => ">" + r.Name), ">Score", ">Net PnL", ">Trades"]);
        foreach (var trial in search.Trials.Where(t => t.Score is not null).OrderByDescending(t => t.Score).ThenBy(t => t.Number).Take(ShownMax))
        {
            table.AddRow([
                .. trial.Values.Select(v => v.ToString("0.######", CultureInfo.InvariantCulture)), BacktestView.Plain(trial.Score),
                BacktestView.Money(trial.NetPnl), Format.Count(trial.Trades)]);
        }
        var where = Path.Combine(folder, "trials.jsonl");
        var note = Format.Text($"{search.Trials.Count} trials, {search.Resumed} of them from an earlier run; all are in {where}.");
        return new Rows(table, new Markup(note));
    }
}
