using System.CommandLine;
using Granary.Backtest;
using Granary.Backtest.Checks;
using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Parity;
using Granary.Backtest.Reports;
using Granary.Backtest.Results;
using Granary.Backtest.Validation;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Engine.Performance;

namespace Granary.Client.Backtests;

/// <summary>The command "backtest".</summary>
internal static class BacktestCommand
{
    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var inputs = new BacktestInputs();
        var output = new Option<string?>("--out")
        {
            Description = "Writes report.html, metrics.json, trades.csv, equity.csv, orders.json, config.json and run.json into this folder",
            HelpName = "DIR",
        };
        var quick = new Option<bool>("--quick") { Description = "One run only: without more slippage, Monte Carlo, look-ahead and warm-up checks" };
        var command = new Command("backtest", """
            Runs a strategy over recorded trades or candles with the engine's own kernels: one account, all symbols, fees, slippage, funding, margin.

            Exit codes: 0 done, 2 a file cannot be read or the command line was wrong.
            Examples:
              backtest --trades APEUSDT-aggTrades-2024-10-18.zip --volume-threshold 25000 --out runs/ape
              backtest --klines BTCUSDT-1m.csv.gz ETHUSDT-1m.csv.gz --out runs/month
              backtest --book um-btcusdt.gz --fill queue --strategy quote --quantity 0.1 --out runs/book
              backtest --tape tapes/BTCUSDT --from 2025-05-04 --to 2025-05-11 --config mine.json --fill queue --out runs/week
            """) { output, quick };
        inputs.AddTo(command);
        command.SetAction((parsed, cancel) => BacktestRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var feeds = inputs.Feeds(host, parsed);
            var config = inputs.Config(host, parsed);
            var options = inputs.Options(parsed, config);
            var folder = parsed.GetValue(output) is { } name ? Path.Combine(host.Folder, name) : null;
            var recorder = folder is null ? null : new OrderRecorder();
            var result = BacktestRunner.Run(feeds, options with { Recorder = recorder }, time => progress(DataText.Time(time), 0), cancel);
            var isQuick = parsed.GetValue(quick);
            var sensitivity = isQuick ? [] : Sensitivity(feeds, options, result, progress, cancel);
            var leaks = isQuick ? null : Leaks(feeds, options, result, progress, cancel);
            var report = BacktestReport.Of(result, sensitivity) with
            {
                Warnings = ResultChecks.Of(
                    result, new CheckInputs(config.Execution, Parameters.Of(config.Strategy).Count) { Sensitivity = sensitivity, Leaks = leaks }),
            };
            var extras = new TearSheetExtras { MonteCarlo = isQuick ? null : MonteCarlo.OfTrades(result, new MonteCarloOptions()) };
            if (folder is not null) ReportFiles.Write(folder, result, report, config, extras);
            if (folder is not null && recorder is not null) ReportFiles.Replace(Path.Combine(folder, OrderLog.FileName), Log(recorder, result).ToJson() + "\n");
            return (DataExit.Clean, new { report, folder }, () => BacktestView.Render(result, report, folder is null ? null : Path.Combine(folder, "report.html")));
        }, cancel));
        return command;
    }

    private static OrderLog Log(OrderRecorder recorder, BacktestResult result) =>
        recorder.ToLog("backtest", result.Cash, [.. result.Symbols.Select(s => new LoggedBars(s.Symbol, s.Bars, s.BarDigest))]);

    private static List<SensitivityReport> Sensitivity(
        IReadOnlyList<MarketFeed> feeds, BacktestOptions options, BacktestResult result, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var reports = new List<SensitivityReport> { Of(1, result) };
        foreach (var scale in (decimal[])[2, 3])
        {
            var execution = options.Execution with { SlippageScale = options.Execution.SlippageScale * scale };
            var run = BacktestRunner.Run(
                feeds, options with { Execution = execution }, time =>
                    progress($"slippage x{scale} {DataText.Time(time)}", (double)scale / 4), cancellationToken);
            reports.Add(Of(scale, run));
        }
        return reports;
    }

    private static LeakReport Leaks(
        IReadOnlyList<MarketFeed> feeds, BacktestOptions options, BacktestResult result, Action<string, double> progress, CancellationToken cancellationToken)
    {
        const int cuts = 3;
        var quarter = (result.EndMs - result.StartMs) / 4;
        long[] warmUps = quarter > 0 ? [quarter, quarter / 2] : [];
        return LeakCheck.Run(feeds, options, cuts, warmUps, share => progress("look-ahead and warm-up", share), cancellationToken);
    }

    private static SensitivityReport Of(decimal scale, BacktestResult run) =>
        new(scale, run.Equity - run.Cash, EquityMetrics.Compute([.. run.Days]).Sharpe, run.Trades.Count);
}
