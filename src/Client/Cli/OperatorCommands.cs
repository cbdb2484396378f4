using System.CommandLine;
using Granary.Client.Views;
using Spectre.Console;

namespace Granary.Client.Cli;

/// <summary>The commands that change something. Each asks first, needs the operator token, and is recorded by the silo.</summary>
public static class OperatorCommands
{
    private static readonly (string Name, string Description, string Question)[] All =
    [
        ("halt", "Open nothing until resumed, also after a restart; positions stay, their stops and exits still pass", "Halt account {0}?"),
        ("reduce-only", "Wind down: open nothing, only orders that make positions smaller pass", "Set account {0} to reduce-only?"),
        ("resume", "Trade again after halt, reduce-only or flatten", "Let account {0} trade again?"),
        ("flatten", "Go reduce-only, cancel every order and close every position at market", "Cancel every order and close every position of account {0} at market?"),
        ("reconcile", "Compare books and venue now", "Reconcile account {0} with the venue now?"),
    ];

    /// <summary>Creates the commands.</summary>
    public static IEnumerable<Command> Create(CommandRunner run)
    {
        foreach (var (name, description, question) in All)
        {
            var account = new Argument<string>("NAME") { Description = "Account name, for example main" };
            var reason = new Option<string?>("--reason") { Description = "Why; kept in the journal, at most 200 characters", HelpName = "TEXT" };
            var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask" };
            var command = new Command(name, description) { account, reason, yes };
            command.SetAction((parsed, cancel) => run(
                parsed,
                (context, token) => SendAsync(
                    context, name, question, parsed.GetRequiredValue(account), parsed.GetValue(reason) ?? "", parsed.GetValue(yes), token),
                cancel));
            yield return command;
        }
    }

    private static async Task SendAsync(
        CommandContext context, string name, string question, string account, string reason, bool yes, CancellationToken cancellationToken)
    {
        var operatorToken = context.FindToken();
        if (!yes) await ConfirmAsync(context, string.Format(null, question, account), cancellationToken);
        var answer = await context.Client.CommandAsync(account, name, reason, operatorToken, cancellationToken);
        context.Show(answer, CommandView.Render);
        if (!answer.Value.Recorded)
            await context.Host.Error.WriteLineAsync("warning: the command was carried out, but the journal could not record it; look at the silo's log");
    }

    private static async Task ConfirmAsync(CommandContext context, string question, CancellationToken cancellationToken)
    {
        if (!context.Host.IsInteractive || context.IsJson)
        {
            throw new ConsoleFailure(
                ExitCode.Usage, "this command changes something and nobody can be asked here", "Add --yes to confirm. Nothing was sent.");
        }
        var prompt = new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false };
        if (!await prompt.ShowAsync(context.Host.Screen, cancellationToken)) throw new ConsoleFailure(ExitCode.Usage, "not confirmed; nothing was sent");
    }
}
