using System.CommandLine;
using Granary.Client.Api;
using Granary.Client.Views;

namespace Granary.Client.Cli;

/// <summary>The command that shows a grid, or with --pause and --resume changes what it may do.</summary>
public static class GridCommands
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner run)
    {
        var symbol = new Argument<string>("SYMBOL") { Description = "For example BTCUSDT" };
        var account = new Option<string>("--account") { Description = "Account, default main", HelpName = "NAME", DefaultValueFactory = _ => "main" };
        var pause = new Option<bool>("--pause") { Description = "Open nothing; take-profits of what is held go on" };
        var resume = new Option<bool>("--resume") { Description = "Open again after --pause or a global stop" };
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the journal, at most 200 characters", HelpName = "TEXT" };
        var command = new Command("grid", "A maker grid: its ladder, inventory, liquidation line, profit, funding, maker share") { symbol, account, pause, resume, reason };
        command.SetAction((parsed, cancel) => run(
            parsed,
            async (context, token) =>
            {
                var (name, listed) = (parsed.GetValue(account)!, parsed.GetRequiredValue(symbol));
                context.Show(await AnswerAsync(context, name, listed, parsed.GetValue(pause), parsed.GetValue(resume), parsed.GetValue(reason) ?? "", token), GridView.Render);
            },
            cancel));
        return command;
    }

    private static Task<ApiAnswer<GridBody>> AnswerAsync(
        CommandContext context, string account, string symbol, bool isPause, bool isResume, string reason, CancellationToken cancellationToken) => (isPause, isResume) switch
        {
            (false, false) => context.Client.GetGridAsync(account, symbol, cancellationToken),
            (true, true) => throw new ConsoleFailure(ExitCode.Usage, "--pause and --resume exclude each other", "Nothing was sent."),
            _ => context.Client.GridCommandAsync(
                account, symbol, isPause ? "pause" : "resume", reason, context.Host.Variable("USER") ?? "", context.FindToken(), cancellationToken),
        };
}
