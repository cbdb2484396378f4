using System.CommandLine;
using System.Globalization;
using Granary.Backtest;
using Granary.Backtest.Validation;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>The command "montecarlo".</summary>
internal static class MonteCarloCommand
{
    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var inputs = new BacktestInputs();
        var paths = new Option<int>("--paths") { Description = "Paths drawn. Default: 2000", HelpName = "N", DefaultValueFactory = _ => 2_000 };
        var block = new Option<int>("--block-days") { Description = "Days drawn together. Default: 5", HelpName = "N", DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { Description = "Seed. Default: 1", HelpName = "N", DefaultValueFactory = _ => 1 };
        var command = new Command("montecarlo", """
            Runs a strategy, then resamples its trades and its days, and replays the market with a flash crash, a gap, a spread blow-out and an outage in it.

            Exit codes: 0 done, 2 a file cannot be read or the command line was wrong.
            Examples:
              montecarlo --trades APEUSDT-aggTrades-2024-10-18.zip --volume-threshold 2500 --paths 10000
            """) { paths, block, seed };
        inputs.AddTo(command);
        command.SetAction((parsed, cancel) => BacktestRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var feeds = inputs.Feeds(host, parsed);
            var options = inputs.Options(parsed, inputs.Config(host, parsed));
            var draw = new MonteCarloOptions { Paths = parsed.GetValue(paths), BlockDays = parsed.GetValue(block), Seed = parsed.GetValue(seed) };
            draw.Validate();
            var result = BacktestRunner.Run(feeds, options, time => progress(DataText.Time(time), 0), cancel);
            MonteCarloResult?[] drawn = [MonteCarlo.OfTrades(result, draw), MonteCarlo.OfDays(result, draw)];
            progress("stress replays", 0.6);
            var stress = StressTest.Run(feeds, options, result, cancel);
            MonteCarloResult[] fans = [.. drawn.OfType<MonteCarloResult>()];
            return (DataExit.Clean, new { netPnl = result.Equity - result.Cash, monteCarlo = fans, stress }, () => View(fans, stress));
        }, cancel));
        return command;
    }

    private static IRenderable View(IReadOnlyList<MonteCarloResult> fans, IReadOnlyList<StressReport> stress)
    {
        var parts = new List<IRenderable>();
        foreach (var fan in fans)
        {
            var table = TableMaker.Create(
                [Format.Text(fan.Method), .. fan.Levels.Select(level => string.Create(CultureInfo.InvariantCulture, $">{level * 100:0} %"))]);
            table.AddRow(["equity at the end", .. fan.EndQuantiles.Select(v => BacktestView.Money((decimal)v))]);
            table.AddRow(["deepest drawdown", .. fan.DrawdownQuantiles.Select(v => BacktestView.Share(v))]);
            parts.Add(table);
            parts.Add(new Markup(
                $"{BacktestView.Share(fan.LossProbability)} of {Format.Count(fan.Paths)} paths end with a loss, "
                + $"{BacktestView.Share(fan.RuinProbability)} lose half."));
        }
        if (fans.Count == 0) parts.Add(new Markup("Fewer than two trades and two days: nothing to draw from."));
        var replays = TableMaker.Create("Stress", "At (UTC)", ">Net PnL", ">Difference", ">Drawdown", ">Liquidations");
        foreach (var s in stress)
            replays.AddRow(
                DataText.Name(s.Kind), DataText.Time(s.AtMs), BacktestView.Money(s.NetPnl), BacktestView.Money(s.Difference),
                BacktestView.Share(s.DeepestDrawdown), Format.Count(s.Liquidations));
        parts.Add(replays);
        return new Rows(parts);
    }
}
