using System.CommandLine;
using Granary.Backtest.Configuration;
using Granary.Backtest.Search;
using Granary.Backtest.Validation;
using Granary.Client.Cli;
using Granary.Client.Data;
using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>The command "robustness": look-ahead, warm-up, parameters, other symbols.</summary>
internal static class RobustnessCommand
{
    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var inputs = new BacktestInputs();
        var cuts = new Option<int>("--cuts")
        {
            Description = "Decisions after which the tape is cut off. Default: 20",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        var parameters = new Option<string[]>("--parameter")
        {
            Description = "A parameter to move by 30 %; may be given again. Default: those of the strategy",
            HelpName = "NAME",
        };
        var score = new Option<ScoreKind>("--score") { Description = "sharpe (default), net, calmar or expectancy", HelpName = "SCORE" };
        var command = new Command("robustness", """
            Asks whether a strategy looks ahead, depends on its warm-up, stands on a needle of its parameters, or works on one symbol only.

            Exit codes: 0 nothing looks ahead, 1 a decision depends on what comes after it, 2 a file cannot be read or the command line was wrong.
            Examples:
              robustness --klines BTCUSDT-1m.csv.gz ETHUSDT-1m.csv.gz --strategy cross --parameter cross.fast --parameter cross.slow --score net
            """) { cuts, parameters, score };
        inputs.AddTo(command);
        command.SetAction((parsed, cancel) => BacktestRun.RunAsync(host, parsed.GetValue(common.Json), progress =>
        {
            var feeds = inputs.Feeds(host, parsed);
            var config = inputs.Config(host, parsed);
            var options = inputs.Options(parsed, config);
            const long hourMs = 3_600_000;
            var leaks = LeakCheck.Run(
                feeds, options, parsed.GetValue(cuts), [6 * hourMs, 3 * hourMs, hourMs], share => progress("cutting the tape", share / 2), cancel);
            var span = new Granary.Backtest.RunSpan(options.FromMs, options.TradeFromMs, options.ToMs);
            string[] names = parsed.GetValue(parameters) is { Length: > 0 } given ? given
                : [.. Parameters.Of(config.Strategy).Select(p => p.Name)];
            var sensitivity = Sensitivity.Run(
                feeds, config, span, names, parsed.GetValue(score), share => progress("moving parameters", 0.5 + (share / 2)), cancel);
            var transfer = SymbolTransfer.Run(feeds, config, span, parsed.GetValue(score), cancel);
            return (leaks.LooksAhead ? DataExit.Findings : DataExit.Clean, new { leaks, sensitivity, transfer }, () => View(leaks, sensitivity, transfer));
        }, cancel));
        return command;
    }

    private static IRenderable View(LeakReport leaks, SensitivityResult sensitivity, IReadOnlyList<TransferReport> transfer)
    {
        var parts = new List<IRenderable>
        {
            new Markup(leaks.LooksAhead
                ? $"[red]looks ahead:[/] {leaks.Leaks} of {leaks.Cuts} cuts; first at {DataText.Time(leaks.FirstLeakMs!.Value)}: {Format.Text(leaks.FirstLeak)}"
                : $"[green]no look-ahead[/] in {leaks.Cuts} cuts"),
        };
        var warmUps = TableMaker.Create(">Warm-up, hours", ">Orders", ">Different");
        foreach (var w in leaks.WarmUps)
            warmUps.AddRow(FormattableString.Invariant($"{w.WarmUpMs / 3_600_000.0:0.#}"), Format.Count(w.Orders), Format.Count(w.Different));
        parts.Add(warmUps);
        var moves = TableMaker.Create(["Parameter", ">-30 %", ">-15 %", ">as is", ">+15 %", ">+30 %", ""]);
        foreach (var group in sensitivity.Points.GroupBy(p => p.Parameter))
        {
            var s = group.OrderBy(p => p.Change).Select(p => BacktestView.Plain(p.Score)).ToList();
            var mark = sensitivity.Unstable.Contains(group.Key) ? "[red]unstable[/]" : "";
            moves.AddRow(Format.Text(group.Key), s[0], s[1], BacktestView.Plain(sensitivity.BaseScore), s[2], s[3], mark);
        }
        parts.Add(moves);
        parts.Add(new Markup($"plateau: {BacktestView.Share(sensitivity.PlateauScore)}"));
        var symbols = TableMaker.Create("Symbol", ">Score", ">Net PnL", ">Trades", ">Drawdown");
        foreach (var t in transfer)
        {
            symbols.AddRow(
                Format.Text(t.Symbol), BacktestView.Plain(t.Score), BacktestView.Money(t.NetPnl), Format.Count(t.Trades),
                BacktestView.Share(t.DeepestDrawdown));
        }
        parts.Add(symbols);
        return new Rows(parts);
    }
}
