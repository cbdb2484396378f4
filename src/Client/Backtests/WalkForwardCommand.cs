using System.CommandLine;
using System.Globalization;
using Granary.Backtest;
using Granary.Backtest.Checks;
using Granary.Backtest.Configuration;
using Granary.Backtest.Reports;
using Granary.Backtest.Validation;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>The command "walkforward".</summary>
internal static class WalkForwardCommand
{
    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var inputs = new BacktestInputs();
        var search = new SearchInputs();
        var windows = new Option<string>("--windows")
        {
            Description = "Days to choose on, to test on, to move on by. Default: 30/7/7",
            HelpName = "A/B/C",
            DefaultValueFactory = _ => "30/7/7",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Writes the report of the last window's choice with the walk-forward charts into this folder",
            HelpName = "DIR",
        };
        var command = new Command("walkforward", """
            Chooses parameters on a window, tests them on what follows, moves on; reports the tests one after the other.

            Exit codes: 0 done, 2 a file cannot be read or the command line was wrong.
            Examples:
              walkforward --tape tapes/BTCUSDT --windows 60/7/7 --range momentum.ofiThreshold=0.1:0.3:0.05 --out runs/walk
              walkforward --klines BTCUSDT-1m.csv.gz --strategy cross --windows 10/5/5 --range cross.fast=5:20:5 --score net
            """) { windows, output };
        inputs.AddTo(command);
        search.AddTo(command);
        command.SetAction((parsed, cancel) => BacktestRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var feeds = inputs.Feeds(host, parsed);
            var config = inputs.Config(host, parsed);
            var span = new RunSpan(inputs.From(parsed), inputs.From(parsed), inputs.To(parsed));
            var result = WalkForward.Run(
                feeds, config, span, Windows(parsed.GetRequiredValue(windows)), search.Read(parsed), share => progress("windows", share), cancel);
            var folder = parsed.GetValue(output) is { } name ? Path.Combine(host.Folder, name) : null;
            if (folder is not null)
            {
                var whole = BacktestRunner.Run(feeds, span.Apply(config.ToOptions()), null, cancel);
                var report = BacktestReport.Of(whole) with
                {
                    Warnings = ResultChecks.Of(whole, new CheckInputs(config.Execution, Parameters.Of(config.Strategy).Count)),
                };
                ReportFiles.Write(folder, whole, report, config, new TearSheetExtras { WalkForward = result });
            }
            return (DataExit.Clean, result, () => View(result));
        }, cancel));
        return command;
    }

    private static (int Train, int Test, int Step) Windows(string text)
    {
        var parts = text.Split('/')
            .Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 10_000 ? days : 0).ToArray();
        return parts.Length == 3 && !parts.Contains(0)
            ? (parts[0], parts[1], parts[2])
            : throw BacktestInputs.Wrong($"--windows was '{text}'", "Expected three numbers of days, for example 30/7/7.");
    }

    private static IRenderable View(WalkForwardResult result)
    {
        var table = TableMaker.Create("Chosen from", "Tested from", "Tested to", ">Score before", ">Score", ">Net PnL", ">Trades", "Chosen~");
        foreach (var s in result.Segments)
        {
            table.AddRow(
                DataText.Day(s.TrainFromMs), DataText.Day(s.TestFromMs), DataText.Day(s.TestToMs), BacktestView.Plain(s.TrainScore),
                BacktestView.Plain(s.TestScore),
                BacktestView.Money(s.TestNetPnl), Format.Count(s.TestTrades),
                Format.Text(string.Join(' ', s.Parameters.Select(p => FormattableString.Invariant($"{p.Key}={p.Value:0.######}")))));
        }
        return new Rows(table, TableMaker.Pairs(
        [
            ("out of sample: return", BacktestView.Share(result.Metrics.TotalReturn)),
            ("Sharpe", BacktestView.Plain(result.Metrics.Sharpe)),
            ("deepest drawdown", BacktestView.Share(result.Metrics.MaxDrawdown)),
            ("trials a window", Format.Count(result.Trials)),
        ]));
    }
}
