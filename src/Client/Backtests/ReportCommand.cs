using System.CommandLine;
using Granary.Backtest.Configuration;
using Granary.Backtest.Reports;
using Granary.Client.Cli;
using Granary.Client.Data;

namespace Granary.Client.Backtests;

/// <summary>The command "report".</summary>
internal static class ReportCommand
{
    public static Command Create(ConsoleHost host, CommonOptions common)
    {
        var run = new Argument<string>("DIR") { Description = "Folder of a run" };
        var output = new Option<string?>("--out") { Description = "The page. Default: report.html in the run's folder", HelpName = "FILE" };
        var command = new Command("report", """
            Makes the tear sheet of a run again, from what its folder holds, and shows its numbers. The market's data are not needed.

            Exit codes: 0 done, 2 the folder holds no run, a file cannot be read or written, or the command line was wrong.
            Examples:
              report runs/ape
              report runs/ape --out ape.html
            """) { run, output };
        command.SetAction((parsed, cancel) => BacktestRun.RunAsync(host, parsed.GetValue(common.Json), _ =>
        {
            var folder = Path.Combine(host.Folder, parsed.GetRequiredValue(run));
            var file = parsed.GetValue(output) is { } name ? Path.Combine(host.Folder, name) : Path.Combine(folder, "report.html");
            var record = RunRecord.Load(folder);
            ReportFiles.Replace(file, record.Page(record.Extras.Title is null ? RunConfig.Load(Path.Combine(folder, "config.json")) : null));
            return (DataExit.Clean, new { record.Report, file }, () => BacktestView.Render(record.Result, record.Report, file));
        }, cancel));
        return command;
    }
}
